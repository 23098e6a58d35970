"""The hub of special work: who is told what is missing (C06 – C15)."""

from datetime import date

import pytest

from branches.enums import Role
from branches.queries.access import scope_of
from campaigns.queries.problems import problems_overdue
from campaigns.queries.works import works_for
from campaigns.rules.branch_plans import PlanState
from campaigns.rules.projects import ProjectState
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.campaigns_honours import NeedFactory, ProjectFactory
from tests.factories.plans_and_links import MADE_AT, BranchPlanFactory, CallFactory, ContactFactory
from tests.factories.problems import ProblemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-04-20T10:00:00+08:00")


@pytest.fixture
def branch():
    """A branch whose plan came back, whose pairing lacks its papers, whose need and problem are late."""
    branch = BranchFactory()
    BranchPlanFactory(
        organization=branch, state=PlanState.RETURNED, submitted_at=MADE_AT, decided_at=MADE_AT, remark="请补充。"
    )
    ContactFactory(organization=branch)
    NeedFactory(organization=branch)
    ProblemFactory(organization=branch)
    CallFactory(issuer=branch.parent.parent, state="open", closes_on=date(2026, 4, 30))
    return branch


def scope_at(role, organization):
    return scope_of(make_user_with_post(role, organization).pk, clock.today())


def faults(role, organization):
    groups = works_for(scope_at(role, organization))
    return {work.label: figures.missing for _, rows in groups for work, figures in rows if figures.missing}


HELD = {"支部计划": 1, "联系点和结对共建": 1, "实事清单": 1}


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.SECRETARY, HELD | {"征集": 1}),
        (Role.STAFF, HELD | {"征集": 1}),
        (Role.LEADER, HELD),
        (Role.INSPECTOR, HELD),
        (Role.MEMBER, {"征集": 1}),
    ],
)
def test_faults_are_told_to_who_does_leads_or_oversees_the_work_and_a_call_to_who_may_answer_it(branch, role, told):
    assert faults(role, branch) == told


def test_what_waits_for_the_superiors_word_is_told_before_what_is_late(branch):
    ProjectFactory(organization=branch, state=ProjectState.PENDING, result="完成")
    assert faults(Role.STAFF, branch.parent)["一支一项项目"] == 1
    assert "一支一项项目" not in faults(Role.SECRETARY, branch)


@pytest.mark.parametrize(("role", "count"), [(Role.SECRETARY, 1), (Role.INSPECTOR, 1), (Role.MEMBER, 0)])
def test_overdue_problems_wait_for_those_whom_they_concern(branch, role, count):
    assert problems_overdue(scope_at(role, branch)) == count
