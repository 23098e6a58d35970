"""What the members floor reminds people of, once a day (Y05). Each reminder is told once for its occasion."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from branches.permissions import Actor
from members.actions.development.reminders import remind_development
from members.actions.dues import open_dues
from members.actions.duties import remind_duties
from members.actions.lost_reminders import remind_lost
from members.actions.opinions import remind_opinions
from members.actions.papers import seal_papers
from members.actions.restricted import destroy_expired
from members.actions.risks import remind_risks
from members.actions.structure import remind_structure_tasks
from members.actions.suggestions import remind_suggestions
from members.actions.term_reminders import remind_terms
from members.actions.transfer_notices import remind_transfers
from members.actions.transfers import expire_transfers


class Reminder(Protocol):
    """Tells who should know on the day, and how many notices were new; safe to repeat."""

    def __call__(self, *, by: Actor, on: date) -> int: ...


# What has been kept long enough goes, and a month of dues is opened, on the same daily round.
REMINDERS: tuple[Callable[..., int], ...] = (
    remind_terms,
    remind_structure_tasks,
    remind_duties,
    remind_lost,
    remind_risks,
    remind_development,
    destroy_expired,
    seal_papers,
    expire_transfers,
    remind_transfers,
    open_dues,
    remind_opinions,
    remind_suggestions,
)


def remind(*, by: Actor, on: date) -> dict[str, int]:
    """All reminders of the day; name of the reminder → notices that were new."""
    return {reminder.__name__: reminder(by=by, on=on) for reminder in REMINDERS}
