"""From a plan to a bulletin, in a real browser, each person with an account of his own.

plan → dispatch → record → return → correct → approve → board → bulletin → score. A real worker does what is queued.
"""

import time
from dataclasses import dataclass
from io import BytesIO

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Page, expect

from branches.models import Organization, User
from branches.permissions import Actor
from campaigns.actions.campaigns import load_templates
from campaigns.models import Assignment
from desk.actions import cycles
from members.enums import OfficeKind
from office.models import Run
from tests.factories.branches import PASSWORD, BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import OfficeFactory, make_roster

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MINUTES = (
    "一、集体学习支部工作条例第四章，由组织委员领学。二、全体党员重温入党誓词。"
    "三、围绕服务企业怎么更快展开讨论，形成三条改进措施，由宣传委员负责跟进，下月通报。"
)
SECONDS = 60


@dataclass
class World:
    """A small tree and the people who act in it."""

    root: Organization
    committee: Organization
    branch: Organization
    people: dict[str, User]


@pytest.fixture
def world(transactional_db) -> World:
    load_templates(by=Actor.system())
    root = OrganizationFactory(name="中共云川区委区直属机关工作委员会", short_name="区直机关工委")
    committee = CommitteeFactory(parent=root, name="中共云川区财政局机关委员会", short_name="财政局机关党委")
    branch = BranchFactory(parent=committee, name="中共云川区财政局第二支部委员会", short_name="财政局第二支部")
    roster = make_roster(branch, 6)
    for member, kind in zip(roster[:3], (OfficeKind.SECRETARY, *[OfficeKind.COMMITTEE_MEMBER] * 2), strict=True):
        OfficeFactory(member=member, organization=branch, kind=kind)
    people = {
        "staff": make_user_with_post("staff", root, login="gongwei", name="陈立"),
        "committee": make_user_with_post("staff", committee, login="dangwei", name="沈若宁"),
        "secretary": make_user_with_post("secretary", branch, login="zhibu", name="周敏"),
        "leader": make_user_with_post("leader", root, login="lingdao", name="林致远"),
    }
    return World(root, committee, branch, people)


class Desk:
    """The windows of all people."""

    def __init__(self, live) -> None:
        self.live = live
        self.pages: dict[str, Page] = {}

    def of(self, user: User) -> Page:
        """His window; he signs in through the form when he comes first."""
        if user.login not in self.pages:
            context = self.live._new_context()
            page = context.new_page()
            page.set_default_timeout(12_000)
            self.pages[user.login] = self.live.sign_in(user.login, PASSWORD, page)
        return self.pages[user.login]

    def open(self, user: User, path: str) -> Page:
        page = self.of(user)
        page.goto(self.live.url + path)
        return page


def wait_for_runs() -> None:
    """Until the worker has done all that is due."""
    deadline = time.monotonic() + SECONDS
    while Run.objects.exclude(status="done").exists() or not Run.objects.exists():
        assert time.monotonic() < deadline, list(Run.objects.values("job", "period", "status", "error"))
        time.sleep(0.2)


def test_from_the_plan_to_the_bulletin_and_the_score(live, world, celery_worker_process, move_clock) -> None:
    desk = Desk(live)
    move_clock("2026-03-02T09:00:00+08:00")
    publish_the_plan(desk, world)
    dispatch_the_month(desk, world)
    record_an_activity(desk, world)
    send_it_back(desk, world)
    correct_it(desk, world)
    approve_it(desk, world)

    move_clock("2026-04-20T09:00:00+08:00")
    cycles.tick(by=Actor.system())
    wait_for_runs()
    cycles.tick(by=Actor.system())
    wait_for_runs()
    look_at_the_board(desk, world)
    read_the_bulletin(desk, world)

    move_clock("2026-06-10T09:00:00+08:00")
    hold_the_round(desk, world)


def publish_the_plan(desk: Desk, world: World) -> None:
    page = desk.open(world.people["staff"], "/campaigns/")
    page.get_by_role("link", name="从模板新建").first.click()
    page.get_by_label("四型机关").check()
    page.get_by_role("button", name="起草").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("四型机关")
    page.locator("#main summary", has_text="更多").click()
    page.get_by_role("link", name="调整审核方式").click()
    page.get_by_label("逐条审核").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="确认发布").click()
    expect(page.locator("main")).to_contain_text("已发布")


def dispatch_the_month(desk: Desk, world: World) -> None:
    page = desk.open(world.people["staff"], "/runs/")
    page.get_by_role("link", name="下发本月任务").click()
    expect(page.locator("main")).to_contain_text("已由现有记录完成")
    page.get_by_role("button", name="确认下发").click()
    expect(page.locator("#run-progress")).to_contain_text("已完成", timeout=SECONDS * 1000)
    assert Assignment.objects.filter(organization=world.branch).count() > 10


