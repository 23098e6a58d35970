"""Which periods of a target fall due, and by when. Source: SX 四（二）, model.md "The life of an assignment"."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind

LATE_PUBLICATION = "发布时本周期已过半"
PAST_DUE_PUBLICATION = "发布时已过截止日期"


@dataclass(frozen=True)
class Terms:
    """What of a target and its campaign decides on dates. ``due_day`` is ``MM-DD`` or empty."""

    period: PeriodKind
    year: int
    published_on: date
    due_day: str = ""
    by_day: int | None = None


@dataclass(frozen=True)
class Grace:
    """Working days after the due day for entering what took place in time, and until nothing counts any more."""

    grace_workdays: int
    cut_off_workdays: int


@dataclass(frozen=True)
class DueDates:
    """The dates that an assignment copies at dispatch; ``exempt_reason`` when the period is not asked for."""

    period: Period
    due_on: date
    grace_until: date
    cut_off_on: date
    exempt_reason: str = ""

    @property
    def due_month(self) -> str:
        return f"{self.due_on:%Y-%m}"


def due_periods(terms: Terms, month: Period) -> list[Period]:
    """The periods of the target that have a day in the month, in the campaign's year, not over before publication.

    Terms and events have no calendar and are dispatched by what brings them about (``queries.terms``).
    """
    if terms.period in (PeriodKind.TERM, PeriodKind.EVENT):
        return []
    if terms.period == PeriodKind.ONCE:
        found = [periods.parse("once", _once_span(terms))]
    else:
        found = periods.overlapping(terms.period, month.starts_on, month.ends_on)
    return [
        period
        for period in found
        if period.overlaps(month.starts_on, month.ends_on)
        and period.ends_on.year == terms.year
        and period.ends_on >= terms.published_on
    ]


def due_dates(terms: Terms, period: Period, grace: Grace, is_workday: Callable[[date], bool]) -> DueDates:
    """All dates of one period. A due day that does not lie in the period gives way to the period's last day."""
    due_on = _due_on(terms, period)
    return DueDates(
        period=period,
        due_on=due_on,
        grace_until=periods.add_workdays(due_on, grace.grace_workdays, is_workday),
        cut_off_on=periods.add_workdays(due_on, grace.cut_off_workdays, is_workday),
        exempt_reason=_exempt_reason(terms, period, due_on),
    )


def on_day(dates: DueDates, due_on: date, grace: Grace, is_workday: Callable[[date], bool]) -> DueDates:
    """The same period, due on a day of its own within it: the last day of a term, or so many months before it."""
    return replace(
        dates,
        due_on=due_on,
        grace_until=periods.add_workdays(due_on, grace.grace_workdays, is_workday),
        cut_off_on=periods.add_workdays(due_on, grace.cut_off_workdays, is_workday),
    )


def closing_day(cut_off_on: date, is_workday: Callable[[date], bool]) -> date:
    """The day on which a month is closed: the first working day after the cut-off."""
    return periods.add_workdays(cut_off_on, 1, is_workday)


def in_second_half(day: date, starts_on: date, ends_on: date) -> bool:
    """Whether the day lies in the second half of the stretch; a day in the exact middle belongs to the first."""
    return (day - starts_on).days * 2 > (ends_on - starts_on).days


def _once_span(terms: Terms) -> tuple[date, date]:
    last = date(terms.year, 12, 31)
    start = min(max(terms.published_on, date(terms.year, 1, 1)), last)
    return start, last


def _due_on(terms: Terms, period: Period) -> date:
    wanted = None
    if terms.due_day:
        month, day = (int(part) for part in terms.due_day.split("-"))
        wanted = _day(period.ends_on.year, month, day)
    elif terms.by_day:
        wanted = _day(period.ends_on.year, period.ends_on.month, terms.by_day)
    if wanted is None or not period.contains(wanted):
        return wanted if wanted and terms.period == PeriodKind.ONCE else period.ends_on
    return wanted


def _day(year: int, month: int, day: int) -> date:
    """The day, or the month's last one where the month is shorter."""
    last = periods.containing(PeriodKind.MONTH, date(year, month, 1)).ends_on
    return date(year, month, min(day, last.day))


def _exempt_reason(terms: Terms, period: Period, due_on: date) -> str:
    if due_on < terms.published_on:
        return PAST_DUE_PUBLICATION
    is_whole_year_target = terms.period in (PeriodKind.ONCE, PeriodKind.TERM, PeriodKind.EVENT)
    if not is_whole_year_target and in_second_half(terms.published_on, period.starts_on, period.ends_on):
        return LATE_PUBLICATION
    return ""
