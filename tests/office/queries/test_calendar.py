"""The working calendar."""

from datetime import date

import pytest

from office.models import WorkDay
from office.queries.calendar import Day, is_known, months_of, workday_checker
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


def test_a_year_by_months(django_assert_num_queries):
    with django_assert_num_queries(1):
        months = months_of(2026)

    october = months[9]
    assert [month.number for month in months] == list(range(1, 13))
    assert [day and day.day.day for day in october.weeks[0]] == [None, None, None, 1, 2, 3, 4]
    assert october.weeks[0][3] == Day(date(2026, 10, 1), False, "国庆节放假", True)
    assert october.weeks[1][5] == Day(date(2026, 10, 10), True, "国庆节调休上班", True)
    assert october.weeks[2][0] == Day(date(2026, 10, 12), True)
    # 22 weekdays, five of them holidays, one Saturday worked.
    assert october.workdays == 18


def test_a_year_is_known_by_its_holidays():
    WorkDay.objects.create(day=date(2031, 3, 10), is_workday=False)

    assert is_known(2026) is True
    assert is_known(2031) is False
