"""What is known of working days in advance."""

from datetime import date

import pytest

from office.rules.calendar import days_in, is_usual_workday, known_days

KNOWN = {known.day: known for known in known_days()}


@pytest.mark.parametrize(
    ("day", "is_workday", "note"),
    [
        (date(2026, 10, 1), False, "国庆节放假"),
        (date(2026, 10, 10), True, "国庆节调休上班"),
        (date(2026, 2, 17), False, "春节放假"),
        (date(2026, 2, 14), True, "春节调休上班"),
        (date(2020, 1, 31), False, "春节放假"),
        (date(2019, 5, 1), False, "劳动节放假"),
    ],
)
def test_holidays_and_shifted_days(day, is_workday, note):
    assert KNOWN[day] == (day, is_workday, note)


def test_only_the_years_asked_for():
    assert {day.year for day in KNOWN} == set(range(2019, 2027))
    assert {known.day.year for known in known_days(2025, 2025)} == {2025}


def test_names_are_chinese():
    assert {known.note for known in KNOWN.values() if known.note[0].isascii()} == set()


def test_the_usual_week():
    assert [is_usual_workday(date(2027, 3, day)) for day in range(1, 8)] == [True] * 5 + [False] * 2


def test_every_day_of_a_year():
    assert len(list(days_in(2028))) == 366
    assert len(list(days_in(2027))) == 365
