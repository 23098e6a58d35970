"""States and outcomes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from campaigns.enums import AssignmentState, Outcome
from campaigns.rules.assignments import Figures, is_overdue, outcome_of, shown_state, state_of
from partybuild.lib.clock import ZONE, end_of_day

GRACE, CUT_OFF = date(2026, 4, 8), date(2026, 4, 13)
SECOND = timedelta(microseconds=1)


def figures(done: int, goal: int = 2, **flags: bool) -> Figures:
    return Figures(Decimal(done), Decimal(goal), **flags)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (figures(0), AssignmentState.OPEN),
        (figures(1), AssignmentState.PROGRESS),
        (figures(2), AssignmentState.DONE),
        (figures(3), AssignmentState.DONE),
        (figures(2, has_pending=True), AssignmentState.PENDING),
        (figures(0, has_pending=True), AssignmentState.PENDING),
        (figures(1, has_pending=True), AssignmentState.PROGRESS),
        (figures(1, has_returned=True), AssignmentState.RETURNED),
        (figures(2, has_returned=True), AssignmentState.DONE),
        (figures(2, is_exempt=True), AssignmentState.EXEMPT),
        (figures(0, goal=0), AssignmentState.OPEN),
    ],
)
def test_state_follows_from_the_figures(given: Figures, expected: AssignmentState) -> None:
    assert state_of(given) == expected


def test_overdue_begins_the_day_after_the_due_day() -> None:
    due = date(2026, 3, 31)
    assert not is_overdue("open", due, due)
    assert is_overdue("open", due, date(2026, 4, 1))
    assert not is_overdue("done", due, date(2026, 4, 1))


def test_a_returned_one_stays_returned_after_the_due_day() -> None:
    late = date(2026, 4, 1)
    assert shown_state("returned", date(2026, 3, 31), late) == "returned"
    assert shown_state("progress", date(2026, 3, 31), late) == "overdue"
    assert shown_state("done", date(2026, 3, 31), late) == "done"


@pytest.mark.parametrize(
    ("completed_at", "expected"),
    [
        (datetime(2026, 3, 12, 9, tzinfo=ZONE), Outcome.ON_TIME),
        (end_of_day(GRACE), Outcome.ON_TIME),
        (end_of_day(GRACE) + SECOND, Outcome.LATE),
        (end_of_day(CUT_OFF), Outcome.LATE),
        (end_of_day(CUT_OFF) + SECOND, Outcome.MISSING),
        (None, Outcome.MISSING),
    ],
)
def test_outcome_is_told_by_the_two_dates(completed_at: datetime | None, expected: Outcome) -> None:
    assert outcome_of(False, completed_at, GRACE, CUT_OFF) == expected


def test_exempt_is_exempt_whatever_was_filed() -> None:
    assert outcome_of(True, None, GRACE, CUT_OFF) == Outcome.EXEMPT
