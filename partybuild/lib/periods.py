"""Periods of work and their keys: 2026-03, 2026Q1, 2026H1, 2026, 2026W10, 2026F05, 2026B2, once, term:ID, event:ID.

Pure: no clock, no database. Weeks are ISO weeks, which may belong to the year before or after that of their days.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from django.db.models import TextChoices

FIRST_YEAR, LAST_YEAR = 1900, 2199
_DAY = timedelta(days=1)


class PeriodKind(TextChoices):
    """How often something is asked."""

    WEEK = "week", "每周"
    TWO_WEEKS = "two_weeks", "每两周"
    MONTH = "month", "每月"
    TWO_MONTHS = "two_months", "每两个月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half_year", "每半年"
    YEAR = "year", "每年"
    TERM = "term", "每届任期"
    ONCE = "once", "一次性"
    EACH_MEETING = "each_meeting", "每次会议"
    STANDING = "standing", "长期保持"
    EVENT = "event", "事项发生后"


class PeriodError(ValueError):
    """A key that names no period, or a day for which there is none."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, first and last included.

    ``once``, ``term:ID`` and ``event:ID`` do not say their days by themselves: without a span they run from
    ``date.min`` to ``date.max`` and ``is_bounded`` is false.
    """

    starts_on: date
    ends_on: date
    key: str
    kind: PeriodKind

    @property
    def is_bounded(self) -> bool:
        return self.starts_on != date.min or self.ends_on != date.max

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on <= ends_on and starts_on <= self.ends_on

    def __str__(self) -> str:
        return self.key


# Months in a period of each kind that is made of months, and the mark in its key.
_LENGTHS = {
    PeriodKind.MONTH: (1, "-"),
    PeriodKind.TWO_MONTHS: (2, "B"),
    PeriodKind.QUARTER: (3, "Q"),
    PeriodKind.HALF_YEAR: (6, "H"),
    PeriodKind.YEAR: (12, ""),
}
_MARKS = {mark: kind for kind, (_, mark) in _LENGTHS.items()}
_WEEKS_IN_FORTNIGHT = 2
_FORTNIGHTS = 26
_CALENDAR_KEY = re.compile(r"(?P<year>\d{4})(?:(?P<mark>[-BQHWF])(?P<number>\d{1,2}))?", re.ASCII)
_OPEN_KEY = re.compile(r"(?P<kind>term|event):(?P<id>[A-Za-z0-9_-]{1,40})", re.ASCII)


def calendar_kind(kind: PeriodKind | str) -> PeriodKind:
    """The kind of calendar period in which something of this kind is judged.

    A standing state is judged at each month's end, a ratio over the meetings held over the year.
    """
    kind = PeriodKind(kind)
    return {PeriodKind.STANDING: PeriodKind.MONTH, PeriodKind.EACH_MEETING: PeriodKind.YEAR}.get(kind, kind)


def is_calendar(kind: PeriodKind | str) -> bool:
    """Whether the calendar alone says the periods of this kind."""
    return calendar_kind(kind) not in {PeriodKind.TERM, PeriodKind.ONCE, PeriodKind.EVENT}


def parse(key: str, span: tuple[date, date] | None = None) -> Period:
    """The period of a key. The span gives ``once``, ``term:ID`` and ``event:ID`` their days."""
    if key == PeriodKind.ONCE:
        return _open(PeriodKind.ONCE, key, span)
    if found := _OPEN_KEY.fullmatch(key):
        return _open(PeriodKind(found["kind"]), key, span)
    found = _CALENDAR_KEY.fullmatch(key)
    if not found:
        raise PeriodError(f"no period has the key {key!r}")
    period = _numbered(int(found["year"]), found["mark"] or "", int(found["number"] or 1))
    if period.key != key:  # 2026-3, 2026W7, 2026Q01: one period, one key
        raise PeriodError(f"the key {key!r} is written {period.key!r}")
    return period


def containing(kind: PeriodKind | str, day: date) -> Period:
    """The period of this kind in which the day lies."""
    kind = calendar_kind(kind)
    if kind in _LENGTHS:
        return _of_months(kind, day.year, (day.month - 1) // _LENGTHS[kind][0] + 1)
    year, week, _ = day.isocalendar()
    if kind == PeriodKind.WEEK:
        return _week(year, week)
    if kind == PeriodKind.TWO_WEEKS:
        return _fortnight(year, min((week + 1) // _WEEKS_IN_FORTNIGHT, _FORTNIGHTS))
    raise PeriodError(f"the calendar has no periods of the kind {kind}")


def next(period: Period) -> Period:
    """The period of the same kind right after."""
    return containing(period.kind, _step(period.ends_on, 1))


def previous(period: Period) -> Period:
    """The period of the same kind right before."""
    return containing(period.kind, _step(period.starts_on, -1))


def overlapping(kind: PeriodKind | str, starts_on: date, ends_on: date) -> list[Period]:
    """All periods of this kind that have a day between the two, both included, in order."""
    return list(_from(containing(kind, starts_on), ends_on)) if starts_on <= ends_on else []


def months_in(period: Period) -> list[Period]:
    """The months that have a day in the period, in order."""
    if not period.is_bounded:
        raise PeriodError(f"the days of {period.key} are not known")
    return overlapping(PeriodKind.MONTH, period.starts_on, period.ends_on)


def label(period: Period | str) -> str:
    """The period in Chinese: 2026年3月, 2026年一季度, 2026年上半年, 2026年第10周."""
    if isinstance(period, str):
        period = parse(period)
    return _label_of_open(period) if not is_calendar(period.kind) else f"{period.key[:4]}年{_label_in_year(period)}"


def _label_in_year(period: Period) -> str:
    number = int(period.key[5:] or 0)
    match period.kind:
        case PeriodKind.MONTH:
            return f"{number}月"
        case PeriodKind.TWO_MONTHS:
            return f"{period.starts_on.month}—{period.ends_on.month}月"
        case PeriodKind.QUARTER:
            return f"{'一二三四'[number - 1]}季度"
        case PeriodKind.HALF_YEAR:
            return f"{'上下'[number - 1]}半年"
        case PeriodKind.WEEK:
            return f"第{number}周"
        case PeriodKind.TWO_WEEKS:
            return f"第{period.starts_on.isocalendar().week}—{period.ends_on.isocalendar().week}周"
    return ""


def _label_of_open(period: Period) -> str:
    labels = {PeriodKind.TERM: "本届任期", PeriodKind.EVENT: "专项事项"}
    return labels.get(period.kind, "一次性工作")


def add_workdays(day: date, count: int, is_workday: Callable[[date], bool]) -> date:
    """The working day that is so many working days after the day (before it, when negative); 0 is the day itself."""
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day = _workday_from(_step(day, step), step, is_workday)
    return day


def first_workday_on_or_after(day: date, is_workday: Callable[[date], bool]) -> date:
    """The day itself when it is a working day, else the next one."""
    return _workday_from(day, 1, is_workday)


def _workday_from(day: date, step: int, is_workday: Callable[[date], bool]) -> date:
    for _ in range(366):
        if is_workday(day):
            return day
        day = _step(day, step)
    raise ValueError("a whole year without a working day")


def _from(period: Period, ends_on: date) -> Iterator[Period]:
    while True:
        yield period
        if period.ends_on >= ends_on:
            return
        period = next(period)


def _step(day: date, step: int) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PeriodError(f"no periods are known around {day}")
    return day + step * _DAY


def _open(kind: PeriodKind, key: str, span: tuple[date, date] | None) -> Period:
    starts_on, ends_on = span or (date.min, date.max)
    if starts_on > ends_on:
        raise PeriodError(f"{key} ends before it starts")
    return Period(starts_on, ends_on, key, kind)


def _numbered(year: int, mark: str, number: int) -> Period:
    if mark == "W":
        return _week(year, number)
    if mark == "F":
        return _fortnight(year, number)
    return _of_months(_MARKS[mark], year, number)


def _of_months(kind: PeriodKind, year: int, number: int) -> Period:
    length, mark = _LENGTHS[kind]
    _check(year, number, 12 // length)
    starts_on = date(year, (number - 1) * length + 1, 1)
    key = {PeriodKind.YEAR: f"{year}", PeriodKind.MONTH: f"{year}-{number:02}"}.get(kind, f"{year}{mark}{number}")
    last = number * length
    ends_on = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - _DAY
    return Period(starts_on, ends_on, key, kind)


def _week(year: int, number: int) -> Period:
    _check(year, number, _weeks_in(year))
    monday = date.fromisocalendar(year, number, 1)
    return Period(monday, monday + 6 * _DAY, f"{year}W{number:02}", PeriodKind.WEEK)


def _fortnight(year: int, number: int) -> Period:
    """Weeks 1–2, 3–4, …; the last of a year with 53 weeks has three, so that none is asked of a single week."""
    _check(year, number, _FORTNIGHTS)
    starts_on = date.fromisocalendar(year, 2 * number - 1, 1)
    last = _weeks_in(year) if number == _FORTNIGHTS else 2 * number
    return Period(starts_on, date.fromisocalendar(year, last, 7), f"{year}F{number:02}", PeriodKind.TWO_WEEKS)


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week if 1 <= year <= MAXYEAR else 0


def _check(year: int, number: int, highest: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"no periods are known in the year {year}")
    if not 1 <= number <= highest:
        raise PeriodError(f"the year {year} has no such period: {number}")
