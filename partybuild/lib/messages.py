"""Messages to whoever looks at the page, and whether one of them is a refusal."""

from typing import Any

from django.contrib.messages.constants import ERROR
from django.contrib.messages.storage.session import SessionStorage


class Storage(SessionStorage):
    """Django's storage in the session, which also knows whether this request was refused what it asked for."""

    has_refusal = False

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        self.has_refusal = self.has_refusal or int(level) >= ERROR
        super().add(level, message, extra_tags)
