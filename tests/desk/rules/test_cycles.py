"""When a cycle is due."""

from datetime import date

import pytest

from desk.rules.cycles import dispatch_day, may_close, months_to_dispatch
from partybuild.lib import periods

HOLIDAY = {date(2026, 1, 1), date(2026, 5, 1)}


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAY


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2026-01", date(2026, 1, 2)),
        ("2026-03", date(2026, 3, 2)),
        ("2026-05", date(2026, 5, 4)),
        ("2026-12", date(2026, 12, 1)),
    ],
)
def test_a_month_is_dispatched_on_its_first_working_day(month, day):
    assert dispatch_day(periods.parse(month), is_workday) == day


def test_nothing_is_dispatched_before_anything_is_published():
    assert months_to_dispatch(None, date(2026, 3, 5), is_workday) == []
    assert months_to_dispatch(date(2026, 4, 1), date(2026, 3, 5), is_workday) == []


def test_months_that_were_missed_come_first_in_their_order():
    found = months_to_dispatch(date(2025, 12, 20), date(2026, 3, 5), is_workday)
    assert [month.key for month in found] == ["2025-12", "2026-01", "2026-02", "2026-03"]


def test_the_running_month_waits_for_its_first_working_day():
    found = months_to_dispatch(date(2026, 1, 5), date(2026, 3, 1), is_workday)
    assert [month.key for month in found] == ["2026-01", "2026-02"]


@pytest.mark.parametrize(
    ("cut_off", "today", "expected"),
    [
        (date(2026, 4, 10), date(2026, 4, 10), False),
        (date(2026, 4, 10), date(2026, 4, 12), False),
        (date(2026, 4, 10), date(2026, 4, 13), True),
        (date(2026, 4, 10), date(2026, 8, 1), True),
        (None, date(2026, 8, 1), False),
    ],
)
def test_a_month_is_closed_from_the_working_day_after_its_cut_off(cut_off, today, expected):
    assert may_close(cut_off, today, is_workday) is expected
