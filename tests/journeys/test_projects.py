"""A project from the topic to its acceptance, and a title from the contest to its withdrawal, in the browser."""

import pytest
from playwright.sync_api import Page, expect

from branches.enums import Role
from campaigns.models import Award, Project
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(name="财政局机关党委"), name="第一党支部")


@pytest.fixture
def windows(live, move_clock, branch):
    """Staff above and the branch's secretary, each in his own window."""
    move_clock("2026-03-05T10:00:00+08:00")
    MembershipFactory(organization=branch, member=MemberFactory(name="周敏"))
    staff = live.login(make_user_with_post(Role.STAFF, branch.parent)).goto("/campaigns/works/")
    secretary = live.open_as(make_user_with_post(Role.SECRETARY, branch), "/")
    return live, staff, secretary


def test_c09_a_project_from_the_topic_to_acceptance(windows):
    live, staff, secretary = windows
    staff.get_by_role("link", name="项目题目").click()
    staff.get_by_role("link", name="发布题目").first.click()
    staff.get_by_label("题目", exact=True).fill("优化窗口服务")
    staff.locator("[name=claim_by]").fill("2026-03-31")
    press(staff, "发布")
    expect(staff.locator("#messages")).to_contain_text("已发布")

    secretary.goto(live.url + "/campaigns/topics/")
    secretary.get_by_role("link", name="优化窗口服务").click()
    secretary.get_by_role("link", name="领办", exact=True).click()
    secretary.locator("[name=goal]").fill("办理时限压缩三分之一")
    secretary.locator("[name=responsible]").select_option(label="周敏")
    secretary.locator("[name=ends_on]").fill("2026-09-30")
    press(secretary, "保存")
    secretary.locator("details", has_text="申请验收").last.locator("summary").click()
    secretary.locator("form[action$='/submit/'] [name=text]").fill("目标已经达到")
    press(secretary, "申请验收")

    project = Project.objects.get()
    staff.goto(f"{live.url}/campaigns/projects/{project.pk}/")
    staff.locator("form[action$='/accept/'] [name=text]").fill("同意通过")
    press(staff, "通过验收")
    expect(staff.locator("main")).to_contain_text("已验收")


def test_c12_a_title_from_the_contest_to_its_withdrawal(windows):
    live, staff, secretary = windows
    staff.goto(live.url + "/campaigns/contests/new/?preset=three_threes")
    staff.locator("[name=ends_on]").fill("2026-04-30")
    with staff.expect_navigation():
        staff.get_by_role("button", name="保存").click()
    press(staff, "发布")

    secretary.goto(live.url + "/campaigns/contests/")
    secretary.get_by_role("link", name="三亮三比三争创").click()
    secretary.get_by_role("link", name="申报", exact=True).last.click()
    secretary.locator("[name=statement]").fill("窗口服务好")
    press(secretary, "提交申报")
    address = secretary.url

    staff.goto(address)
    staff.get_by_role("link", name="核验", exact=True).click()
    for box in staff.locator("input[value=yes]").all():
        box.check(force=True)
    press(staff, "保存核验结果")
    staff.get_by_role("link", name="授予称号").click()
    staff.locator("[name=level]").select_option("满意窗口")
    press(staff, "授予")
    expect(staff.locator("main")).to_contain_text("三亮三比三争创（满意窗口）")
    staff.locator("summary", has_text="撤销称号").click()
    staff.locator("form[action$='/revoke/'] [name=text]").fill("服务质量下降")
    press(staff, "撤销称号")
    expect(staff.locator("main")).to_contain_text("已撤销")
    assert Award.objects.get().reason == "服务质量下降"
