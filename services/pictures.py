"""`python -m services.pictures`: takes the pictures of the manual from a portal with the demonstration's data.

BASE is the address of a portal that is up, as `make run` started it; VAR_DIR is where its list of accounts lies.
Nothing is left behind there but a draft of a plan, made once, and uploads that were checked and never confirmed.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from services.errors import ServiceError
from services.machine import BROWSER_ADVICE, find_chromium, has_chinese_font
from services.output import say, use_utf8
from services.paths import ROOT, VAR
from services.shots import PLAN, PLAN_NAME, SHEET, SHOTS, Shot

FOLDER = ROOT / "docs" / "manual" / "pictures"
WIDE = (1280, 900)
PHONE = (390, 844)
LARGEST = 120 * 1024
COLOURS = (128, 64, 32, 16)
SECONDS = 30
# Chromium writes days as its own language does, whatever the page's; a Chinese one writes them so.
DAYS = """() => document.querySelectorAll("input[type=date]").forEach(one => {
  const day = one.value.replaceAll("-", "/") || "年 / 月 / 日"; one.type = "text"; one.value = day; })"""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def main() -> int:
    """Take all pictures, or those whose names are given; returns the exit status."""
    use_utf8()
    base = (os.environ.get("BASE") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").rstrip("/")
    try:
        take_all(base, read_passwords(VAR / "demo-accounts.txt"), set(sys.argv[1:]))
    except ServiceError as error:
        say(str(error), stream=sys.stderr)
        return 1
    except Error as error:
        say(f"没有拍完：{error}", stream=sys.stderr)
        return 1
    return 0


def read_passwords(path: Path) -> dict[str, str]:
    """The password of each login of the demonstration."""
    if not path.is_file():
        raise ServiceError(f"没有找到演示账号 {path}：请先用 make run 启动平台，或用 VAR_DIR 指明它的数据文件夹。")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {login: password for login, password, *_ in rows}


def take_all(base: str, passwords: dict[str, str], wanted: set[str]) -> None:
    """Sign each login in once for each width, and take its pictures one after another."""
    chromium = find_chromium()
    if not chromium or not has_chinese_font():
        raise ServiceError(BROWSER_ADVICE)
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        windows: dict[tuple[str, bool], Page] = {}
        for shot in SHOTS:
            if wanted and shot.name not in wanted:
                continue
            key = (shot.login, shot.is_phone)
            if key not in windows:
                windows[key] = sign_in(open_window(browser, is_phone=shot.is_phone), base, shot.login, passwords)
            picture = smaller(take(windows[key], base, shot))
            (FOLDER / f"{shot.name}.png").write_bytes(picture)
            say(f"{shot.name}.png {len(picture) // 1024} KB")
        browser.close()


def open_window(browser: Browser, *, is_phone: bool) -> Page:
    """An empty window of the wanted width, each with cookies of its own."""
    width, height = PHONE if is_phone else WIDE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.set_default_timeout(SECONDS * 1000)
    return context.new_page()


def sign_in(page: Page, base: str, login: str, passwords: dict[str, str]) -> Page:
    """Log in through the form, as a person does."""
    if login not in passwords:
        raise ServiceError(f"演示账号里没有 {login}：请用 make run 生成的演示数据。")
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", passwords[login])
    page.click("form[method=post] button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
    return page


def take(page: Page, base: str, shot: Shot) -> bytes:
    """Open the page, walk on to the row that is meant, and take what the window shows of it."""
    answer = page.goto(base + shot.path)
    if answer is None or not answer.ok:
        raise ServiceError(f"{shot.name}：{shot.path} 没有打开（{answer.status if answer else '无应答'}）。")
    for selector in shot.follow:
        follow(page, selector)
    if shot.fill:
        FILLS[shot.fill](page)
    page.wait_for_load_state("networkidle")
    if shot.at:
        page.locator(shot.at).first.evaluate(
            "one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 72)"
        )
    page.evaluate(DAYS)
    picture = page.screenshot(animations="disabled")
    if shot.fill == "campaign":
        drop_campaign(page)
    return picture


def follow(page: Page, selector: str) -> None:
    """Go where the first link of this kind leads."""
    address = page.locator(selector).first.evaluate("link => link.href")
    answer = page.goto(str(address))
    if answer is None or not answer.ok:
        raise ServiceError(f"{address} 没有打开。")


def fill_plan(page: Page) -> None:
    """Have the plan read, or open the draft that an earlier run has made of it."""
    known = page.locator("main a", has_text=PLAN_NAME)
    if known.count():
        follow(page, f"main a:has-text('{PLAN_NAME}')")
        return
    follow(page, "a:has-text('从方案生成')")
    page.fill("textarea[name=text]", PLAN)
    page.get_by_role("button", name="识别方案").click()
    page.wait_for_selector("#draft")


def fill_upload(page: Page) -> None:
    """Have a small workbook checked; it is not confirmed, so that nothing is imported."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in SHEET:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files(
        {"name": "年度数据.xlsx", "mimeType": kind, "buffer": content.getvalue()}
    )
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_selector("button:has-text('确认导入')")


def fill_campaign(page: Page) -> None:
    """Draft a campaign of next year and ask to publish it: the page says what it will demand."""
    page.locator("input[name=template]").last.check()
    page.locator("input[name=year]").last.check()
    page.get_by_role("button", name="起草").click()
    page.wait_for_selector("main a[href$='/publish/']")
    follow(page, "main a[href$='/publish/']")


def drop_campaign(page: Page) -> None:
    """Delete the draft of the last picture."""
    follow(page, "main form a:has-text('取消')")
    follow(page, "main a:has-text('删除草稿')")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


FILLS = {"plan": fill_plan, "upload": fill_upload, "campaign": fill_campaign}


def smaller(picture: bytes) -> bytes:
    """The picture in as many colours as keep it under the limit of bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for count in COLOURS:
        content = io.BytesIO()
        image.quantize(count, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
        if content.tell() <= LARGEST:
            break
    else:
        raise ServiceError(f"图片减到 {COLOURS[-1]} 色仍超过 {LARGEST // 1024} KB。")
    return content.getvalue()


if __name__ == "__main__":
    sys.exit(main())
