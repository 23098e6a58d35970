"""When a risk point is to be reviewed again (O13). Sources: WX, MF, TJ, TS (排查和更新); interval †."""

from datetime import date, timedelta

from partybuild.lib.dates import add_months


def due_day(last_on: date, months: int) -> date:
    """By when a point last looked at on this day is to be reviewed."""
    return add_months(last_on, months)


def oldest_in_time(on: date, months: int) -> date:
    """The earliest day of a last look whose next review is not yet overdue on the day."""
    day = add_months(on, -months)
    while due_day(day, months) < on:
        day += timedelta(days=1)
    return day


def warned_year(due_on: date, on: date) -> int:
    """The year of the latest anniversary of the missed day: an overdue review is warned of once in each."""
    return on.year if (on.month, on.day) >= (due_on.month, due_on.day) else on.year - 1
