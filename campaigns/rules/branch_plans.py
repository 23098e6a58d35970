"""The yearly plan of a branch: its states, and which planned activity has been held. Sources: TS, MF; C07. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from campaigns.rules.works import table


class PlanState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"


EDITABLE = (PlanState.DRAFT, PlanState.RETURNED)
FILED = (PlanState.SUBMITTED, PlanState.APPROVED)
PLAN_STATES = table(
    submit=(EDITABLE, PlanState.SUBMITTED),
    withdraw=((PlanState.SUBMITTED,), PlanState.DRAFT),
    approve=((PlanState.SUBMITTED,), PlanState.APPROVED),
    send_back=(FILED, PlanState.RETURNED),
)
HELD, LATE, TO_COME = "已开展", "逾期未开展", "待开展"
DUE = "due"
"""A filter: late, or of this month and still to be held."""


@dataclass(frozen=True)
class Planned:
    """An activity that a plan names; without a day the month is enough."""

    pk: int
    kind: str
    month: int
    day: int | None = None


@dataclass(frozen=True)
class Held:
    """An activity that took place and was recorded."""

    pk: int
    kind: str
    held_on: date


def last_day(year: int, planned: Planned) -> date:
    """By when it is to be held: its day, else the end of its month."""
    days = monthrange(year, planned.month)[1]
    return date(year, planned.month, min(planned.day or days, days))


def match(year: int, planned: Iterable[Planned], held: Iterable[Held], days: int) -> dict[int, int]:
    """Planned → held: of the same kind, within ``days`` of the planned day, else in its month; each record once.

    Those with a day choose first, the nearest record; the others take what is left in the order of the year.
    """
    rows = sorted(planned, key=lambda one: (one.day is None, one.month, one.day or 0, one.pk))
    free = sorted(held, key=lambda one: (one.held_on, one.pk))
    found: dict[int, int] = {}
    for one in rows:
        fitting = [each for each in free if each.kind == one.kind and _fits(year, one, each, days)]
        if fitting:
            wanted = last_day(year, one)
            best = min(fitting, key=lambda each: (_distance(each, wanted) if one.day else 0, each.held_on, each.pk))
            found[one.pk] = best.pk
            free.remove(best)
    return found


def standing(last: date, is_held: bool, today: date, days: int) -> str:
    """已开展, 逾期未开展 or 待开展; a planned day may be missed by as many days as still match."""
    if is_held:
        return HELD
    return LATE if last + timedelta(days=days) < today else TO_COME


def day_error(year: int, month: int, day: int | None) -> str:
    """A day that the month does not have."""
    return "该月没有这一天。" if day is not None and day > monthrange(year, month)[1] else ""


def _fits(year: int, planned: Planned, held: Held, days: int) -> bool:
    if planned.day is None:
        return (held.held_on.year, held.held_on.month) == (year, planned.month)
    return _distance(held, last_day(year, planned)) <= days


def _distance(held: Held, day: date) -> int:
    return abs((held.held_on - day).days)
