"""Common problems of a plan: claimed or said not to be there by each organisation (R02)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.actions.common_claims import claim_common
from campaigns.enums import AssignmentState
from campaigns.models import Answer, CommonClaim, Problem
from campaigns.queries.common_claims import (
    common_tasks,
    commons_to_claim,
    coverage_lines,
    lines_of_others,
    plans_to_answer,
)
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.campaigns import (
    AssignmentFactory,
    CampaignFactory,
    ChecklistItemFactory,
    TargetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def task(root):
    task = TaskFactory(
        campaign=CampaignFactory(issuer=root, review_policy="flagged"), nature="problem", title="督促检查不够"
    )
    ChecklistItemFactory(task=task)
    ChecklistItemFactory(task=task)
    TargetFactory(
        task=task, metric="manual", period="once", unit="项", audience_kinds=["committee"], audience_group="direct"
    )
    return task


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def staff(committee):
    return actor(make_user_with_post(Role.STAFF, committee))


def test_r02_claiming_makes_a_problem_due_by_30_september(staff, task, committee):
    claim = claim_common(by=staff, task=task, organization=committee, applies=True, word="对支部督查少")
    problem = claim.problem
    assert (problem.text, problem.origin, problem.task, str(problem.due_on)) == (
        "督促检查不够：对支部督查少", "common", task, "2026-09-30",
    )  # fmt: skip


def test_r02_claiming_twice_makes_one(staff, task, committee):
    for _ in range(2):
        claim_common(by=staff, task=task, organization=committee, applies=True, word="对支部督查少")
    assert (CommonClaim.objects.count(), Problem.objects.count()) == (1, 1)


def test_r02_what_was_not_there_can_be_claimed_later_but_not_the_other_way(staff, task, committee):
    claim_common(by=staff, task=task, organization=committee, applies=False, word="每季度都有督查")
    assert Problem.objects.count() == 0
    claim_common(by=staff, task=task, organization=committee, applies=True, word="三季度没有督查")
    claim_common(by=staff, task=task, organization=committee, applies=False, word="没有了")
    assert CommonClaim.objects.get().applies


def test_r02_a_word_is_compulsory(staff, task, committee):
    with pytest.raises(ValidationError):
        claim_common(by=staff, task=task, organization=committee, applies=False, word=" ")


@pytest.mark.parametrize("applies", [True, False])
def test_r02_the_task_of_the_plan_is_answered_by_it(staff, task, committee, applies):
    row = AssignmentFactory(target=task.targets.get(), organization=committee)
    claim_common(by=staff, task=task, organization=committee, applies=applies, word="情况如此")
    row.refresh_from_db()
    assert row.state == AssignmentState.DONE
    assert "情况如此" in Answer.objects.get().note


def test_r02_who_has_spoken(staff, task, committee, root):
    other = CommitteeFactory(parent=root)
    BranchFactory(parent=committee)
    claim_common(by=staff, task=task, organization=committee, applies=True, word="有")
    scope = scope_of(make_user_with_post(Role.STAFF, root).pk, TODAY)
    lines = coverage_lines(scope, task.campaign, common_tasks(task.campaign))
    assert [(line.organization, line.claimed, line.left) for line in lines] == [(other, 0, 1), (committee, 1, 0)]
    assert commons_to_claim(scope_of(staff.user_id, TODAY)) == 0
    assert commons_to_claim(scope_of(make_user_with_post(Role.STAFF, other).pk, TODAY)) == 1


def test_r02_the_figure_is_of_the_words_that_the_page_asks_for(staff, task, committee):
    scope = scope_of(staff.user_id, TODAY)
    tasks = common_tasks(task.campaign)
    assert plans_to_answer(scope) == [(task.campaign, 1)]
    assert lines_of_others(scope, task.campaign, tasks, committee) == []
    claim_common(by=staff, task=task, organization=committee, applies=False, word="没有")
    assert plans_to_answer(scope) == []
