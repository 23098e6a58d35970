"""A year of one branch, in a real browser: election, talk, dues, transfers, a new full member, the record of the year.

What the year of a branch is made of begins before it: the applicant's file is opened two years earlier.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Download, Page, expect

from branches.models import Organization, User
from branches.permissions import Actor
from members.actions.dues_bases import set_base
from members.enums import DevelopmentOutcome, DuesKind
from members.models import DevelopmentFile, Member
from members.queries.roster import memberships_on
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.development import DAYS, drive, prepare, take
from tests.factories.members import MemberFactory, MembershipFactory
from tests.harness.windows import Windows, fill

pytestmark = [pytest.mark.journey, pytest.mark.slow]
YEAR = 2025
ROSTER = ("周敏", "李卫国", "王静", "赵海涛", "孙悦", "钱立", "郑洁", "何平")


@dataclass
class World:
    """A committee with two branches, the people who act there, and their windows."""

    windows: Windows
    committee: Organization
    branch: Organization
    other: Organization
    people: dict[str, User]

    def open(self, person: str, path: str) -> Page:
        return self.windows.open(self.people[person], path)

    @property
    def file(self) -> DevelopmentFile:
        return DevelopmentFile.objects.get()


@pytest.fixture
def world(live) -> World:
    root = OrganizationFactory(name="中共云川区委区直属机关工作委员会", short_name="区直机关工委")
    committee = CommitteeFactory(parent=root, name="中共云川区财政局机关委员会", short_name="财政局机关党委")
    branch = BranchFactory(
        parent=committee, name="中共云川区财政局第二支部委员会", short_name="财政局第二支部", code="F2"
    )
    other = BranchFactory(
        parent=committee, name="中共云川区财政局第三支部委员会", short_name="财政局第三支部", code="F3"
    )
    for name in ROSTER:
        MembershipFactory(organization=branch, member=MemberFactory(name=name))
    MembershipFactory(organization=other, member=MemberFactory(name="吴桐"))
    people = {
        "committee": make_user_with_post("staff", committee, login="dangwei", name="沈若宁"),
        "secretary": make_user_with_post("secretary", branch, login="zhibu", name="周敏"),
        "neighbour": make_user_with_post("secretary", other, login="sanzhibu", name="许青"),
    }
    return World(Windows(live), committee, branch, other, people)


def test_a_year_of_one_branch(world, move_clock) -> None:
    def on(day: date) -> None:
        move_clock(f"{day.isoformat()}T10:00:00+08:00")

    on(DAYS["apply"])
    open_a_file(world)
    for code in ("apply", "talk", "activist"):
        on(DAYS[code])
        take_step(world, "secretary", code)
    on(DAYS["vote"])
    drive(world.file, "vote")
    prepare(world.file, "vote")
    vote(world, "vote")
    on(DAYS["approval"])
    take(world.file, "superior_talk")
    decide(world, "approval")

    on(date(YEAR, 1, 10))
    hold_the_election(world)
    on(date(YEAR, 1, 16))
    record_the_talk(world)
    on(date(YEAR, 2, 20))
    collect_dues(world)
    on(date(YEAR, 3, 5))
    look_at_the_arrears(world)
    on(date(YEAR, 3, 12))
    transfer_in(world)
    transfer_out(world)
    on(DAYS["conversion_vote"])
    drive(world.file, "conversion_vote")
    prepare(world.file, "conversion_vote")
    vote(world, "conversion_vote")
    on(DAYS["conversion_approval"])
    decide(world, "conversion_approval")
    on(DAYS["archived"])
    take_step(world, "secretary", "archived")
    find_the_new_full_member(world)

    on(date(YEAR, 12, 22))
    read_the_year(world)


def open_a_file(world: World) -> None:
    page = world.open("secretary", "/members/development/")
    page.get_by_role("link", name="登记入党申请").first.click()
    day = DAYS["apply"].isoformat()
    fill(page, {"opened_on": day, "name": "陈晓", "sex": "female", "born_on": "1995-05-06", "education": "大学本科"})
    page.get_by_role("button", name="建立档案").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈晓")


def take_step(world: World, person: str, code: str) -> None:
    """As he finds it: on the page of the file, its first button leads to the step."""
    page = open_step(world, person, code)
    ticks = page.locator("main [name^=on_paper_]")
    fill(page, {"done_on": DAYS[code].isoformat(), "people": "周敏"})
    for number in range(ticks.count()):
        ticks.nth(number).check()
    register(page)


def open_step(world: World, person: str, code: str) -> Page:
    page = world.open(person, f"/members/development/{world.file.pk}/")
    page.locator(f".actions a[href$='/{code}/']").click()
    expect(page.get_by_role("button", name="登记")).to_be_visible()
    return page


def register(page: Page) -> None:
    page.get_by_role("button", name="登记").click()
    expect(page.locator("#messages")).to_contain_text("已登记")


def vote(world: World, code: str) -> None:
    """The branch meeting votes: those entitled are proposed from the roster, all are there, one abstains."""
    page = open_step(world, "secretary", code)
    entitled = int(page.locator("[name=entitled]").input_value())
    assert entitled == len(ROSTER)
    figures = {"present": str(entitled), "in_favour": str(entitled - 1), "abstained": "1"}
    fill(page, {"done_on": DAYS[code].isoformat(), "people": "周敏", "on_paper_0": True, **figures})
    register(page)
    expect(page.locator("main")).to_contain_text("预备党员")


def decide(world: World, code: str) -> None:
    page = open_step(world, "committee", code)
    fill(page, {"done_on": DAYS[code].isoformat(), "people": "沈若宁", "is_agreed": "yes", "opinion": "同意。"})
    register(page)


def hold_the_election(world: World) -> None:
    page = world.open("secretary", f"/members/terms/organizations/{world.branch.pk}/")
    page.get_by_role("link", name="登记换届").first.click()
    fill(page, {"present": "9", "voters_present": "8"})
    elected = (
        ("李卫国", "secretary", ""),
        ("王静", "committee_member", "组织委员"),
        ("赵海涛", "committee_member", ""),
    )
    for row, (name, kind, title) in enumerate(elected):
        seat = {"member": name, "kind": kind, "title": title, "votes": "8"}
        fill(page, {f"seats-{row}-{field}": value for field, value in seat.items()})
    page.get_by_role("button", name="登记换届").click()
    expect(page.locator("#messages")).to_contain_text("新一届任职已更新")
    expect(page.locator("main")).to_contain_text("李卫国")
    expect(page.locator("main")).to_contain_text("组织委员")


def record_the_talk(world: World) -> None:
    """Who takes up an office is talked with: the branch sees it among what waits, and records it."""
    page = world.open("secretary", "/members/duties/?kind=talk")
    row = page.locator("main tbody tr", has_text="王静")
    expect(row).to_contain_text("待办理")
    row.get_by_role("link", name="办理").click()
    fill(page, {"done_on": f"{YEAR}-01-15", "summary": "谈了组织委员的职责和近期工作安排。"})
    page.get_by_role("button", name="登记办理情况").click()
    expect(page.locator("main")).to_contain_text("已办理")


def collect_dues(world: World) -> None:
    """One base by hand, the others from the workbook; the month on one screen, one member has not paid."""
    wang = Member.objects.get(name="王静")
    page = world.open("secretary", f"/members/{wang.pk}/dues/base/")
    fill(page, {"kind": DuesKind.WORKING, "amount": "8000", "effective_from": f"{YEAR}-02", "basis": "2025年1月工资"})
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("8000.00")
    for place in memberships_on(world.branch, date(YEAR, 2, 20)).exclude(member=wang).select_related("member"):
        set_base(
            by=Actor.system(), member=place.member, organization=world.branch, kind=DuesKind.WORKING,
            amount=Decimal(5000), effective_from=date(YEAR, 2, 1),
        )  # fmt: skip

    page.goto(f"{world.windows.live.url}/members/dues/")
    page.get_by_role("link", name="第二支部").click()
    page.get_by_role("button", name="生成本月应缴").click()
    expect(page.locator("#messages")).to_contain_text("已生成 9 人的应缴党费")
    page.locator("main tbody tr", has_text="孙悦").locator("[name^=take-]").uncheck()
    page.get_by_role("button", name="登记勾选人员的缴纳").click()
    expect(page.locator("#messages")).to_contain_text("已登记 8 笔")
    expect(page.locator(".figure")).to_contain_text("1 人未缴清")


def look_at_the_arrears(world: World) -> None:
    page = world.open("secretary", "/members/dues/")
    page.get_by_role("link", name="欠缴名单").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text("孙悦")


def transfer_in(world: World) -> None:
    """Begun by the branch that he leaves, accepted by the one that he joins."""
    page = world.open("neighbour", "/members/transfers/")
    page.get_by_role("link", name="办理转出").click()
    page.locator("main tbody tr", has_text="吴桐").get_by_role("link", name="系统内转接").click()
    fill(page, {"to": world.branch.name, "reason": "处室调整"})
    page.get_by_role("button", name="发起转接").click()
    expect(page.locator("#messages")).to_contain_text("已发起吴桐的组织关系转接")

    page = world.open("secretary", "/members/transfers/?side=waiting")
    page.get_by_role("link", name="吴桐").click()
    page.get_by_role("button", name="接收").click()
    expect(page.locator("#messages")).to_contain_text("吴桐从今天起编入财政局第二支部")


def transfer_out(world: World) -> None:
    """To an organisation outside: the superior approves, the letter goes along, its receipt ends it."""
    page = world.open("secretary", f"/members/{Member.objects.get(name='钱立').pk}/transfer/?direction=out")
    fill(page, {"outside_name": "中共临江市委组织部", "reason": "调往外地"})
    page.get_by_role("button", name="发起转接").click()
    expect(page.locator("#messages")).to_contain_text("已发起钱立的组织关系转接")
    address = page.url.removeprefix(world.windows.live.url)

    world.open("committee", address).get_by_role("button", name="审批同意").click()
    expect(world.windows.pages[world.people["committee"].pk].locator("#messages")).to_contain_text("已审批")

    page = world.open("secretary", address)
    with page.expect_download() as letter:
        page.get_by_role("link", name="介绍信").click()
    text = text_of(letter.value)
    assert "中共临江市委组织部" in text
    assert "钱立" in text
    page.get_by_role("link", name="登记回执").click()
    fill(page, {"on": f"{YEAR}-03-12"})
    page.get_by_role("button", name="登记").click()
    expect(page.locator("#messages")).to_contain_text("钱立已转出")


def find_the_new_full_member(world: World) -> None:
    assert world.file.outcome == DevelopmentOutcome.CONVERTED
    page = world.open("secretary", "/members/?q=陈晓")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text("正式党员")


def read_the_year(world: World) -> None:
    """What was done all the year stands on one page, and in the document."""
    page = world.open("secretary", f"/organizations/{world.branch.pk}/")
    page.get_by_role("link", name=f"{YEAR}年度工作记录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{YEAR}年度工作记录")
    expected = {
        "班子": ("2025年1月10日选举产生", "书记", "李卫国", "组织委员", "王静"),
        "发展党员": ("陈晓", "2023年3月1日", "已转正"),
        "组织关系": ("本年编入1人，离开1人", "吴桐", "财政局第三支部", "钱立", "中共临江市委组织部", "已转出"),
        "党费": ("全年应缴520.00元，实缴470.00元",),
        "谈心谈话和教育培训": ("四必谈谈话",),
    }
    for heading, words in expected.items():
        section = page.locator("main section.sheet").filter(has=page.get_by_role("heading", name=heading, exact=True))
        for word in words:
            expect(section).to_contain_text(word)
    for row in (["2月", "9", "520.00", "470.00"], ["四必谈谈话", "2", "1"]):
        expect(page.locator("main tbody tr", has_text=row[0]).locator("td")).to_have_text(row)
    with page.expect_download() as document:
        page.get_by_role("link", name="下载 Word").click()
    assert document.value.suggested_filename.endswith(".docx")
    text = text_of(document.value)
    assert [word for words in expected.values() for word in words if word not in text] == []


def text_of(download: Download) -> str:
    """All words of a Word document, those in tables as well."""
    document = WordDocument(BytesIO(download.path().read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
