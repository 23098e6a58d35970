"""What the campaigns floor reminds people of, once a day (Y05). Each reminder is told once for its occasion."""

from collections.abc import Callable
from datetime import date

from branches.permissions import Actor
from campaigns.actions.plan_reminders import remind_agreements, remind_calls, remind_planned, remind_plans

REMINDERS: tuple[Callable[..., int], ...] = (
    remind_plans,
    remind_planned,
    remind_agreements,
    remind_calls,
)


def remind(*, by: Actor, on: date) -> dict[str, int]:
    """All reminders of the day; name of the reminder → notices that were new."""
    return {reminder.__name__: reminder(by=by, on=on) for reminder in REMINDERS}
