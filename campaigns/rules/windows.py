"""Two windows on one draft: the later save must not silently win over what it has not seen. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Window:
    """The window in which a record is written; ``seen``: when the record had been saved as the window showed it."""

    key: UUID
    seen: datetime | None = None


def is_overtaken(window: Window | None, saved_in: UUID | None, saved_at: datetime) -> bool:
    """Whether somebody has saved the record in another window since this one has seen it."""
    return window is not None and saved_in not in (None, window.key) and saved_at != window.seen
