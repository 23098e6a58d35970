"""An account is made, gets its post and its own password, and works, in a real browser."""

import pytest
from playwright.sync_api import expect

from branches.actions.bootstrap import bootstrap_admin
from branches.models import Organization, User
from branches.permissions import Actor
from branches.rules.second_factor import code_at, step_of
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory

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
    forget_who(page)
    live.sign_in("limin", password)
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.get_by_label("当前密码").fill(password)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输入一次新密码").fill(OWN)
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator(".who-text")).to_contain_text("财政局国库支部 · 支部书记")


def test_the_three_officers_begin_their_work(live, root, settings):
    """As in a graded installation: first password, own password, second factor; then accounts from the roster."""
    settings.SECOND_FACTOR_ROLES = frozenset({"sysadmin", "secadmin", "auditor"})
    branch = Organization.objects.get(code="F1-1")
    MembershipFactory(organization=branch, member=MemberFactory(name="李敏", initials="lm"))
    officers = {one.login: one.password for one in bootstrap_admin(by=Actor.system(), organization=root)}
    page = live.page

    live.sign_in("secadmin", officers["secadmin"])
    change_password(page, officers["secadmin"])
    expect(page.get_by_text("您的岗位要求使用动态口令")).to_be_visible()
    page.get_by_role("button", name="开始设置").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("动态口令").fill(code_at(secret, step_of(clock.now())))
    page.get_by_role("button", name="启用").click()
    spare = page.locator("code.secret").first.inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="已保管好，继续").click()

    page.goto(f"{live.url}/members/accounts/")
    page.get_by_label("勾选李敏").check()
    with page.expect_navigation():
        page.get_by_role("button", name="建立账号").click()
    login, password = page.locator(".slips code").all_inner_texts()
    assert login == "limin"

    forget_who(page)
    live.sign_in("secadmin", OWN)
    expect(page.get_by_role("heading", name="输入动态口令")).to_be_visible()
    page.get_by_label("动态口令").fill(spare)
    with page.expect_navigation():
        page.get_by_role("button", name="登录").click()
    page.goto(f"{live.url}/my-account/")
    expect(page.get_by_text("共 2 处")).to_be_visible()
    page.get_by_role("button", name="结束其他登录").click()
    expect(page.get_by_text("已结束其他 1 处登录")).to_be_visible()

    forget_who(page)
    live.sign_in("limin", password)
    change_password(page, password)
    expect(page.locator(".who-text")).to_contain_text("财政局国库支部 · 党员")


def change_password(page, current):
    page.get_by_label("当前密码").fill(current)
    page.get_by_label("新密码", exact=True).fill(OWN)
    page.get_by_label("再输入一次新密码").fill(OWN)
    page.get_by_role("button", name="修改密码").click()
    page.wait_for_url(lambda url: "/accounts/password/" not in url)


def test_the_tree_opens_level_by_level(live, root):
    page = live.login(make_user_with_post("staff", root)).goto("/organizations/")
    expect(page.get_by_text("财政局国库支部")).to_have_count(0)

    page.locator("summary", has_text="财政局机关党委").locator("visible=true").last.click(position={"x": 8, "y": 12})

    expect(page.get_by_role("link", name="财政局国库支部")).to_be_visible()


def forget_who(page):
    """Another person sits down. What the page still asks for would bring the cookie back, so it is waited for."""
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
