"""The database refuses credits that stand for nothing, for two things, or for half a fact."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Credit
from tests.factories.campaigns import (
    FILED_AT,
    RULES_SINCE,
    ActivityFactory,
    AnswerFactory,
    AssignmentFactory,
)

pytestmark = pytest.mark.django_db
FACT = {"fact_key": "project:1", "text": "一支一项项目", "held_on": date(2026, 3, 1), "counts_from": FILED_AT}


def make(**fields):
    assignment = fields.pop("assignment", None) or AssignmentFactory()
    values = {"counted": True, "rule_version": RULES_SINCE, "updated_at": FILED_AT} | fields
    return Credit.objects.create(assignment=assignment, **values)


def twice(**fields):
    assignment = AssignmentFactory()
    for _ in range(2):
        make(assignment=assignment, **fields)


def activity_twice():
    twice(activity=ActivityFactory())


def answer_twice():
    answer = AnswerFactory()
    for _ in range(2):
        make(assignment=answer.assignment, answer=answer)


@pytest.mark.parametrize(
    "constraint, act",
    [
        ("credit_activity_once", activity_twice),
        ("credit_answer_once", answer_twice),
        ("credit_fact_once", lambda: twice(**FACT)),
        ("credit_has_one_record", make),
        ("credit_has_one_record", lambda: make(**FACT, activity=ActivityFactory())),
        ("credit_refused_has_reason", lambda: make(**FACT, counted=False)),
        ("credit_fact_is_whole", lambda: make(**FACT | {"held_on": None})),
        ("credit_fact_is_whole", lambda: make(**FACT | {"counts_from": None})),
        ("credit_fact_is_whole", lambda: make(**FACT | {"text": ""})),
        ("credit_fact_is_whole", lambda: make(activity=ActivityFactory(), url="/x/")),
        ("credit_withdrawn_counts_nothing", lambda: make(**FACT, withdrawn_at=FILED_AT)),
    ],
)
def test_bad_rows_are_refused(constraint, act):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def test_a_fact_may_be_kept_withdrawn():
    assert make(**FACT, counted=False, reason="台账中已没有这一事项。", withdrawn_at=FILED_AT).pk
