"""Marking days of the working calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import AuditEntry
from branches.permissions import Actor
from office.actions.calendar import mark_days
from office.models import WorkDay
from office.queries.calendar import workday_checker

pytestmark = pytest.mark.django_db
BY = Actor(user_id=7)
TODAY = "2026-09-01T09:00:00+08:00"


def test_days_become_days_of_rest_or_working_days(move_clock):
    move_clock(TODAY)

    assert mark_days(by=BY, first=date(2027, 1, 1), last=date(2027, 1, 3), mark="rest", note="元旦放假") == 3
    assert mark_days(by=BY, first=date(2027, 1, 9), last=date(2027, 1, 9), mark="workday") == 1

    is_workday = workday_checker()
    assert [is_workday(date(2027, 1, day)) for day in (1, 4, 9)] == [False, True, True]
    notes = [entry.detail["note"] for entry in AuditEntry.objects.filter(verb="调整工作日历").order_by("id")]
    assert notes == ["2027年1月1日至2027年1月3日：休息日（元旦放假）", "2027年1月9日：工作日"]


def test_a_known_day_is_changed_and_given_back_to_the_usual_week(move_clock):
    move_clock(TODAY)
    day = date(2026, 10, 10)

    mark_days(by=BY, first=day, last=day, mark="rest", note="改为休息")
    assert (WorkDay.objects.get(day=day).is_workday, WorkDay.objects.get(day=day).note) == (False, "改为休息")

    mark_days(by=BY, first=day, last=day, mark="usual")
    assert not WorkDay.objects.filter(day=day).exists()
    assert workday_checker()(day) is False


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 8, 31), date(2026, 9, 2), "first"),
        (date(2026, 9, 3), date(2026, 9, 2), "last"),
        (date(2026, 9, 2), date(2026, 10, 3), "last"),
    ],
)
def test_refusals(move_clock, first, last, field):
    move_clock(TODAY)
    before = list(WorkDay.objects.values())

    with pytest.raises(ValidationError) as refused:
        mark_days(by=BY, first=first, last=last, mark="workday")

    assert list(refused.value.message_dict) == [field]
    assert list(WorkDay.objects.values()) == before


def test_a_month_at_once_is_allowed(move_clock):
    move_clock(TODAY)

    assert mark_days(by=BY, first=date(2026, 9, 2), last=date(2026, 10, 2), mark="workday") == 31
