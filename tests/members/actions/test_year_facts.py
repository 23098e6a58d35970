"""Writing down the figures of a year."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from branches.enums import Role
from branches.models import AuditEntry
from members.actions.year_facts import record_year_facts
from members.models import YearFacts
from members.queries.year_facts import year_lines
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members import make_roster
from tests.factories.members_rooms import YearFactsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def by(committee):
    return actor(make_user_with_post(Role.STAFF, committee))


def test_n13_figures_are_written_once_and_changed_in_place(by, committee):
    record_year_facts(by=by, organization=committee, year=2026, changes={"staff": 100, "dedicated_staff": 2})
    facts = record_year_facts(by=by, organization=committee, year=2026, changes={"dedicated_staff": 3})

    assert YearFacts.objects.get() == facts
    assert (facts.staff, facts.dedicated_staff, facts.recorded_by_id) == (100, 3, by.user_id)
    last = AuditEntry.objects.latest("pk")
    assert last.detail == {"before": {"dedicated_staff": "2"}, "after": {"dedicated_staff": "3"}}


def test_the_same_again_leaves_no_trace(by, committee):
    record_year_facts(by=by, organization=committee, year=2026, changes={"staff": 100})
    entries = AuditEntry.objects.count()
    record_year_facts(by=by, organization=committee, year=2026, changes={"staff": 100})
    assert AuditEntry.objects.count() == entries


def test_more_dedicated_than_staff_is_refused_and_nothing_kept(by, committee):
    with pytest.raises(ValidationError):
        record_year_facts(by=by, organization=committee, year=2026, changes={"staff": 1, "dedicated_staff": 2})
    assert not YearFacts.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"year": 1066}, {"staff": 1, "dedicated_staff": 2}, {"funds_budget": -1}, {"funds_spent": -1}]
)
def test_the_database_refuses(wrong):
    with pytest.raises(IntegrityError):
        YearFactsFactory(**wrong)


def test_the_database_keeps_one_row_a_year(committee):
    YearFactsFactory(organization=committee)
    with pytest.raises(IntegrityError):
        YearFactsFactory(organization=committee)


def test_n14_heads_are_the_members_below(committee, move_clock):
    move_clock("2026-11-05T09:00:00+08:00")
    for size in (3, 4):
        make_roster(BranchFactory(parent=committee), size)
    make_roster(BranchFactory(), 5)
    YearFactsFactory(organization=committee, funds_budget=Decimal(4200))
    YearFactsFactory(organization=committee, year=2025, funds_budget=Decimal(4300))

    (line,) = year_lines([committee], 2026)

    assert (line.members, line.heads, line.funds.value) == (7, 7, Decimal("600.00"))
    assert line.funds.words == "低于上年的4300.00元"
    assert line.dedicated.is_met is True


def test_three_units_take_as_many_queries_as_one(django_assert_num_queries, committee):
    others = [CommitteeFactory() for _ in range(2)]
    YearFactsFactory(organization=others[0])
    with django_assert_num_queries(3):
        year_lines([committee], 2026)
    with django_assert_num_queries(3):
        year_lines([committee, *others], 2026)


def test_a_past_year_is_judged_by_its_own_roster(committee):
    branch = BranchFactory(parent=committee)
    make_roster(branch, 2)
    branch.memberships.update(starts_on=date(2026, 1, 1))
    assert year_lines([committee], 2025)[0].members == 0
