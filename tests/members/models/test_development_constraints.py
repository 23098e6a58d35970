"""Each constraint of the files of development, held against a row that breaks it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from members.models import (
    BranchVote,
    DevelopmentFile,
    DevelopmentPaper,
    DevelopmentPerson,
    DevelopmentQuota,
    DevelopmentStep,
    Observation,
    PreReview,
    PublicNotice,
)
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2026, 1, 1), date(2026, 1, 2)
AT = datetime(2026, 1, 2, tzinfo=UTC)


def make_file(**fields):
    given = {"organization": BranchFactory(), "opened_on": LATE, "opened_at": AT, **fields}
    given.setdefault("member", MemberFactory())
    return DevelopmentFile.objects.create(**given)


def make_step(**fields):
    return DevelopmentStep.objects.create(
        **{"development": make_file(), "code": "apply", "done_on": LATE, "people": "周敏", "recorded_at": AT} | fields
    )


def make_vote(**fields):
    given = {"resolution": "admit", "held_on": LATE, "entitled": 5, "present": 4, "in_favour": 4}
    return BranchVote.objects.create(
        **{"development": make_file(), "is_passed": True, "recorded_at": AT, **given} | fields
    )


def make_notice(**fields):
    given = {"kind": "candidate", "starts_on": EARLY, "ends_on": LATE, "workdays": 2, "place": "公示栏"}
    return PublicNotice.objects.create(**{"development": make_file(), "recorded_at": AT, **given} | fields)


def make_decision(**fields):
    given = {"kind": "approval", "is_agreed": True, "decided_on": LATE, "opinion": "同意"}
    return PreReview.objects.create(**{"development": make_file(), "recorded_at": AT, **given} | fields)


def make_note(**fields):
    given = {"observed_on": LATE, "people": "周敏", "text": "良好"}
    return Observation.objects.create(**{"development": make_file(), "recorded_at": AT, **given} | fields)


def make_person(**fields):
    given = {"role": "contact", "starts_on": LATE, "member": MemberFactory()}
    return DevelopmentPerson.objects.create(**{"development": make_file(), **given} | fields)


def make_paper(**fields):
    given = {"code": "apply", "kind": "入党申请书", "name": "申请", "added_at": AT}
    return DevelopmentPaper.objects.create(**{"development": make_file(), **given} | fields)


def make_quota(**fields):
    return DevelopmentQuota.objects.create(**{"organization": BranchFactory(), "year": 2026, "number": 1} | fields)


@pytest.mark.parametrize(
    ("name", "make", "fields"),
    [
        ("development_outcome_known", make_file, {"outcome": "x", "closed_on": LATE}),
        ("development_closed_with_outcome", make_file, {"closed_on": LATE}),
        ("development_closed_with_outcome", make_file, {"outcome": "stopped"}),
        ("development_dates_in_order", make_file, {"outcome": "stopped", "closed_on": EARLY}),
        ("development_stage_known", make_file, {"stage": 6}),
        ("development_waits_known", make_file, {"waits_for": "x"}),
        ("development_step_known", make_step, {"code": "x"}),
        ("development_step_void_with_reason", make_step, {"voided_at": AT}),
        ("development_step_void_with_reason", make_step, {"void_reason": "录错"}),
        ("branch_vote_resolution_known", make_vote, {"resolution": "x"}),
        ("branch_vote_voters_entitled", make_vote, {"present": 6}),
        ("branch_vote_voters_entitled", make_vote, {"written": 2}),
        ("branch_vote_votes_of_voters", make_vote, {"against": 1}),
        ("branch_vote_months_of_extension", make_vote, {"months": 6}),
        ("branch_vote_months_of_extension", make_vote, {"resolution": "extend"}),
        ("public_notice_kind_known", make_notice, {"kind": "x"}),
        ("public_notice_dates_in_order", make_notice, {"starts_on": LATE, "ends_on": EARLY}),
        ("pre_review_kind_known", make_decision, {"kind": "x"}),
        ("pre_review_has_opinion", make_decision, {"opinion": ""}),
        ("observation_has_text", make_note, {"text": ""}),
        ("development_person_role_known", make_person, {"role": "x"}),
        ("development_person_dates_in_order", make_person, {"ends_on": EARLY}),
        ("development_paper_step_known", make_paper, {"code": "x"}),
        ("development_paper_kind", make_paper, {"kind": ""}),
        ("development_quota_year", make_quota, {"year": 1999}),
    ],
)
def test_o05_a_bad_row_is_refused(name, make, fields):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**fields)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "make", "shared"),
    [
        ("development_one_open", make_file, ["member"]),
        ("development_step_once", make_step, ["development"]),
        ("observation_once_a_day", make_note, ["development"]),
        ("development_person_once", make_person, ["development", "member"]),
        ("development_quota_once", make_quota, ["organization"]),
    ],
)
def test_o05_a_second_row_is_refused(name, make, shared):
    first = make()

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**{field: getattr(first, field) for field in shared})
    assert name in str(error.value)


def test_o05_a_closed_file_and_a_void_step_make_room():
    first = make_file(outcome="stopped", closed_on=LATE)
    step = make_step(voided_at=AT, void_reason="录错")

    assert make_file(member=first.member).pk
    assert make_step(development=step.development).pk
