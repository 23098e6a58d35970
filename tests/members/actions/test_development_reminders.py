"""Who is reminded of what, and only once."""

from datetime import date

import pytest

from branches.permissions import Actor
from members.actions.development.reminders import remind_development
from members.actions.reminders import REMINDERS
from office.models import Notice
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.development import drive, make_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def secretary(branch):
    return make_user_with_post("secretary", branch)


@pytest.fixture
def staff(branch):
    return make_user_with_post("staff", branch.parent)


def remind(on):
    return remind_development(by=Actor.system(), on=on)


def told():
    return list(Notice.objects.order_by("pk").values_list("user", "text", "due_on"))


def test_o05_a_talk_is_due_within_a_month_and_told_once(branch, secretary, staff):
    drive(make_file(branch), "talk")

    assert [remind(date(2023, 3, 5)), remind(date(2023, 3, 6))] == [1, 0]
    assert told() == [(secretary.pk, "陈晓：“党组织派人谈话”请在2023年4月1日前办理。", date(2023, 4, 1))]
    assert remind(date(2023, 4, 2)) == 1
    assert "已逾期" in told()[-1][1]


def test_o05_half_yearly_observation(branch, secretary):
    drive(make_file(branch), "training")

    assert remind(date(2023, 9, 9)) == 0
    assert remind(date(2023, 9, 10)) == 1
    assert told() == [(secretary.pk, "陈晓：“入党积极分子半年考察”请在2023年10月10日前办理。", date(2023, 10, 10))]


def test_o05_the_political_review_may_begin(branch, secretary):
    drive(make_file(branch), "introducers")

    assert [remind(date(2024, 5, 1)), remind(date(2024, 5, 2))] == [1, 0]
    assert told() == [(secretary.pk, "陈晓：可以进行政治审查，请及时办理并留存政治审查报告。", None)]


def test_o05_the_approval_is_the_superiors(branch, secretary, staff):
    drive(make_file(branch), "approval")

    assert remind(date(2024, 8, 27)) == 1
    assert told() == [(staff.pk, "陈晓：“上级党委审批”请在2024年9月25日前办理。", date(2024, 9, 25))]


def test_o05_probation_ends_in_a_month_and_is_over(branch, secretary):
    file = drive(make_file(branch), "conversion_apply")

    assert remind(date(2025, 5, 26)) == 1
    assert remind(date(2025, 6, 26)) == 1
    assert [text for _, text, _ in told()] == [
        "陈晓：“预备期满，讨论转正”请在2025年6月25日前办理。",
        "陈晓：“预备期满，讨论转正”应在2025年6月25日前完成，已逾期，请抓紧办理。",
    ]
    assert Notice.objects.first().url == f"/members/development/{file.pk}/"


def test_o05_it_is_part_of_the_daily_round():
    assert remind_development in REMINDERS
