"""Rows of registers count for tasks: told, mended, gone, closed."""

from datetime import date
from decimal import Decimal

import pytest

from branches.models import OrganizationChange
from branches.models.organization import ChangeKind
from campaigns.actions import closing, fact_credits
from campaigns.actions.crediting import credit_existing
from campaigns.enums import AssignmentState
from campaigns.models import Credit, Tally
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.campaigns import due
from tests.factories.members import make_roster
from tests.factories.members_rooms import YearFactsFactory

pytestmark = pytest.mark.django_db
YEAR = {"period": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
DAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-20T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


def staff_task(committee, **fields):
    return due(committee, "ratio.dedicated_staff", needed=Decimal("0.02"), **YEAR, **fields)


def fresh(row):
    row.refresh_from_db()
    return row


def test_a_figure_of_the_year_counts_at_its_value(committee):
    row = staff_task(committee)
    facts = YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    credit = Credit.objects.get()
    assert (fresh(row).state, row.done, row.completed_at) == (AssignmentState.DONE, Decimal("0.03"), facts.recorded_at)
    assert (credit.counted, credit.amount, credit.fact_key) == (True, Decimal("0.03"), f"staff:{facts.pk}")
    assert credit.url.endswith("?year=2026")
    assert Tally.objects.get().on_time == 1


def test_a_share_is_never_rounded_up_to_the_mark(committee):
    row = staff_task(committee)
    YearFactsFactory(organization=committee, year=2026, staff=1000, dedicated_staff=19)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    assert (fresh(row).state, row.done) == (AssignmentState.PROGRESS, Decimal("0.01"))


def test_a_figure_that_is_mended_counts_anew(committee):
    row = staff_task(committee)
    facts = YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    facts.dedicated_staff = 1
    facts.save()
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    assert (fresh(row).state, row.done, row.completed_at) == (AssignmentState.PROGRESS, Decimal("0.01"), None)
    assert Credit.objects.count() == 1


def test_a_fact_that_is_gone_withdraws_its_credit_and_may_come_back(committee):
    row = staff_task(committee)
    facts = YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    facts.year = 2024
    facts.save()
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    credit = Credit.objects.get()
    assert (fresh(row).state, row.done) == (AssignmentState.OPEN, 0)
    assert (credit.counted, credit.reason) == (False, "台账中已没有这一事项，不再计入。")
    assert credit.withdrawn_at is not None
    facts.year = 2026
    facts.save()
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    credit.refresh_from_db()
    assert (fresh(row).state, credit.withdrawn_at) == (AssignmentState.DONE, None)


def test_a_second_refresh_changes_nothing(committee, django_assert_num_queries):
    staff_task(committee)
    YearFactsFactory(organization=committee, year=2026)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    before = Credit.objects.values().get()
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    assert Credit.objects.values().get() == before


def test_another_metric_organisation_or_period_is_left_alone(committee):
    row = staff_task(committee)
    YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["funds.per_head"], [committee.pk], on=DAY)
    fact_credits.refresh(["ratio.dedicated_staff"], [CommitteeFactory().pk], on=DAY)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=date(2027, 1, 1))
    assert (fresh(row).done, Credit.objects.count()) == (0, 0)


def test_what_changes_below_is_counted_above(committee):
    row = staff_task(committee)
    YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["ratio.dedicated_staff"], [BranchFactory(parent=committee).pk], on=DAY)
    assert fresh(row).state == AssignmentState.DONE


def test_an_exempt_task_stays_exempt(committee):
    row = staff_task(committee, state=AssignmentState.EXEMPT, exempt_reason="没有应参加的人员")
    YearFactsFactory(organization=committee, year=2026)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    assert (fresh(row).state, Credit.objects.count()) == (AssignmentState.EXEMPT, 0)


def test_dispatch_counts_what_was_written_down_before(committee):
    row = staff_task(committee)
    YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    assert credit_existing([row.pk], [committee.pk]) == 1
    assert fresh(row).state == AssignmentState.DONE


def test_closing_counts_once_more_before_it_fixes_the_outcome(committee, move_clock):
    row = staff_task(committee)
    YearFactsFactory(organization=committee, year=2026, staff=100, dedicated_staff=3)
    move_clock("2026-04-20T09:00:00+08:00")
    assert closing.close_unit(row.unit_id, "2026-03") == {"on_time": 1, "late": 0, "missing": 0, "exempt": 0}
    assert (fresh(row).outcome, row.closed_done) == ("on_time", Decimal("0.03"))


def test_the_figures_of_an_absorbed_organisation_count_for_its_successor(committee):
    row = staff_task(committee)
    old = CommitteeFactory(parent=committee.parent)
    OrganizationChange.objects.create(
        organization=old, kind=ChangeKind.MERGED, other=committee, effective_on=DAY, recorded_at=row.dispatched_at
    )
    YearFactsFactory(organization=old, year=2026, staff=100, dedicated_staff=3)
    fact_credits.refresh(["ratio.dedicated_staff"], [committee.pk], on=DAY)
    assert fresh(row).state == AssignmentState.DONE


def test_n14_funds_a_head_count_only_within_the_units_budget(committee):
    row = due(committee, "funds.per_head", needed=Decimal(600), **YEAR)
    make_roster(BranchFactory(parent=committee), 4)
    facts = YearFactsFactory(organization=committee, year=2026, funds_budget=Decimal(2400), is_in_budget=False)
    fact_credits.refresh(["funds.per_head"], [committee.pk], on=DAY)
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "党建经费未列入单位年度预算。")
    facts.is_in_budget = True
    facts.save()
    fact_credits.refresh(["funds.per_head"], [committee.pk], on=DAY)
    assert (fresh(row).state, row.done) == (AssignmentState.DONE, Decimal(600))


def test_n14_funds_are_held_against_the_year_before(committee):
    row = due(committee, "funds.growth", needed=Decimal(1), **YEAR)
    YearFactsFactory(organization=committee, year=2026, funds_budget=Decimal(9990))
    fact_credits.refresh(["funds.growth"], [committee.pk], on=DAY)
    assert (fresh(row).done, Credit.objects.get().reason) == (0, "上年度党建经费预算未填报，无法比较。")
    YearFactsFactory(organization=committee, year=2025, funds_budget=Decimal(10000))
    fact_credits.refresh(["funds.growth"], [committee.pk], on=DAY)
    assert (fresh(row).state, row.done) == (AssignmentState.PROGRESS, Decimal("0.99"))
