from datetime import date

import pytest

from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign
from campaigns.models import Assignment
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.queries.publication import MonthLoad, burden_of
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory
from tests.factories.campaigns import CampaignFactory, TargetFactory, TaskFactory

pytestmark = pytest.mark.django_db
BY = Actor.system()
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def tree(move_clock):
    """One committee with three branches, of which one has groups, and another with one."""
    move_clock("2026-10-01T09:00:00+08:00")
    committee = CommitteeFactory()
    branches = [BranchFactory(parent=committee) for _ in range(3)]
    GroupFactory(parent=branches[0])
    BranchFactory(parent=CommitteeFactory(parent=committee.parent))
    BranchFactory(parent=committee, dissolved_on=date(2026, 5, 1))
    return committee.parent


@pytest.fixture
def campaign(tree):
    return CampaignFactory(issuer=tree, status="draft", published_on=None)


def target(campaign, **fields):
    return TargetFactory(task=TaskFactory(campaign=campaign), **fields)


def test_the_load_of_each_month_is_told_over_all_organisations(campaign):
    target(campaign, period="month")
    target(campaign, period="quarter", audience_kinds=["committee", "branch"])
    target(campaign, period="month", audience_group="with_groups")
    target(campaign, period="once", due_day="11-30", audience_kinds=["work_committee"], audience_group="issuer")
    target(campaign, period="month", audience_group="direct", metric="manual")

    burden = burden_of(campaign, OCTOBER)

    assert burden.months == [
        MonthLoad("2026-10", 3, 5),
        MonthLoad("2026-11", 4, 6),
        MonthLoad("2026-12", 4, 11),
    ]
    assert burden.organizations == {"党支部": 4, "机关党委": 2, "工委": 1}
    assert (burden.organizations_total, burden.assignments) == (7, 22)
    assert (burden.targets, burden.by_records, burden.by_checklist, burden.by_event) == (5, 4, 1, 0)


def test_what_is_over_half_gone_or_has_no_calendar_is_not_in_the_load(campaign):
    target(campaign, period="year")
    target(campaign, period="event", within_days=7)
    target(campaign, period="term")

    burden = burden_of(campaign, OCTOBER)

    assert (burden.months, burden.by_event, burden.too_late) == ([], 2, 1)


def test_targets_that_come_too_late_for_the_year_are_told(campaign):
    target(campaign, period="year")
    target(campaign, period="once", due_day="09-30")
    target(campaign, period="half_year")
    target(campaign, period="month")

    burden = burden_of(campaign, date(2026, 11, 21))

    assert [(month.month, month.targets) for month in burden.months] == [("2026-12", 1)]
    assert (burden.targets, burden.too_late) == (4, 3)


def test_a_real_plan_is_weighed_in_a_fixed_number_of_queries(tree, django_assert_num_queries):
    plans = {plan.code: plan for plan in load_catalogue_plans()}
    campaigns = [create_campaign(by=BY, plan=plans[code], issuer=tree, year=2026) for code in ("SX", "TJ")]

    for each in campaigns:
        with django_assert_num_queries(4):
            burden = burden_of(each, date(2026, 1, 1))
        assert burden.assignments > 0
        assert len(burden.months) == 12
    assert Assignment.objects.count() == 0
