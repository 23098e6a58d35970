"""A drive in the browser: begun, checked by the branch, what was found put on the ledger, ended with a report (R06)."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from branches.enums import Role
from campaigns.models import Cleanup, Problem
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_r06_a_drive_from_its_beginning_to_its_report(live, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    branch = BranchFactory(parent=CommitteeFactory(name="财政局机关党委"), name="第一党支部")
    staff = live.login(make_user_with_post(Role.STAFF, branch.parent)).goto("/campaigns/cleanups/new/?offer=six")
    secretary = live.open_as(make_user_with_post(Role.SECRETARY, branch), "/")

    press(staff, "保存")
    press(staff, "启动")
    address = staff.url
    check(secretary, address)
    expect(secretary.locator("main")).to_contain_text("查出问题")
    assert Problem.objects.get().text == "收文两天才转办"

    staff.goto(address)
    expect(staff.locator("main")).to_contain_text("第一党支部")
    staff.get_by_role("link", name="办结", exact=True).click()
    expect(staff.locator("main")).to_contain_text("尚未")
    staff.locator("[name=summary]").fill("查出一个问题，正在整改。")
    press(staff, "办结")
    with staff.expect_download() as download:
        staff.get_by_role("link", name="整治报告（Word）").click()

    told = "".join(each.text for each in Document(BytesIO(Path(download.value.path()).read_bytes())).paragraphs)
    assert "查出一个问题，正在整改。" in told
    assert Cleanup.objects.get().ended_on is not None


def check(page: Page, address: str) -> None:
    """The branch says of the first class what it has found."""
    page.goto(address)
    page.locator("a[href*='/check/']").first.click()
    page.locator("input[name=is_found][value=yes]").check(force=True)
    page.locator("[name=word]").fill("对照收发文登记逐件核查")
    page.locator("[name=problems]").fill("收文两天才转办")
    press(page, "提交自查")
