"""What the campaigns floor reminds people of, once a day (Y05). Each reminder is told once for its occasion."""

from collections.abc import Callable
from datetime import date

from branches.permissions import Actor

REMINDERS: tuple[Callable[..., int], ...] = ()


def remind(*, by: Actor, on: date) -> dict[str, int]:
    """All reminders of the day; name of the reminder → notices that were new."""
    return {reminder.__name__: reminder(by=by, on=on) for reminder in REMINDERS}
