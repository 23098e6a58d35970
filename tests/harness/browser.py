"""Chromium of the system, and a page of the live server with somebody logged in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from services.machine import BROWSER_ADVICE, find_chromium, has_chinese_font

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ACTION_MILLISECONDS = 30_000


def chromium_or_fail() -> str:
    """The path of the system's Chromium; fails with one line that says what to install."""
    found = find_chromium()
    if not found or not has_chinese_font():
        pytest.fail(BROWSER_ADVICE, pytrace=False)
    return found


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
        self.put_session(self.page.context, user)
        return self

    def goto(self, path: str) -> Page:
        """Open a path of the live server in the main window; returns the window."""
        self.page.goto(self.url + path)
        return self.page

    def open_as(self, user: Any, path: str = "/", *, width: int = 1366, height: int = 768) -> Page:
        """A further window with this user logged in, on this path; 390 wide for a phone."""
        context = self._new_context()
        self.put_session(context, user)
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

    def put_session(self, context: BrowserContext, user: Any) -> None:
        """Sign this user in, in the windows of a context, by a session made on the server."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])
