"""Marking days of the working calendar."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from office.enums import DayMark
from office.models import WorkDay
from partybuild.lib import clock
from partybuild.lib.dates import day_text

MAX_DAYS = 31


@transaction.atomic
def mark_days(*, by: Actor, first: date, last: date, mark: DayMark | str, note: str = "") -> int:
    """These days are working days or days of rest, or follow the usual week again; how many days.

    Only from today on: deadlines that are past were reckoned with the days as they were known.
    """
    _check(first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if mark == DayMark.USUAL:
        WorkDay.objects.filter(day__in=days).delete()
    else:
        rows = [WorkDay(day=day, is_workday=mark == DayMark.WORKDAY, note=note) for day in days]
        WorkDay.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "note"]
        )
    span = day_text(first) if first == last else f"{day_text(first)}至{day_text(last)}"
    words = f"{span}：{DayMark(mark).label}{f'（{note}）' if note else ''}"
    audit.record(by=by, verb="调整工作日历", detail={"note": words})
    return len(days)


def _check(first: date, last: date) -> None:
    if first < clock.today():
        raise ValidationError({"first": "只能调整今天及以后的日期。"})
    if last < first:
        raise ValidationError({"last": "结束日期不能早于开始日期。"})
    if (last - first).days >= MAX_DAYS:
        raise ValidationError({"last": f"一次最多调整 {MAX_DAYS} 天。"})
