"""Plans handed in, sent back, approved, copied, and counted."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.actions import branch_plans as actions
from campaigns.actions.plan_reminders import remind_planned, remind_plans
from campaigns.models import PlanItem
from campaigns.queries.branch_plans import facts_of_plans, item_lines, plan_coverage, planned_for, planned_soon
from campaigns.rules.branch_plans import DUE, HELD, LATE
from office.models import Notice
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import ActivityFactory, FiledActivityFactory, MilestoneFactory, due
from tests.factories.plans_and_links import ApprovedPlanFactory, BranchPlanFactory, FiledPlanFactory, PlanItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(), name="第一支部")


@pytest.fixture
def secretary(branch):
    return make_user_with_post(Role.SECRETARY, branch)


@pytest.fixture
def staff(branch):
    return make_user_with_post(Role.STAFF, branch.parent)


def test_c07_a_plan_is_handed_in_sent_back_and_approved(branch, secretary, staff):
    plan = actions.write_plan(by=actor(secretary), organization=branch, year=2026, title="年度计划")
    actions.add_item(by=actor(secretary), plan=plan, month=3, day=None, kind="theme_day", title="主题党日")
    plan = actions.submit_plan(by=actor(secretary), plan=plan)
    assert Notice.objects.filter(user=staff, text__contains="请审核").count() == 1

    plan = actions.return_plan(by=actor(staff), plan=plan, remark="活动偏少")
    assert (plan.state, plan.remark) == ("returned", "活动偏少")
    actions.add_item(by=actor(secretary), plan=plan, month=4, day=9, kind="party_lecture", title="书记党课")
    plan = actions.approve_plan(by=actor(staff), plan=actions.submit_plan(by=actor(secretary), plan=plan))

    assert (plan.state, plan.decided_by_id, plan.items.count()) == ("approved", staff.pk, 2)


def test_c07_an_empty_plan_is_not_handed_in(branch, secretary):
    with pytest.raises(ValidationError, match="还没有活动"):
        actions.submit_plan(by=actor(secretary), plan=BranchPlanFactory(organization=branch))


def test_c07_nobody_approves_the_plan_of_his_own_organisation(branch):
    own = make_user_with_post(Role.STAFF, branch)

    with pytest.raises(ValidationError, match="由上级党组织处理"):
        actions.approve_plan(by=actor(own), plan=FiledPlanFactory(organization=branch))


def test_c07_what_was_handed_in_is_not_changed(branch, secretary):
    plan = FiledPlanFactory(organization=branch)

    with pytest.raises(ValidationError, match="不能修改"):
        actions.add_item(by=actor(secretary), plan=plan, month=4, day=None, kind="study", title="学习")


def test_c07_sending_back_needs_a_word(branch, staff):
    with pytest.raises(ValidationError) as refused:
        actions.return_plan(by=actor(staff), plan=FiledPlanFactory(organization=branch), remark=" ")

    assert refused.value.message_dict == {"remark": ["请填写退回意见。"]}


def test_c07_the_plan_of_the_year_before_is_copied(branch, secretary):
    before = ApprovedPlanFactory(organization=branch, year=2025, text="去年的要求")
    PlanItemFactory(plan=before, month=2, day=10)

    plan = actions.write_plan(by=actor(secretary), organization=branch, year=2026, title="年度计划", copies=True)

    assert plan.text == "去年的要求"
    assert list(plan.items.values_list("month", "day", "kind")) == [(2, 10, "theme_day")]


def test_c07_one_plan_a_year(branch, secretary):
    BranchPlanFactory(organization=branch)

    with pytest.raises(ValidationError, match="已经建立"):
        actions.write_plan(by=actor(secretary), organization=branch, year=2026, title="又一份")


def test_c07_the_same_activity_twice_is_one(branch, secretary):
    plan, values = BranchPlanFactory(organization=branch), {"month": 3, "day": None, "kind": "study", "title": "学习"}

    actions.add_item(by=actor(secretary), plan=plan, **values)
    actions.add_item(by=actor(secretary), plan=plan, **values)

    assert PlanItem.objects.count() == 1


def test_c07_a_plan_that_was_handed_in_counts_at_once_and_a_returned_one_no_more(branch, secretary, staff):
    asked = due(branch, "plan.filed", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), due_on=date(2026, 4, 30),
                grace_until=date(2026, 5, 8), cut_off_on=date(2026, 5, 13))  # fmt: skip
    plan = PlanItemFactory(plan__organization=branch).plan

    actions.submit_plan(by=actor(secretary), plan=plan)
    asked.refresh_from_db()
    assert (asked.done, asked.state) == (Decimal(1), "done")

    actions.return_plan(by=actor(staff), plan=plan, remark="请补充")
    asked.refresh_from_db()
    assert asked.done == 0


def test_c07_a_plan_for_next_year_counts_in_that_year(branch):
    plan = FiledPlanFactory(organization=branch, year=2027)

    assert facts_of_plans([branch.pk], date(2026, 1, 1), date(2026, 12, 31)) == []
    assert [fact.key for fact in facts_of_plans([branch.pk], date(2027, 1, 1), date(2027, 12, 31))] == [
        f"plan:{plan.pk}"
    ]


def test_c07_planned_activities_meet_their_records(branch, move_clock):
    move_clock("2026-04-10T10:00:00+08:00")
    plan = ApprovedPlanFactory(organization=branch)
    march, april = PlanItemFactory(plan=plan), PlanItemFactory(plan=plan, month=3, kind="study", title="学习")
    record = FiledActivityFactory(organization=branch)
    ActivityFactory(organization=branch, kind="study")

    found = {line.item.pk: (line.activity, line.state) for line in item_lines([plan], date(2026, 4, 10))}

    assert found == {march.pk: (record, HELD), april.pk: (None, LATE)}


def test_c07_coverage_names_who_is_missing(branch, staff):
    other = BranchFactory(parent=branch.parent)
    FiledPlanFactory(organization=branch)
    MilestoneFactory(campaign__year=2026, title="报送计划方案", due_on=date(2026, 4, 30))

    rows, due_on = plan_coverage(scope_of(staff.pk, date(2026, 3, 20)), 2026, date(2026, 3, 20))

    assert [(row.unit, row.counts.expected, row.counts.begun, row.missing) for row in rows] == [
        (branch.parent, 2, 1, [other])
    ]
    assert due_on == date(2026, 4, 30)


def test_y05_who_has_handed_in_no_plan_is_reminded_once(branch, secretary):
    MilestoneFactory(
        campaign__issuer=branch.parent.parent, campaign__year=2026, title="报送计划", due_on=date(2026, 4, 30)
    )

    told = [remind_plans(by=actor(secretary), on=date(2026, 4, day)) for day in (22, 23, 24)]

    assert told == [0, 1, 0]


def test_y05_a_planned_activity_that_was_not_held_is_told_once(branch, secretary):
    PlanItemFactory(plan=ApprovedPlanFactory(organization=branch), month=2)

    told = [remind_planned(by=actor(secretary), on=date(2026, 3, day)) for day in (20, 21)]

    assert told == [1, 0]


def test_c07_the_list_of_what_is_due_is_as_long_as_what_waits(branch, secretary):
    plan = ApprovedPlanFactory(organization=branch)
    for month in (2, 3, 4):
        PlanItemFactory(plan=plan, month=month)
    scope = scope_of(secretary.pk, date(2026, 3, 20))

    due = planned_for(scope, date(2026, 3, 20), state=DUE)

    assert [line.item.month for line in due] == [2, 3]
    assert planned_soon(scope) == len(due)
