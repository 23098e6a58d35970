"""The one sentence that stands above a secretary's home."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from partybuild.lib.dates import weekday_text

FINISHED = frozenset({"done", "pending", "exempt"})
_DAYS_OF_A_WEEK = 6


class HasDue(Protocol):
    """An item of the month."""

    @property
    def due_on(self) -> date: ...

    @property
    def state(self) -> str: ...


ItemT = TypeVar("ItemT", bound=HasDue)


def open_items(items: Sequence[ItemT]) -> list[ItemT]:
    """Those on which something is still to be done."""
    return [item for item in items if item.state not in FINISHED]


def month_figure(items: Sequence[HasDue], today: date) -> str:
    """3 月还差 3 项，最近一项周日到期."""
    month = f"{today.month} 月"
    if not items:
        return f"{month}没有到期的任务"
    left = open_items(items)
    if not left:
        return f"{month}的 {len(items)} 项任务都已完成"
    late = [item for item in left if item.due_on < today]
    if late:
        return f"{month}还差 {len(left)} 项，其中 {len(late)} 项已逾期"
    return f"{month}还差 {len(left)} 项，最近一项{_day(min(item.due_on for item in left), today)}到期"


def _day(day: date, today: date) -> str:
    """今天, 周日, 3月31日."""
    days = (day - today).days
    if days == 0:
        return "今天"
    return weekday_text(day) if days <= _DAYS_OF_A_WEEK else f"{day.month}月{day.day}日"
