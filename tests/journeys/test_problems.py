"""A problem in a real browser: raised, claimed, evidence, closing returned, closed, opened again (R01 – R04)."""

import pytest
from playwright.sync_api import Page, expect

from branches.models import User
from campaigns.models import Problem
from campaigns.rules.problems import State
from tests.factories.branches import PASSWORD, BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.members_rooms import picture

pytestmark = [pytest.mark.journey, pytest.mark.slow]


class Desk:
    """The windows of all people."""

    def __init__(self, live) -> None:
        self.live = live
        self.pages: dict[str, Page] = {}

    def open(self, user: User, path: str) -> Page:
        """His window on this page; he signs in through the form when he comes first."""
        if user.login not in self.pages:
            page = self.live._new_context().new_page()
            page.set_default_timeout(15_000)
            self.pages[user.login] = self.live.sign_in(user.login, PASSWORD, page)
        page = self.pages[user.login]
        page.goto(self.live.url + path)
        return page


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_r01_a_problem_from_the_superior_to_the_look_back(live, transactional_db, move_clock) -> None:
    move_clock("2026-03-05T10:00:00+08:00")
    committee = CommitteeFactory(name="中共云川区财政局机关委员会", short_name="财政局机关党委")
    branch = BranchFactory(parent=committee, name="中共云川区财政局第二支部委员会", short_name="财政局第二支部")
    staff = make_user_with_post("staff", committee, login="dangwei", name="沈若宁")
    secretary = make_user_with_post("secretary", branch, login="zhibu", name="周敏")
    desk = Desk(live)

    raise_it(desk, staff, branch.code)
    problem = Problem.objects.get()
    path = f"/campaigns/problems/{problem.pk}/"
    claim_it(desk, secretary, path)
    carry_out(desk, secretary, path)
    ask(desk, secretary, path, "记录已补齐")
    decide(desk, staff, path, "整改不到位，退回", "缺少三月的研讨发言材料")
    expect(desk.open(secretary, path).locator("main")).to_contain_text("缺少三月的研讨发言材料")
    ask(desk, secretary, path, "三月的发言材料已补齐")
    decide(desk, staff, path, "整改到位，同意销号", "核验属实")
    look_back(desk, staff, path)

    add_evidence(desk, secretary, path, "blue")
    ask(desk, secretary, path, "六月的记录已补齐")
    decide(desk, staff, path, "整改到位，同意销号", "核验属实")
    problem.refresh_from_db()
    assert (problem.state, problem.reopened) == (State.CLOSED, 1)
    expect(desk.open(staff, "/campaigns/problems/?state=closed").locator("main")).to_contain_text("反弹 1 次")


def raise_it(desk: Desk, staff: User, code: str) -> None:
    page = desk.open(staff, "/campaigns/problems/")
    with page.expect_navigation():
        page.get_by_role("link", name="登记问题").first.click()
    page.get_by_label("党组织").first.fill(code)
    page.get_by_label("存在问题").fill("组织生活记录不完整")
    page.get_by_label("问题来源").select_option(label="上级点评")
    press(page, "保存")
    expect(page.locator("main")).to_contain_text("待认领")


def claim_it(desk: Desk, secretary: User, path: str) -> None:
    page = desk.open(secretary, "/")
    expect(page.locator("main")).to_contain_text("整改问题待认领")
    page = desk.open(secretary, path)
    with page.expect_navigation():
        page.get_by_role("link", name="认领", exact=True).click()
    page.locator("input[name=leader]").fill("沈若宁")
    page.locator("input[name=responsible]").fill("周敏")
    page.locator("[name=steps-0-text]").fill("补齐一季度记录")
    press(page, "认领")
    expect(page.locator("main")).to_contain_text("整改中")


def carry_out(desk: Desk, secretary: User, path: str) -> None:
    page = desk.open(secretary, path)
    page.locator("summary", has_text="登记完成").click()
    press(page, "保存完成情况")
    expect(page.locator("main")).to_contain_text("已登记完成情况")
    add_evidence(desk, secretary, path, "red")


def add_evidence(desk: Desk, secretary: User, path: str, colour: str) -> None:
    page = desk.open(secretary, path)
    content = picture(colour=colour).read()
    page.locator("input[name=paper]").set_input_files(
        {"name": f"{colour}.png", "mimeType": "image/png", "buffer": content}
    )
    press(page, "上传材料")
    expect(page.locator("main")).to_contain_text(f"{colour}.png")


def ask(desk: Desk, secretary: User, path: str, text: str) -> None:
    page = desk.open(secretary, path)
    page.locator("#ask-text").fill(text)
    press(page, "申请销号")
    expect(page.locator("main")).to_contain_text("待销号")


def decide(desk: Desk, staff: User, path: str, answer: str, remark: str) -> None:
    page = desk.open(staff, path)
    page.get_by_role("radio", name=answer).check()
    page.locator("#decision-remark").fill(remark)
    press(page, "保存核验结果")
    expect(page.locator("main")).to_contain_text("已核验")


def look_back(desk: Desk, staff: User, path: str) -> None:
    page = desk.open(staff, path)
    page.get_by_role("radio", name="问题反弹，重新整改").check()
    page.locator("#look-text").fill("六月又缺记录")
    press(page, "保存回头看结果")
    expect(page.locator("main")).to_contain_text("反弹再整改")
