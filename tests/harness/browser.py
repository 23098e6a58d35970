"""Chromium of the system, and a page of the live server with somebody logged in."""

import shutil
import subprocess
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ACTION_MILLISECONDS = 10_000
WHAT_TO_INSTALL = "浏览器测试需要 Chromium 和中文字体：请以 root 执行 apt-get install -y chromium fonts-noto-cjk"


def find_chromium() -> str:
    """The path of the system's Chromium; fails with one line that says what to install."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found or not has_chinese_font():
        raise MissingBrowserError(WHAT_TO_INSTALL)
    return found


def has_chinese_font() -> bool:
    """Whether the pages would show Chinese letters and not boxes."""
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(answer.stdout.strip())


class MissingBrowserError(Exception):
    """There is no browser, or none that can show Chinese."""


class Live:
    """The live server as people use it; every person has a browser window of his own.

    >>> page = live.login(secretary).goto("/")        # doctest: +SKIP
    >>> leader_page = live.open_as(leader, "/")       # doctest: +SKIP
    """

    def __init__(self, url: str, page: Page, new_context: Callable[..., BrowserContext]) -> None:
        self.url = url
        self.page = page
        self.page.set_default_timeout(ACTION_MILLISECONDS)
        self._new_context = new_context

    def login(self, user: Any) -> "Live":
        """Log the main window in as this user, by a session made on the server."""
        self._put_session(self.page.context, user)
        return self

    def goto(self, path: str) -> Page:
        """Open a path of the live server in the main window; returns the window."""
        self.page.goto(self.url + path)
        return self.page

    def open_as(self, user: Any, path: str = "/", *, width: int = 1366, height: int = 768) -> Page:
        """A further window with this user logged in, on this path; 390 wide for a phone."""
        context = self._new_context()
        self._put_session(context, user)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(ACTION_MILLISECONDS)
        page.goto(self.url + path)
        return page

    def sign_in(self, username: str, password: str, page: Page | None = None) -> Page:
        """Log in through the form, as a person does."""
        page = page or self.page
        page.goto(f"{self.url}/accounts/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("form[method=post] button[type=submit]")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    def _put_session(self, context: BrowserContext, user: Any) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])
