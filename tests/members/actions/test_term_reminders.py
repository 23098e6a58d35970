"""Reminders of elections (N19)."""

from datetime import date

import pytest

from branches.permissions import Actor
from members.actions.term_reminders import remind_terms
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.terms import TermFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


@pytest.fixture
def branch():
    return BranchFactory(name="一支部", parent=CommitteeFactory())


@pytest.fixture
def people(branch):
    return [make_user_with_post("secretary", branch), make_user_with_post("staff", branch.parent)]


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 8, 31), 0),
        (date(2026, 9, 1), 2),
        (date(2026, 12, 1), 2),
        (date(2027, 3, 1), 2),
        (date(2027, 4, 1), 2),
    ],
)
def test_n19_secretary_and_superior_are_told_once_for_each_occasion(branch, people, on, told):
    TermFactory(organization=branch, elected_on=date(2024, 3, 1))

    assert [remind_terms(by=SYSTEM, on=on), remind_terms(by=SYSTEM, on=on)] == [told, 0]
    assert set(Notice.objects.values_list("user", flat=True)) == ({user.pk for user in people} if told else set())


def test_n19_while_overdue_it_comes_monthly(branch, people):
    TermFactory(organization=branch, elected_on=date(2024, 3, 1))

    told = [remind_terms(by=SYSTEM, on=date(2027, month, 1)) for month in (3, 4, 5, 6)]

    assert told == [2, 2, 2, 2]
    assert "逾期尚未换届" in Notice.objects.first().text


def test_n19_an_extension_starts_the_occasions_anew(branch, people):
    term = TermFactory(organization=branch, elected_on=date(2024, 3, 1))
    remind_terms(by=SYSTEM, on=date(2027, 3, 1))
    term.extended_to = date(2027, 9, 1)
    term.save()

    assert remind_terms(by=SYSTEM, on=date(2027, 3, 2)) == 2
    assert "2027年9月1日届满" in Notice.objects.order_by("-pk").first().text


def test_n19_a_term_that_has_ended_reminds_nobody(branch, people):
    TermFactory(organization=branch, elected_on=date(2021, 3, 1), ended_on=date(2024, 3, 1))

    assert remind_terms(by=SYSTEM, on=date(2024, 6, 1)) == 0


def test_n19_reminding_asks_the_database_as_often_for_many_as_for_one(branch, people, django_assert_num_queries):
    TermFactory(organization=branch)
    remind_terms(by=SYSTEM, on=date(2027, 3, 1))
    with django_assert_num_queries(3):
        remind_terms(by=SYSTEM, on=date(2027, 3, 1))
    for _ in range(3):
        TermFactory(organization=BranchFactory(parent=branch.parent))
    remind_terms(by=SYSTEM, on=date(2027, 3, 1))

    with django_assert_num_queries(3):
        remind_terms(by=SYSTEM, on=date(2027, 3, 1))
