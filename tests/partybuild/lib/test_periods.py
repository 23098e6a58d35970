from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodError, PeriodKind

CALENDAR = [kind for kind in PeriodKind if periods.is_calendar(kind)]
DAYS = st.dates(date(1901, 1, 8), date(2198, 12, 20))


@pytest.mark.parametrize(
    ("key", "kind", "starts_on", "ends_on", "label"),
    [
        ("2026-03", "month", date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
        ("2026-12", "month", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026B2", "two_months", date(2026, 3, 1), date(2026, 4, 30), "2026年3—4月"),
        ("2026B6", "two_months", date(2026, 11, 1), date(2026, 12, 31), "2026年11—12月"),
        ("2026Q1", "quarter", date(2026, 1, 1), date(2026, 3, 31), "2026年一季度"),
        ("2026Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31), "2026年四季度"),
        ("2026H1", "half_year", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("2026H2", "half_year", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026W01", "week", date(2025, 12, 29), date(2026, 1, 4), "2026年第1周"),
        ("2026W10", "week", date(2026, 3, 2), date(2026, 3, 8), "2026年第10周"),
        ("2026W53", "week", date(2026, 12, 28), date(2027, 1, 3), "2026年第53周"),
        ("2026F05", "two_weeks", date(2026, 2, 23), date(2026, 3, 8), "2026年第9—10周"),
        ("2025F26", "two_weeks", date(2025, 12, 15), date(2025, 12, 28), "2025年第51—52周"),
        ("2026F26", "two_weeks", date(2026, 12, 14), date(2027, 1, 3), "2026年第51—53周"),
    ],
)
def test_a_key_names_its_days_and_its_label(key, kind, starts_on, ends_on, label):
    period = periods.parse(key)

    assert period == Period(starts_on, ends_on, key, PeriodKind(kind))
    assert periods.label(period) == label
    assert periods.label(key) == label


@pytest.mark.parametrize(
    "key",
    [
        "", "2026-3", "2026-00", "2026-13", "2026Q0", "2026Q5", "2026Q01", "2026H3", "2026B7", "2026W00", "2026W54",
        "2025W53", "2026W1", "2026F27", "2026F5", "26", "20260", "0000", "1899", "2200-01", "2026-03 ", "２０２６",
        "2026-03\n", "Once", "term:", "term:1 2", "event:" + "9" * 41, "year:3", "2026X1", "2026-٠٣",
    ],
)  # fmt: skip
def test_a_key_that_names_no_period_is_refused(key):
    with pytest.raises(PeriodError):
        periods.parse(key)


@pytest.mark.parametrize(
    ("kind", "day", "key"),
    [
        ("week", date(2027, 1, 1), "2026W53"),
        ("week", date(2024, 12, 30), "2025W01"),
        ("week", date(2023, 1, 1), "2022W52"),
        ("two_weeks", date(2027, 1, 3), "2026F26"),
        ("two_weeks", date(2027, 1, 4), "2027F01"),
        ("two_weeks", date(2024, 12, 30), "2025F01"),
        ("month", date(2028, 2, 29), "2028-02"),
        ("two_months", date(2026, 4, 30), "2026B2"),
        ("quarter", date(2026, 6, 30), "2026Q2"),
        ("half_year", date(2026, 7, 1), "2026H2"),
        ("year", date(2026, 12, 31), "2026"),
        ("standing", date(2026, 3, 31), "2026-03"),
        ("each_meeting", date(2026, 3, 31), "2026"),
    ],
)
def test_a_day_lies_in_one_period_of_a_kind(kind, day, key):
    assert periods.containing(kind, day) == periods.parse(key)


@pytest.mark.parametrize("kind", ["once", "term", "event"])
def test_the_calendar_has_no_periods_for_what_hangs_on_something_else(kind):
    assert not periods.is_calendar(kind)
    with pytest.raises(PeriodError):
        periods.containing(kind, date(2026, 3, 1))
    with pytest.raises(PeriodError):
        periods.next(periods.parse("once"))


@given(kind=st.sampled_from(CALENDAR), day=DAYS)
def test_periods_tile_the_calendar(kind, day):
    period = periods.containing(kind, day)

    assert period.contains(day)
    assert periods.parse(period.key) == period
    assert periods.next(period).starts_on == period.ends_on + timedelta(days=1)
    assert periods.previous(period).ends_on == period.starts_on - timedelta(days=1)
    assert periods.previous(periods.next(period)) == period
    assert periods.containing(kind, period.starts_on) == periods.containing(kind, period.ends_on) == period


@given(kind=st.sampled_from(CALENDAR), day=DAYS, length=st.integers(-3, 800))
def test_overlapping_gives_exactly_the_periods_with_a_day_in_between(kind, day, length):
    last = min(day + timedelta(days=length), date(2198, 12, 20))
    found = periods.overlapping(kind, day, last)

    expected = {periods.containing(kind, day + timedelta(days=n)) for n in range((last - day).days + 1)}
    assert found == sorted(expected)


def test_months_of_a_period():
    assert [str(month) for month in periods.months_in(periods.parse("2026Q1"))] == ["2026-01", "2026-02", "2026-03"]
    assert [str(month) for month in periods.months_in(periods.parse("2026W01"))] == ["2025-12", "2026-01"]
    assert len(periods.months_in(periods.parse("2026"))) == 12


def test_a_term_an_event_and_once_take_their_days_from_the_caller():
    span = (date(2024, 5, 1), date(2027, 4, 30))
    term = periods.parse("term:17", span)

    assert (term.kind, term.starts_on, term.ends_on, term.is_bounded) == (PeriodKind.TERM, *span, True)
    assert len(periods.months_in(term)) == 36

    assert periods.parse("event:5").is_bounded is False
    assert periods.parse("once").contains(date(2026, 3, 1))
    assert [periods.label(key) for key in ("once", "term:17", "event:5")] == ["一次性工作", "本届任期", "专项事项"]
    with pytest.raises(PeriodError):
        periods.months_in(periods.parse("once"))
    with pytest.raises(PeriodError):
        periods.parse("once", (date(2026, 2, 1), date(2026, 1, 1)))


def test_days_outside_the_known_years_are_refused_and_do_not_overflow():
    for day in (date.min, date.max):
        for kind in CALENDAR:
            with pytest.raises(PeriodError):
                periods.containing(kind, day)


def test_every_kind_has_a_chinese_label():
    assert all(not kind.label.isascii() for kind in PeriodKind)


def spring_festival(day):
    """Working days around the Spring Festival of 2026, with the two Saturdays worked in exchange."""
    holidays = {date(2026, 2, 15) + timedelta(days=n) for n in range(9)}
    return day in {date(2026, 2, 14), date(2026, 2, 28)} or (day.weekday() < 5 and day not in holidays)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 24), 4, date(2026, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 2)),
        (date(2026, 2, 15), 1, date(2026, 2, 24)),
        (date(2026, 2, 24), -1, date(2026, 2, 14)),
    ],
)
def test_working_days_are_counted_by_the_calendar_given(day, count, expected):
    assert periods.add_workdays(day, count, spring_festival) == expected


def test_the_first_working_day_on_or_after():
    assert periods.first_workday_on_or_after(date(2026, 2, 15), spring_festival) == date(2026, 2, 24)
    assert periods.first_workday_on_or_after(date(2026, 2, 28), spring_festival) == date(2026, 2, 28)


def test_a_calendar_without_working_days_is_an_error_and_not_an_endless_loop():
    with pytest.raises(ValueError, match="working day"):
        periods.first_workday_on_or_after(date(2026, 2, 15), lambda day: False)


@given(day=DAYS, count=st.integers(1, 60))
def test_adding_and_taking_away_working_days_meet_again(day, count):
    later = periods.add_workdays(day, count, spring_festival)

    assert spring_festival(later)
    between = [day + timedelta(days=n) for n in range(1, (later - day).days + 1)]
    assert sum(map(spring_festival, between)) == count
