"""The three officers and a deputy, in a real browser: who gives rights, who takes them, and what the trail tells."""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from branches.actions.sealing import seal_entries
from branches.models import AuditEntry, Organization, User
from branches.permissions import Actor
from members.models import Member
from tests.factories.branches import (
    PASSWORD,
    BranchFactory,
    CommitteeFactory,
    OrganizationFactory,
    make_user_with_post,
)
from tests.factories.members import MemberFactory, MembershipFactory
from tests.harness.sealing import wait_until_sealable
from tests.harness.windows import Windows, fill

pytestmark = [pytest.mark.journey, pytest.mark.slow]
OWN = "evening-walk-2026"
DAY = "2026-03-05"


@dataclass
class World:
    """A small tree, the three officers and a secretary, and their windows."""

    windows: Windows
    root: Organization
    committee: Organization
    member: Member
    people: dict[str, User]

    def open(self, person: str, path: str) -> Page:
        return self.windows.open(self.people[person], path)

    @property
    def new(self) -> User:
        return User.objects.get(login="limin")


@pytest.fixture
def world(live, move_clock) -> World:
    move_clock(f"{DAY}T08:00:00+08:00")
    root = OrganizationFactory(name="中共云川区委区直属机关工作委员会", short_name="区直机关工委")
    committee = CommitteeFactory(parent=root, name="财政局机关党委", code="F1")
    branch = BranchFactory(parent=committee, name="财政局国库支部", code="F1-1")
    member = MembershipFactory(organization=branch, member=MemberFactory(name="王静")).member
    people = {
        "sysadmin": make_user_with_post("sysadmin", root, login="xitong", name="韩磊"),
        "secadmin": make_user_with_post("secadmin", root, login="anquan", name="罗文"),
        "auditor": make_user_with_post("auditor", root, login="shenji", name="秦岚"),
        "secretary": make_user_with_post("secretary", branch, login="zhibu", name="周敏"),
    }
    return World(Windows(live), root, committee, member, people)


def test_rights_given_used_and_taken_are_in_the_trail(world, live, move_clock) -> None:
    move_clock(f"{DAY}T09:00:00+08:00")
    password = make_the_account(world)
    security = world.open("secadmin", "/accounts/")
    move_clock(f"{DAY}T09:15:00+08:00")
    grant_the_post(world, security)
    work = first_day(live, world, password)
    name_the_custodian(world, security, work)
    hold_for_the_secretary(world, work)
    take_the_post_away(world, security, work)
    wait_until_sealable(AuditEntry.objects.latest("pk"))
    seal_entries(by=Actor.system())
    read_the_trail(world)


def make_the_account(world: World) -> str:
    page = world.open("sysadmin", "/accounts/")
    page.get_by_role("link", name="新增账号").first.click()
    fill(page, {"login": "limin", "name": "李敏", "organization": "财政局机关党委"})
    page.get_by_role("button", name="新增账号").click()
    password = page.locator("code.secret").inner_text()
    expect(page.get_by_role("link", name="授予岗位")).to_have_count(0)
    return password


def grant_the_post(world: World, page: Page) -> None:
    """A quarter of an hour after he signed in, 安全管理员 gives his password again before he gives a right."""
    page.goto(f"{world.windows.live.url}/accounts/?q=limin")
    page.get_by_role("link", name="李敏").first.click()
    page.get_by_role("link", name="授予岗位").click()
    expect(page.get_by_role("heading", name="再次输入密码")).to_be_visible()
    fill(page, {"again": "wrong-password"})
    page.get_by_role("button", name="继续").click()
    expect(page.locator("main")).to_contain_text("密码不正确")
    fill(page, {"again": PASSWORD})
    page.get_by_role("button", name="继续").click()
    fill(page, {"organization": "财政局机关党委", "role": "staff"})
    page.get_by_role("button", name="授予岗位").click()
    expect(page.locator("#messages")).to_contain_text("已授予李敏岗位")


def first_day(live, world: World, password: str) -> Page:
    """Her own password, and no restricted records yet."""
    page = live.sign_in("limin", password)
    for label, value in (("当前密码", password), ("新密码", OWN), ("再输入一次新密码", OWN)):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="修改密码").click()
    expect(page.locator(".who-text")).to_contain_text("财政局机关党委")
    page.goto(f"{live.url}/members/restricted/")
    expect(page.get_by_role("heading", name="没有办理这一步的权限")).to_be_visible()
    return page


