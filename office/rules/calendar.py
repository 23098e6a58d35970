"""Working days: the usual week, and the holidays and shifted days that are known in advance."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chinese_calendar import holidays, workdays

FIRST_YEAR, LAST_YEAR = 2019, 2026
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


class KnownDay(NamedTuple):
    """A day that differs from the usual week, or a holiday that falls on a weekend."""

    day: date
    is_workday: bool
    note: str


def is_usual_workday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < 5


def known_days(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> Iterator[KnownDay]:
    """The official holidays and the weekends worked in exchange (调休) of these years, as far as they are published."""
    for day, name in holidays.items():
        if first_year <= day.year <= last_year:
            yield KnownDay(day, False, f"{_NAMES.get(name, name)}放假")
    for day, name in workdays.items():
        if first_year <= day.year <= last_year:
            yield KnownDay(day, True, f"{_NAMES.get(name, name)}调休上班")


def days_in(year: int) -> Iterator[date]:
    """Every day of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
