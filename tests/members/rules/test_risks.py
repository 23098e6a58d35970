"""When a risk point is to be reviewed again (O13)."""

from datetime import date, timedelta

import pytest

from members.rules.risks import due_day, oldest_in_time, warned_year


@pytest.mark.parametrize("months", [6, 12])
@pytest.mark.parametrize("on", [date(2026, 3, 31), date(2024, 2, 29), date(2025, 2, 28), date(2026, 11, 21)])
def test_o13_the_filter_and_the_day_agree_at_every_end_of_a_month(on, months):
    oldest = oldest_in_time(on, months)
    assert due_day(oldest, months) >= on
    assert due_day(oldest - timedelta(days=1), months) < on


@pytest.mark.parametrize(("on", "year"), [(date(2026, 3, 3), 2026), (date(2027, 3, 1), 2026), (date(2027, 3, 2), 2027)])
def test_o13_an_overdue_review_is_warned_of_once_in_each_year(on, year):
    assert warned_year(date(2026, 3, 2), on) == year
