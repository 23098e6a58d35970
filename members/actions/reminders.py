"""What the members floor reminds people of, once a day (Y05). Each reminder is told once for its occasion."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from branches.permissions import Actor
from members.actions.term_reminders import remind_terms


class Reminder(Protocol):
    """Tells who should know on the day, and how many notices were new; safe to repeat."""

    def __call__(self, *, by: Actor, on: date) -> int: ...


REMINDERS: tuple[Callable[..., int], ...] = (remind_terms,)


def remind(*, by: Actor, on: date) -> dict[str, int]:
    """All reminders of the day; name of the reminder → notices that were new."""
    return {reminder.__name__: reminder(by=by, on=on) for reminder in REMINDERS}
