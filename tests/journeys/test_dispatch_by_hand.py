"""Staff looks at the burden, dispatches the month, watches it run, and sees the board move."""

import pytest
from playwright.sync_api import expect

from branches.enums import Role
from campaigns.models import Assignment
from tests.factories.branches import make_user_with_post
from tests.factories.desk import make_district

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_month_is_dispatched_by_hand(live, celery_worker_process, move_clock):
    move_clock("2026-03-02T09:00:00+08:00")
    district = make_district()
    problems = []
    page = live.login(make_user_with_post(Role.STAFF, district.root)).page
    page.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: problems.append(str(error)))

    live.goto("/runs/")
    page.get_by_role("link", name="下发本月任务").click()
    expect(page.locator(".figs")).to_contain_text("新下发任务15")
    page.get_by_role("button", name="确认下发2026年3月任务").click()

    expect(page.locator("#messages")).to_contain_text("2026年3月任务已开始下发")
    expect(page.locator("#run-progress")).to_contain_text("共下发 15 项任务", timeout=30_000)
    expect(page.locator("#run-progress")).to_contain_text("3 / 3 个单位")
    assert Assignment.objects.count() == 15

    page.get_by_role("link", name="工作台", exact=True).first.click()
    page.get_by_role("link", name="看板").first.click()
    expect(page.locator(".figs")).to_contain_text("应完成15")
    page.locator(".figs a").first.click()
    expect(page.locator(".list-foot")).to_contain_text("共 15 条")
    assert problems == []
