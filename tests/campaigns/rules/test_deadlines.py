"""Periods and dates of targets."""

from datetime import date

import pytest

from campaigns.rules.deadlines import (
    LATE_PUBLICATION,
    PAST_DUE_PUBLICATION,
    Grace,
    Terms,
    closing_day,
    due_dates,
    due_periods,
    in_second_half,
)
from partybuild.lib import periods
from partybuild.lib.periods import PeriodKind

GRACE = Grace(5, 8)
NEW_YEAR = date(2026, 1, 1)


def is_workday(day: date) -> bool:
    return day.weekday() < 5


def terms(period: str, **changes: object) -> Terms:
    values = {"period": PeriodKind(period), "year": 2026, "published_on": NEW_YEAR, **changes}
    return Terms(**values)  # type: ignore[arg-type]


def keys(found: list[periods.Period]) -> list[str]:
    return [period.key for period in found]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("month", ["2026-03"]),
        ("standing", ["2026-03"]),
        ("two_months", ["2026B2"]),
        ("quarter", ["2026Q1"]),
        ("half_year", ["2026H1"]),
        ("year", ["2026"]),
        ("each_meeting", ["2026"]),
        ("once", ["once"]),
        ("week", ["2026W09", "2026W10", "2026W11", "2026W12", "2026W13", "2026W14"]),
        ("term", []),
        ("event", []),
    ],
)
def test_every_period_with_a_day_in_the_month_is_due(period: str, expected: list[str]) -> None:
    assert keys(due_periods(terms(period), periods.parse("2026-03"))) == expected


def test_nothing_is_due_outside_the_campaigns_year() -> None:
    assert due_periods(terms("month"), periods.parse("2025-12")) == []
    assert due_periods(terms("month"), periods.parse("2027-01")) == []


def test_a_period_that_was_over_before_publication_is_not_due() -> None:
    assert due_periods(terms("month", published_on=date(2026, 3, 5)), periods.parse("2026-02")) == []


def test_a_month_is_due_on_its_last_day_with_grace_and_cut_off_in_working_days() -> None:
    found = due_dates(terms("month"), periods.parse("2026-03"), GRACE, is_workday)
    assert (found.due_on, found.grace_until, found.cut_off_on) == (
        date(2026, 3, 31),
        date(2026, 4, 7),
        date(2026, 4, 10),
    )
    assert found.due_month == "2026-03"


def test_the_31st_and_february_end_with_their_month() -> None:
    january = due_dates(terms("month", by_day=31), periods.parse("2026-01"), GRACE, is_workday)
    february = due_dates(terms("month", by_day=31), periods.parse("2026-02"), GRACE, is_workday)
    assert (january.due_on, february.due_on) == (date(2026, 1, 31), date(2026, 2, 28))


def test_december_reaches_into_the_next_year_with_its_grace() -> None:
    found = due_dates(terms("month"), periods.parse("2026-12"), GRACE, is_workday)
    assert (found.due_month, found.grace_until) == ("2026-12", date(2027, 1, 7))


def test_by_day_and_due_day_come_before_the_end() -> None:
    by_day = due_dates(terms("month", by_day=10), periods.parse("2026-03"), GRACE, is_workday)
    due_day = due_dates(terms("year", due_day="06-30"), periods.parse("2026"), GRACE, is_workday)
    assert (by_day.due_on, due_day.due_on) == (date(2026, 3, 10), date(2026, 6, 30))


def test_a_due_day_outside_the_period_gives_way_to_its_end() -> None:
    found = due_dates(terms("quarter", due_day="06-30"), periods.parse("2026Q1"), GRACE, is_workday)
    assert found.due_on == date(2026, 3, 31)


def test_published_in_the_second_half_of_a_period_exempts_it() -> None:
    late = terms("month", published_on=date(2026, 3, 17))
    early = terms("month", published_on=date(2026, 3, 16))
    march = periods.parse("2026-03")
    assert due_dates(late, march, GRACE, is_workday).exempt_reason == LATE_PUBLICATION
    assert due_dates(early, march, GRACE, is_workday).exempt_reason == ""


def test_a_date_that_was_over_at_publication_is_exempt() -> None:
    late = terms("once", published_on=date(2026, 5, 6), due_day="03-31")
    (period,) = due_periods(late, periods.parse("2026-05"))
    assert due_dates(late, period, GRACE, is_workday).exempt_reason == PAST_DUE_PUBLICATION


def test_a_one_off_published_late_in_the_year_is_still_asked_for() -> None:
    late = terms("once", published_on=date(2026, 10, 8), due_day="12-31")
    (period,) = due_periods(late, periods.parse("2026-10"))
    found = due_dates(late, period, GRACE, is_workday)
    assert (found.due_on, found.exempt_reason) == (date(2026, 12, 31), "")


def test_a_month_is_closed_on_the_working_day_after_the_cut_off() -> None:
    assert closing_day(date(2026, 4, 10), is_workday) == date(2026, 4, 13)


def test_the_exact_middle_belongs_to_the_first_half() -> None:
    start, end = date(2026, 3, 1), date(2026, 3, 31)
    assert not in_second_half(date(2026, 3, 16), start, end)
    assert in_second_half(date(2026, 3, 17), start, end)
