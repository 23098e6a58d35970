"""When a cycle is due. Source: SX 四（二）月调度, Y01."""

from collections.abc import Callable
from datetime import date

from campaigns.rules.deadlines import closing_day
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind


def dispatch_day(month: Period, is_workday: Callable[[date], bool]) -> date:
    """The day on which a month is dispatched: its first working day."""
    return periods.first_workday_on_or_after(month.starts_on, is_workday)


def months_to_dispatch(published_on: date | None, today: date, is_workday: Callable[[date], bool]) -> list[Period]:
    """The months since the first publication whose first working day has come, oldest first."""
    if published_on is None or published_on > today:
        return []
    months = periods.overlapping(PeriodKind.MONTH, published_on, today)
    return [month for month in months if dispatch_day(month, is_workday) <= today]


def may_close(last_cut_off: date | None, today: date, is_workday: Callable[[date], bool]) -> bool:
    """Whether a month with this latest cut-off may be closed: from the first working day after it on."""
    return last_cut_off is not None and closing_day(last_cut_off, is_workday) <= today
