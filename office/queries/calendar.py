"""The working calendar: known days from the table, else Monday to Friday."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from office.models import WorkDay
from office.rules.calendar import is_usual_workday

KNOWN_FROM = 10
"""Official holidays alone make more marked days a year than this."""


@dataclass(frozen=True)
class Day:
    """A day as the year's page shows it; ``is_marked`` when it differs from the usual week or carries a note."""

    day: date
    is_workday: bool
    note: str = ""
    is_marked: bool = False


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday on; None where another month's days stand."""

    number: int
    weeks: list[list[Day | None]]
    workdays: int


def workday_checker() -> Callable[[date], bool]:
    """Tells of any day whether it is a working day; one query for all known days, taken now."""
    known = dict(WorkDay.objects.values_list("day", "is_workday"))

    def is_workday(day: date) -> bool:
        found = known.get(day)
        return is_usual_workday(day) if found is None else found

    return is_workday


def months_of(year: int) -> list[Month]:
    """The twelve months of a year; one query."""
    known = {row.day: row for row in WorkDay.objects.filter(day__year=year)}
    return [_month(year, number, known) for number in range(1, 13)]


def is_known(year: int) -> bool:
    """Whether the holidays of the year have been entered; a single marked day does not make it so."""
    return WorkDay.objects.filter(day__year=year).count() >= KNOWN_FROM


def _month(year: int, number: int, known: dict[date, WorkDay]) -> Month:
    weeks = [
        [_day(day, known) if day.month == number else None for day in week]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]
    return Month(number, weeks, sum(day is not None and day.is_workday for week in weeks for day in week))


def _day(day: date, known: dict[date, WorkDay]) -> Day:
    row = known.get(day)
    return Day(day, row.is_workday, row.note, True) if row else Day(day, is_usual_workday(day))
