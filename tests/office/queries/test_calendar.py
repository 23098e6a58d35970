"""The working calendar."""

from datetime import date

import pytest

from office.models import WorkDay
from office.queries.calendar import days_of_year, known_years, workday_checker
from partybuild.lib.periods import add_workdays

pytestmark = pytest.mark.django_db


def test_known_days_and_the_usual_week(django_assert_num_queries):
    with django_assert_num_queries(1):
        is_workday = workday_checker()
        found = [
            is_workday(day)
            for day in (date(2026, 10, 1), date(2026, 10, 10), date(2026, 3, 6), date(2026, 3, 7), date(2031, 3, 10))
        ]

    assert found == [False, True, True, False, True]


def test_a_day_that_staff_has_marked():
    WorkDay.objects.create(day=date(2031, 3, 10), is_workday=False, note="停电")

    assert workday_checker()(date(2031, 3, 10)) is False


def test_working_days_are_counted_over_a_holiday():
    # The eighth is the first working day after the holiday of 2026.
    assert add_workdays(date(2026, 9, 30), 5, workday_checker()) == date(2026, 10, 13)


def test_days_of_a_year_and_the_years_known():
    assert known_years() == list(range(2019, 2027))
    assert days_of_year(2026)[date(2026, 10, 10)].is_workday is True
    assert {day.year for day in days_of_year(2026)} == {2026}
