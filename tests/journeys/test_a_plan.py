"""A plan from the upload to the month of a secretary, in a real browser: X01."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from branches.enums import Role
from campaigns.models import Assignment, Campaign, PlanDraft
from campaigns.rules.plan_drafts.making import plan_of
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post
from tests.factories.members import make_roster

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECONDS = 60
PLAN = """云川区区直机关党建提升行动实施方案
为提升区直机关党建工作质量，2026年在区直机关开展党建提升行动，制定本方案。
一、总体要求
坚持以习近平新时代中国特色社会主义思想为指导，推动机关党建走在前、作表率。
二、主要任务
（一）建强政治机关
1.规范组织生活。党支部每月开展主题党日不少于1次，党员大会每季度至少召开一次。
2.加强理论学习。党员每年参加集中学习培训不少于32学时。
（二）建设效能机关
3.深入基层调研。领导干部每年到联系点调研不少于2次。
三、组织领导
（一）加强领导。成立领导小组，由工委书记任组长，工委副书记任副组长。
（二）严格督查。各单位11月底前报送总结。
"""


@pytest.fixture
def problems(page: Page) -> list[str]:
    """What the browser complains of, but for the form that is refused on purpose."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "422" not in message.text:
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_x01_from_the_upload_of_a_plan_to_the_month_of_a_secretary(
    live, celery_worker_process, move_clock, tmp_path, problems
) -> None:
    move_clock("2026-03-02T09:00:00+08:00")
    root = OrganizationFactory(name="中共云川区委区直属机关工作委员会")
    branch = BranchFactory(parent=CommitteeFactory(parent=root))
    make_roster(branch, 6)
    page = live.login(make_user_with_post(Role.STAFF, root)).page

    upload(live, page, tmp_path)
    correct(page)
    check_all(page)
    publish(page)
    dispatch(live, page)

    secretary = make_user_with_post(Role.SECRETARY, branch)
    window = live.open_as(secretary, "/campaigns/assignments/")
    expect(window.locator("main")).to_contain_text("主题党日")
    assert Assignment.objects.filter(organization=branch, target__metric="activity.theme_day").count() == 1
    assert problems == []


def upload(live, page: Page, folder: Path) -> None:
    document = folder / "方案.txt"
    document.write_text(PLAN, encoding="utf-8")
    live.goto("/campaigns/")
    page.get_by_role("link", name="从方案生成").first.click()
    page.locator("input[type=file]").set_input_files(document)
    page.get_by_role("button", name="识别方案").click()
    expect(page.locator("#document")).to_contain_text("每月开展主题党日不少于1次")
    expect(page.locator("#draft")).to_contain_text("规范组织生活")


def correct(page: Page) -> None:
    """The amount of the theme day, in the page itself."""
    line = page.locator(".draft-targets .part", has_text="主题党日").first
    line.get_by_role("link", name="原文").click()
    expect(page.locator("#document .found.on")).to_contain_text("主题党日")
    line.get_by_role("link", name="修改").click()
    form = page.locator(".part-edit form")
    form.get_by_label("查找计量").fill("主题党日")
    form.get_by_label("不少于", exact=True).fill("0")
    form.get_by_role("button", name="保存并确认").click()
    expect(page.locator(".part-edit")).to_contain_text("数量应大于零")
    form = page.locator(".part-edit form")
    form.get_by_label("不少于", exact=True).fill("2")
    form.get_by_role("button", name="保存并确认").click()
    expect(page.locator(".part-edit")).to_have_count(0)
    expect(page.locator("#draft")).to_contain_text("主题党日：每月不少于 2 次")


def check_all(page: Page) -> None:
    """Generating is refused until every doubtful part was looked at."""
    page.get_by_role("link", name="生成创建活动").first.click()
    expect(page.locator("main")).to_contain_text("核对后才能生成")
    page.get_by_role("link", name="逐项核对").click()
    buttons = page.locator("#draft .part-acts > button", has_text="确认")
    left = buttons.count()
    assert left > 0
    while left:
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)
        left -= 1
    expect(page.locator("#progress")).to_contain_text("已全部核对")


def publish(page: Page) -> None:
    page.get_by_role("link", name="生成创建活动").first.click()
    page.get_by_role("button", name="生成", exact=True).click()
    expect(page.locator("main")).to_contain_text("每月到期")
    page.get_by_role("button", name="确认发布").click()
    expect(page.locator("main")).to_contain_text("已发布")
    draft, campaign = PlanDraft.objects.get(), Campaign.objects.get()
    assert (draft.campaign, campaign.year) == (campaign, 2026)
    assert campaign.tasks.count() == sum(1 for _ in plan_of(draft.parts).tasks())


def dispatch(live, page: Page) -> None:
    live.goto("/runs/")
    page.get_by_role("link", name="下发本月任务").click()
    page.get_by_role("button", name="确认下发").click()
    expect(page.locator("#run-progress")).to_contain_text("共下发", timeout=SECONDS * 1000)
    deadline = time.monotonic() + SECONDS
    while not Assignment.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.2)
