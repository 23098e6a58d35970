"""An account is made, gets its post and its own password, and works, in a real browser."""

import pytest
from playwright.sync_api import expect

from branches.models import User
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post

pytestmark = [pytest.mark.journey, pytest.mark.slow]

OWN = "evening-walk-2026"


@pytest.fixture
def root():
    root = OrganizationFactory(name="区直机关工委")
    committee = CommitteeFactory(parent=root, name="财政局机关党委", code="F1")
    BranchFactory(parent=committee, name="财政局国库支部", code="F1-1", initials="czjgkzb")
    return root


def test_from_a_new_account_to_its_first_working_day(live, root):
    """系统管理员 makes it, 安全管理员 grants the post, its owner changes the password and is led to his work."""
    page = live.login(make_user_with_post("sysadmin", root)).goto("/accounts/new/")
    page.get_by_label("登录名").fill("limin")
    page.get_by_label("姓名").fill("李敏")
    page.get_by_label("所属党组织").fill("财政局机关党委")
    page.get_by_role("button", name="新增账号").click()
    password = page.locator("code").inner_text()
    account = User.objects.get(login="limin")

    page = live.open_as(make_user_with_post("secadmin", root), f"/accounts/{account.pk}/posts/new/")
    page.get_by_label("党组织").fill("")
    page.get_by_label("党组织").press_sequentially("czjgk")
    offered = page.locator("datalist option")
    expect(offered).to_have_count(1)
    page.get_by_label("党组织").fill(offered.get_attribute("value"))
    page.locator(".choice", has_text="支部书记").click()
    page.get_by_role("button", name="授予岗位").click()
    expect(page.get_by_text("已授予李敏岗位")).to_be_visible()

    page = live.page
    page.context.clear_cookies()
    live.sign_in("limin", password)
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.get_by_label("当前密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输入一次新密码").fill(OWN)
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator(".who-text")).to_contain_text("财政局国库支部 · 支部书记")


def test_the_tree_opens_level_by_level(live, root):
    page = live.login(make_user_with_post("staff", root)).goto("/organizations/")
    expect(page.get_by_text("财政局国库支部")).to_have_count(0)

    page.locator("summary", has_text="财政局机关党委").locator("visible=true").last.click(position={"x": 8, "y": 12})

    expect(page.get_by_role("link", name="财政局国库支部")).to_be_visible()
