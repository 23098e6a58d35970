from decimal import Decimal

import pytest

from campaigns.models import Target
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, CampaignFactory, TargetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(move_clock):
    move_clock("2026-03-25T10:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def target(committee):
    target = TargetFactory(task__campaign=CampaignFactory(issuer=committee))
    AssignmentFactory(target=target, organization=BranchFactory(parent=committee))
    return target


@pytest.fixture
def staff(client, committee):
    client.force_login(make_user_with_post("staff", committee))
    return client


WANTED = {"title": "主题党日", "at_least": "2", "audience_kinds": ["branch"], "audience_group": "all",
          "from_when": "running", "reason": "区委要求"}  # fmt: skip


def test_c05_what_changes_for_whom_is_shown_first(staff, target):
    page = staff.post(f"/campaigns/targets/{target.pk}/amend/", WANTED).content.decode()
    assert "1 项未结账的任务按新的要求办理，涉及 1 个党组织" in page
    assert Target.objects.count() == 1


def test_c05_a_change_that_waits_says_that_nothing_sent_is_changed(staff, target):
    page = staff.post(f"/campaigns/targets/{target.pk}/amend/", {**WANTED, "from_when": "next"}).text
    assert ("已下发的任务不变，以后下发的按新的要求办理" in page, "0 项" in page) == (True, False)


def test_c05_the_end_speaks_of_ending(staff, target):
    page = staff.get(f"/campaigns/targets/{target.pk}/end/").text
    assert "何时起取消" in page
    assert "已下发未结账的列为免报" in page
    assert "新的指标" not in page


def test_c05_confirmed_it_is_made_and_shown_on_the_task(staff, target):
    page = staff.post(f"/campaigns/targets/{target.pk}/amend/", {**WANTED, "confirmed": "1"}, follow=True)
    assert "自2026年3月1日起执行：区委要求" in page.content.decode()
    assert Target.objects.in_force().get().at_least == 2


def test_c05_a_target_is_ended(staff, target):
    data = {"from_when": "next", "reason": "精简任务"}
    assert "没有任务因此免报" in staff.post(f"/campaigns/targets/{target.pk}/end/", data).content.decode()
    staff.post(f"/campaigns/targets/{target.pk}/end/", {**data, "confirmed": "1"})
    assert not Target.objects.in_force().exists()


def test_c05_a_change_of_nothing_sent_is_told_as_such(staff, target):
    answer = staff.post(
        f"/campaigns/targets/{target.pk}/amend/", {**WANTED, "from_when": "next", "confirmed": "1"}, follow=True
    )
    assert "已调整指标，已下发的任务不变。" in answer.text


@pytest.mark.parametrize("fields", [{"at_least": "0"}, {"due_day": "13-40"}, {"audience_kinds": []}, {"reason": ""}])
def test_bad_input_is_told(staff, target, fields):
    assert staff.post(f"/campaigns/targets/{target.pk}/amend/", WANTED | fields).status_code == 422


def test_an_amended_target_has_no_page_any_more(staff, target):
    staff.post(f"/campaigns/targets/{target.pk}/amend/", {**WANTED, "confirmed": "1"})
    assert staff.get(f"/campaigns/targets/{target.pk}/amend/").status_code == 404


def test_c05_the_numbers_in_force_stand_in_the_form_as_one_writes_them(staff, target):
    target.at_least, target.at_most = Decimal("1.00"), Decimal("10.50")
    target.save()
    page = staff.get(f"/campaigns/targets/{target.pk}/amend/").text
    assert 'name="at_least" value="1"' in page
    assert 'name="at_most" value="10.5"' in page
