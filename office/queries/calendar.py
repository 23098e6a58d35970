"""The working calendar: known days from the table, else Monday to Friday."""

from collections.abc import Callable
from datetime import date

from office.models import WorkDay
from office.rules.calendar import is_usual_workday


def workday_checker() -> Callable[[date], bool]:
    """Tells of any day whether it is a working day; one query for all known days, taken now."""
    known = dict(WorkDay.objects.values_list("day", "is_workday"))

    def is_workday(day: date) -> bool:
        found = known.get(day)
        return is_usual_workday(day) if found is None else found

    return is_workday


def days_of_year(year: int) -> dict[date, WorkDay]:
    """The known days of a year."""
    return {row.day: row for row in WorkDay.objects.filter(day__year=year)}


def known_years() -> list[int]:
    """The years for which the calendar holds days; later ones follow Monday to Friday."""
    return [found.year for found in WorkDay.objects.order_by("day").dates("day", "year")]