def record_an_activity(desk: Desk, world: World) -> None:
    page = desk.open(world.people["secretary"], "/")
    page.get_by_role("link", name="记一次活动").first.click()
    page.locator("main a.chip", has_text="主题党日").click()
    page.get_by_label("重温入党誓词").check()
    page.locator("textarea[name=minutes]").fill("集体学习。")
    expect(page.locator("aside")).to_contain_text("重温入党誓词")
    page.locator("label[for^=person-]").nth(5).click()
    page.locator("main button[value=file]:visible").first.click()
    expect(page.locator("main")).to_contain_text("待审核")
    expect(page.locator("main")).to_contain_text("计入")


def send_it_back(desk: Desk, world: World) -> None:
    page = desk.open(world.people["committee"], "/campaigns/review/")
    expect(page.locator("#desk")).to_contain_text("内容偏少")
    page.locator("summary", has_text="退回补正").click()
    page.locator("#remark").fill("会议记录过于简略，请补充讨论情况和形成的决议。")
    page.locator("button[value=return]").click()
    expect(page.locator("main")).to_contain_text("待审的记录都审完了")


def correct_it(desk: Desk, world: World) -> None:
    page = desk.open(world.people["secretary"], "/")
    returned = page.locator("section", has_text="被退回").first
    expect(returned).to_contain_text("会议记录过于简略")
    returned.get_by_role("link").first.click()
    page.get_by_role("link", name="补正", exact=True).click()
    page.locator("textarea[name=minutes]").fill(MINUTES)
    page.locator("main button[value=file]:visible").first.click()
    expect(page.locator("main")).to_contain_text("待审核")


def approve_it(desk: Desk, world: World) -> None:
    page = desk.open(world.people["committee"], "/campaigns/review/")
    expect(page.locator("#desk")).to_contain_text("与上次提交的不同")
    expect(page.locator(".diff ins").first).to_be_visible()
    page.locator("button[value=approve]").first.click()
    expect(page.locator("main")).to_contain_text("待审的记录都审完了")
    page = desk.open(world.people["secretary"], "/campaigns/activities/")
    expect(page.locator("main")).to_contain_text("已通过")


def look_at_the_board(desk: Desk, world: World) -> None:
    """A figure of the board is the number of rows behind it."""
    page = desk.open(world.people["leader"], "/board/?period=2026-03")
    figure = page.locator(".figs a").first
    expected = int(figure.locator("b").inner_text().replace(",", ""))
    assert expected == Assignment.objects.filter(due_month="2026-03").exclude(state="exempt").count()
    figure.click()
    expect(page.locator("main")).to_contain_text(f"共 {expected} 条")


def read_the_bulletin(desk: Desk, world: World) -> None:
    page = desk.open(world.people["staff"], "/runs/")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载").first.click()
    content = started.value.path().read_bytes()
    text = "\n".join(paragraph.text for paragraph in WordDocument(BytesIO(content)).paragraphs)
    assert "调度" in text
    assert "2026年3月" in text


def hold_the_round(desk: Desk, world: World) -> None:
    page = desk.open(world.people["staff"], "/assessments/new/")
    page.locator("select[name=campaign]").select_option(index=1)
    page.get_by_role("button", name="开展评估").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("上半年")
    address = page.url.removeprefix(desk.live.url)
    fill_sheet(desk, world.people["secretary"], address, world.branch, "提交自评")
    fill_sheet(desk, world.people["committee"], address, world.committee, "提交自评")
    go_on(desk, world, address, "进入集中验收")
    fill_sheet(desk, world.people["committee"], address, world.branch, "提交验收")
    fill_sheet(desk, world.people["staff"], address, world.committee, "提交验收")
    go_on(desk, world, address, "进入综合评估")
    go_on(desk, world, address, "公布结果")
    page = desk.open(world.people["leader"], address)
    expect(page.locator("main")).to_contain_text("财政局第二支部")
    page.get_by_role("link", name="财政局第二支部").first.click()
    expect(page.locator("main")).to_contain_text("满分")


def fill_sheet(desk: Desk, user: User, address: str, organization: Organization, verb: str) -> None:
    page = desk.open(user, f"{address}?kind=all")
    own = page.get_by_role("link", name="本组织评分表")
    link = page.get_by_role("link", name=organization.short_name, exact=True)
    (own if verb == "提交自评" else link).first.click()
    for field in page.locator("input[name*=points]:visible").all():
        if not field.input_value():
            field.fill("0.5")
    page.get_by_role("button", name=verb).click()
    expect(page.locator("#messages")).to_contain_text("已提交")


def go_on(desk: Desk, world: World, address: str, verb: str) -> None:
    page = desk.open(world.people["staff"], address)
    page.get_by_role("link", name=verb).click()
    page.wait_for_load_state()
    # The answer must have come before the next window asks for the round.
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()