def name_the_custodian(world: World, page: Page, work: Page) -> None:
    page.get_by_role("link", name="限定记录授权").first.click()
    page.get_by_role("link", name="授权岗位").first.click()
    page.locator("main label", has_text="李敏").click()
    page.locator("main label", has_text="谈话记录").click()
    page.get_by_role("button", name="授权", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已授权：谈话记录")

    work.goto(f"{world.windows.live.url}/members/restricted/")
    expect(work.get_by_role("heading", level=1)).to_contain_text("限定记录")


def hold_for_the_secretary(world: World, work: Page) -> None:
    """周敏 is away: 李敏 sets a base of dues in her stead."""
    page = world.open("secretary", "/posts/mine/")
    page.get_by_role("link", name="委托代理").click()
    fill(page, {"deputy": str(world.new.pk), "starts_on": DAY, "ends_on": "2026-03-12", "reason": "外出学习"})
    page.get_by_role("button", name="委托代理").click()
    expect(page.locator("#messages")).to_contain_text("已委托李敏代理")

    work.goto(f"{world.windows.live.url}/")
    work.locator(".who summary").click()
    work.locator(".who button[name=post]", has_text="国库支部").click()
    expect(work.locator(".band-acting")).to_contain_text("您正在代理 周敏")
    work.goto(f"{world.windows.live.url}/members/{world.member.pk}/dues/base/")
    fill(work, {"kind": "working", "amount": "8000", "effective_from": "2026-03", "basis": "2026年2月工资"})
    work.get_by_role("button", name="保存").click()
    expect(work.locator("main")).to_contain_text("8000.00")

    page.get_by_role("link", name="结束代理").click()
    page.get_by_role("button", name="结束代理").click()
    expect(page.locator("#messages")).to_contain_text("代理已结束")
    work.reload()
    expect(work.locator(".band-acting")).to_have_count(0)


def take_the_post_away(world: World, page: Page, work: Page) -> None:
    """The page of the deputy is still open; with her next click the right is gone."""
    work.goto(f"{world.windows.live.url}/members/")
    member = work.locator("main tbody a", has_text="王静")
    expect(member).to_be_visible()

    page.goto(f"{world.windows.live.url}/accounts/{world.new.pk}/")
    page.locator("main tbody tr", has_text="在任").get_by_role("link", name="结束").click()
    fill(page, {"ends_on": DAY})
    page.get_by_role("button", name="结束岗位").click()
    expect(page.locator("#messages")).to_contain_text("已结束")

    member.click()
    expect(work.get_by_role("heading", name="没有办理这一步的权限")).to_be_visible()
    expect(work.get_by_text("王静")).to_have_count(0)
    work.goto(f"{world.windows.live.url}/")
    expect(work.get_by_text("您的账号还没有岗位")).to_be_visible()


def read_the_trail(world: World) -> None:
    page = world.open("auditor", "/audit/")
    rows = page.locator("main tbody tr")
    done = {
        "新增账号": ("韩磊",),
        "授予岗位": ("罗文", "李敏（limin）"),
        "授权查阅限定记录": ("罗文", "李敏：谈话记录"),
        "委托代理": ("周敏", "李敏（limin）：外出学习"),
        "结束岗位": ("罗文", "李敏（limin）"),
    }
    for verb, words in done.items():
        page.get_by_label("操作", exact=True).fill(verb)
        page.get_by_label("操作", exact=True).press("Enter")
        page.wait_for_url(f"**/audit/?*verb={quote(verb)}&*")
        for word in words:
            expect(rows.first).to_contain_text(word)
        expect(rows.first).to_contain_text(verb)

    page.goto(f"{world.windows.live.url}/audit/?acting=on")
    expect(rows.filter(has_text="核定党费基数")).to_contain_text("李敏（代 周敏）")
    with page.expect_download() as started:
        page.get_by_role("link", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(started.value.path().read_bytes())).active
    written = [" ".join(str(cell) for cell in row if cell) for row in sheet.iter_rows(values_only=True)]
    assert [line for line in written if "李敏（代 周敏）" in line and "核定党费基数" in line]

    page.get_by_role("button", name="校验").click()
    expect(page.locator("main")).to_contain_text("核对过的每一条记录都与封存时一致")
    expect(page.locator("main dd").first).not_to_have_text("0 条，0 段")
    page.goto(f"{world.windows.live.url}/audit/?who=秦岚")
    expect(rows.filter(has_text="导出")).to_have_count(1)
    expect(rows.filter(has_text="校验审计记录")).to_have_count(1)
