"""Weak branches: listed, planned for, lifted (O16)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from branches.enums import Role
from members.actions import weak_branches as actions
from members.models import PlanStep, WeakBranch
from members.queries.weak_branches import weak_on
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.members_standards import PlanStepFactory, WeakBranchFactory

pytestmark = pytest.mark.django_db
LISTED = date(2026, 3, 2)


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def superior(branch):
    return actor(make_user_with_post(Role.STAFF, branch.parent))


def test_o16_listed_planned_done_and_lifted(branch, superior):
    weak = actions.list_branch(by=superior, organization=branch, listed_on=LISTED, reasons="班子不全。")
    with pytest.raises(ValidationError, match="尚未销号"):
        actions.list_branch(by=superior, organization=branch, listed_on=LISTED, reasons="班子不全。")
    step = actions.add_step(by=superior, weak=weak, measure="补选委员", target_on=date(2029, 3, 2))
    assert step.year == 2029
    actions.finish_step(by=superior, step=step, done_on=date(2026, 5, 6), result="已补选。")
    actions.lift_branch(by=superior, weak=weak, lifted_on=date(2026, 6, 1), reason="已达标。")

    assert [weak_on(day) for day in (date(2026, 3, 1), LISTED, date(2026, 5, 31), date(2026, 6, 1))] == [
        set(), {branch.pk}, {branch.pk}, set(),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="已销号"):
        actions.lift_branch(by=superior, weak=weak, lifted_on=date(2026, 6, 1), reason="已达标。")
    actions.list_branch(by=superior, organization=branch, listed_on=date(2026, 7, 1), reasons="反弹。")


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2029, 3, 3)])
def test_o16_a_plan_reaches_no_further_than_three_years(branch, superior, day):
    weak = WeakBranchFactory(organization=branch)
    with pytest.raises(ValidationError, match="2026年3月2日至2029年3月2日"):
        actions.add_step(by=superior, weak=weak, measure="补选委员", target_on=day)


def test_o16_only_the_superior_and_only_branches(branch, superior):
    own = actor(make_user_with_post(Role.STAFF, branch))
    with pytest.raises(ValidationError, match="上级党组织认定"):
        actions.list_branch(by=own, organization=branch, listed_on=LISTED, reasons="班子不全。")
    with pytest.raises(ValidationError, match="上级党组织认定"):
        actions.lift_branch(by=own, weak=WeakBranchFactory(organization=branch), lifted_on=LISTED, reason="已达标。")
    with pytest.raises(ValidationError, match="现有的党支部"):
        actions.list_branch(by=superior, organization=CommitteeFactory(), listed_on=LISTED, reasons="班子不全。")


def test_o16_a_step_is_done_once_and_then_stays(branch, superior):
    step = PlanStepFactory(weak__organization=branch)
    with pytest.raises(ValidationError, match="请填写完成情况"):
        actions.finish_step(by=superior, step=step, done_on=LISTED, result=" ")
    actions.finish_step(by=superior, step=step, done_on=LISTED, result="已完成。")
    with pytest.raises(ValidationError, match="已登记完成"):
        actions.finish_step(by=superior, step=step, done_on=LISTED, result="已完成。")
    with pytest.raises(ValidationError, match="不能移除"):
        actions.drop_step(by=superior, step=step)
    other = PlanStepFactory(weak=step.weak)
    actions.drop_step(by=superior, step=other)
    assert PlanStep.objects.get() == step


def test_o16_falling_behind_is_no_plan_or_a_step_past_its_day():
    without, late, timely, lifted = WeakBranchFactory.create_batch(4)
    PlanStepFactory(weak=late)
    PlanStepFactory(weak=timely, target_on=date(2026, 7, 1))
    PlanStepFactory(weak=timely, done_on=date(2026, 5, 1), result="已完成。")
    WeakBranch.objects.filter(pk=lifted.pk).update(lifted_on=LISTED, lifted_reason="误列。")
    assert set(WeakBranch.objects.all().falling_behind(date(2026, 7, 1))) == {without, late}


@pytest.mark.parametrize(
    "wrong", [{"reasons": ""}, {"lifted_on": LISTED}, {"lifted_on": date(2026, 3, 1), "lifted_reason": "误列。"}]
)
def test_o16_the_database_refuses_a_row(wrong):
    with pytest.raises(IntegrityError):
        WeakBranchFactory(**wrong)


@pytest.mark.parametrize("wrong", [{"measure": ""}, {"year": 2027}, {"done_on": LISTED}])
def test_o16_the_database_refuses_a_step(wrong):
    with pytest.raises(IntegrityError):
        PlanStepFactory(**wrong)


def test_o16_the_database_lists_a_branch_once(branch):
    WeakBranchFactory(organization=branch)
    with pytest.raises(IntegrityError):
        WeakBranchFactory(organization=branch)


def test_o16_the_database_keeps_a_step_once():
    step = PlanStepFactory()
    with pytest.raises(IntegrityError):
        PlanStepFactory(weak=step.weak, measure=step.measure)
