"""States and outcomes of an assignment, told from its figures and dates. Source: model.md, X05, X06."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from campaigns.enums import AssignmentState, Outcome
from partybuild.lib import clock


@dataclass(frozen=True)
class Figures:
    """What decides on a state: amounts, and what the feeding records wait for."""

    done: Decimal
    goal: Decimal
    is_exempt: bool = False
    has_pending: bool = False
    has_returned: bool = False

    @property
    def is_complete(self) -> bool:
        return self.goal > 0 and self.done >= self.goal


def state_of(figures: Figures) -> AssignmentState:
    """The kept state, of which only the dates are left out."""
    if figures.is_exempt:
        return AssignmentState.EXEMPT
    if figures.is_complete:
        return AssignmentState.PENDING if figures.has_pending else AssignmentState.DONE
    if figures.has_returned:
        return AssignmentState.RETURNED
    if figures.done > 0:
        return AssignmentState.PROGRESS
    return AssignmentState.PENDING if figures.has_pending else AssignmentState.OPEN


UNFINISHED = frozenset({AssignmentState.OPEN, AssignmentState.PROGRESS, AssignmentState.RETURNED})


def is_overdue(state: str, due_on: date, today: date) -> bool:
    """Not complete although the due day is over."""
    return state in UNFINISHED and due_on < today


def shown_state(state: str, due_on: date, today: date, *, is_extended: bool = False) -> str:
    """One of the eight words' codes: the kept state, ``overdue`` or ``extended``; a returned one stays returned."""
    if state not in UNFINISHED or state == AssignmentState.RETURNED:
        return str(state)
    if is_overdue(state, due_on, today):
        return "overdue"
    return "extended" if is_extended else str(state)


def outcome_of(is_exempt: bool, completed_at: datetime | None, grace_until: date, cut_off_on: date) -> Outcome:
    """How the assignment ends when closed: on time by ``grace_until``, late by ``cut_off_on``, else missing."""
    if is_exempt:
        return Outcome.EXEMPT
    if completed_at is None or completed_at > clock.end_of_day(cut_off_on):
        return Outcome.MISSING
    return Outcome.ON_TIME if completed_at <= clock.end_of_day(grace_until) else Outcome.LATE
