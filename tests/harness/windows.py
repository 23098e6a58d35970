"""The browser windows of several people in one journey, and filling in what a page asks for."""

from playwright.sync_api import Locator, Page

from branches.models import User
from tests.harness.browser import Live

ACTION_MILLISECONDS = 12_000


class Windows:
    """One window for each person. Months may pass between two visits: each day that he comes he signs in anew."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.pages: dict[int, Page] = {}

    def open(self, user: User, path: str) -> Page:
        """His window on a path; signed in by a session made on the server."""
        if user.pk not in self.pages:
            self.pages[user.pk] = self.live.open_as(user, path)
            self.pages[user.pk].set_default_timeout(ACTION_MILLISECONDS)
            return self.pages[user.pk]
        page = self.pages[user.pk]
        self.live.put_session(page.context, user)
        page.goto(self.live.url + path)
        return page


def fill(page: Page, values: dict[str, str | bool]) -> None:
    """Put values into the fields of the page by name: text, choice among several, tick."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']")
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.first.get_attribute("type") == "radio":
            _choice(page, name, value).click()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def _choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"main label:has([name='{name}'][value='{value}'])")
