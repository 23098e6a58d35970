"""More time for a task, and a record that goes through two levels, in a real browser (X05, X07)."""

from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organization, User
from campaigns.models import Assignment
from members.enums import OfficeKind
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, CampaignFactory, TargetFactory
from tests.factories.members import OfficeFactory, make_roster

pytestmark = [pytest.mark.journey, pytest.mark.slow]
MINUTES = (
    "一、集体学习支部工作条例第五章，由宣传委员领学。二、全体党员重温入党誓词。"
    "三、围绕窗口服务怎么更便民展开讨论，形成两条改进措施，由纪检委员负责跟进，下月通报。"
)


@dataclass
class Line:
    """A branch under a committee under the 工委, with the people who act there and one task of March."""

    branch: Organization
    staff: User
    committee: User
    secretary: User
    assignment: Assignment


@pytest.fixture
def line(transactional_db, move_clock) -> Line:
    move_clock("2026-03-20T09:00:00+08:00")
    root = OrganizationFactory(name="中共云川区委区直属机关工作委员会", short_name="区直机关工委")
    committee = CommitteeFactory(parent=root, name="中共云川区财政局机关委员会", short_name="财政局机关党委")
    branch = BranchFactory(parent=committee, name="中共云川区财政局第二支部委员会", short_name="财政局第二支部")
    OfficeFactory(member=make_roster(branch, 6)[0], organization=branch, kind=OfficeKind.SECRETARY)
    campaign = CampaignFactory(issuer=root, review_policy="every", review_levels=2)
    assignment = AssignmentFactory(target=TargetFactory(task__campaign=campaign), organization=branch)
    return Line(
        branch,
        make_user_with_post("staff", root, name="陈立"),
        make_user_with_post("staff", committee, name="沈若宁"),
        make_user_with_post("secretary", branch, name="周敏"),
        assignment,
    )


def main_of(page: Page):
    return page.locator("main")


def test_x05_more_time_is_asked_for_granted_and_shown(live, line) -> None:
    secretary = live.open_as(line.secretary, f"/campaigns/assignments/{line.assignment.pk}/")
    secretary.get_by_role("link", name="申请延期").click()
    secretary.get_by_label("申请延期至").fill("2026-04-10")
    secretary.get_by_label("理由").fill("书记外出学习，四月上旬补录。")
    with secretary.expect_navigation():
        secretary.get_by_role("button", name="提交申请").click()
    expect(main_of(secretary)).to_contain_text("待批复")

    staff = live.open_as(line.committee, "/")
    staff.get_by_role("link", name="延期申请待批复").click()
    staff.get_by_role("link", name="批复", exact=True).click()
    staff.get_by_label("同意延期").check()
    with staff.expect_navigation():
        staff.get_by_role("button", name="提交批复").click()
    expect(staff.locator("#messages")).to_contain_text("已批复")

    secretary.reload()
    expect(main_of(secretary)).to_contain_text("已延期，原定3月31日")
    expect(main_of(secretary)).to_contain_text("4月10日 周五")
    line.assignment.refresh_from_db()
    assert (line.assignment.due_on, line.assignment.due_month) == (date(2026, 4, 10), "2026-04")


def file_record(page: Page, minutes: str) -> None:
    page.locator("textarea[name=minutes]").fill(minutes)
    page.locator("main button[value=file]:visible").first.click()
    expect(main_of(page)).to_contain_text("待审核")


def decide(page: Page, value: str, remark: str = "") -> None:
    """Decide on what the desk has opened, and wait until it has been answered."""
    if remark:
        page.locator("summary", has_text="退回补正").click()
        page.locator("#remark").fill(remark)
    page.locator(f"button[value={value}]").first.click()
    expect(main_of(page)).to_contain_text("待审的记录都审完了")


def test_x07_a_record_is_returned_and_corrected_at_two_levels(live, line) -> None:
    secretary = live.open_as(
        line.secretary, f"/campaigns/activities/new/?kind=theme_day&assignment={line.assignment.pk}"
    )
    file_record(secretary, MINUTES)
    record = secretary.url

    decide(live.open_as(line.committee, "/campaigns/review/"), "approve")
    decide(live.open_as(line.staff, "/campaigns/review/"), "return", "请补充讨论形成的第三条措施。")

    secretary.goto(record)
    expect(main_of(secretary)).to_contain_text("请补充讨论形成的第三条措施。")
    secretary.get_by_role("link", name="补正").first.click()
    file_record(secretary, f"{MINUTES}四、补充措施：开设午间窗口。")

    for user in (line.committee, line.staff):
        page = live.open_as(user, "/campaigns/review/")
        expect(page.locator("#desk")).to_contain_text("与上次提交的不同")
        decide(page, "approve")
    line.assignment.refresh_from_db()
    assert (line.assignment.state, line.assignment.done) == ("done", 1)
