"""Reminders before, on and after the day; overdue problems go up to the superior (R03)."""

from datetime import date

import pytest

from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions.problem_reminders import remind_problems
from campaigns.rules.problems import Deadline, State
from office.models import Notice
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.problems import (
    CleanupFactory,
    ProblemFactory,
    SnapshotFactory,
    StepFactory,
    WorkingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return make_user_with_post(Role.SECRETARY, branch)


@pytest.fixture
def staff(branch):
    return make_user_with_post(Role.STAFF, branch.parent)


def remind(day):
    return remind_problems(by=Actor.system(), on=day)


def texts(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def test_r03_before_on_and_after_the_day_each_once(branch, secretary, staff):
    WorkingFactory(organization=branch, text="记录不完整")
    assert remind(date(2026, 3, 24)) == 0
    for day in (date(2026, 3, 25), date(2026, 3, 26), date(2026, 4, 1), date(2026, 4, 2), date(2026, 4, 3)):
        remind(day)
    assert [text.split("：")[0] for text in texts(secretary)] == ["临近整改时限", "今天是整改时限", "已过整改时限"]
    assert texts(staff) == []


def test_r03_after_working_days_the_superior_is_told(branch, secretary, staff):
    WorkingFactory(organization=branch)
    remind(date(2026, 4, 3))
    assert texts(staff) == []
    remind(date(2026, 4, 8))
    remind(date(2026, 4, 9))
    assert len(texts(staff)) == 1


def test_r03_what_waits_for_the_check_is_not_dunned(branch, secretary):
    WorkingFactory(organization=branch, state=State.ASKED, asked_on=date(2026, 3, 20))
    assert remind(date(2026, 4, 2)) == 0


def test_r03_an_unclaimed_problem_and_a_longer_one_without_effect(branch, secretary):
    ProblemFactory(organization=branch, due_on=date(2026, 9, 30))
    WorkingFactory(
        organization=branch, deadline=Deadline.LONGER, due_on=date(2026, 9, 1), effect_due_on=date(2026, 3, 12)
    )
    remind(date(2026, 3, 9))
    assert sorted(text[:4] for text in texts(secretary)) == ["中长期问", "整改问题"]


def test_r03_a_measure_is_a_checkpoint_of_its_own(branch, secretary):
    problem = WorkingFactory(organization=branch, due_on=date(2026, 9, 1))
    StepFactory(problem=problem, text="月查", due_on=date(2026, 3, 20))
    remind(date(2026, 3, 15))
    assert ["月查" in text for text in texts(secretary)] == [True]


def test_r01_a_report_and_a_self_check_that_wait(branch, secretary):
    SnapshotFactory(organization=branch)
    CleanupFactory(issuer=branch.parent)
    remind(date(2026, 3, 25))
    assert sorted(text[:3] for text in texts(secretary)) == ["作风专", "随手拍"]
