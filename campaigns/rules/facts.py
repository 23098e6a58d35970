"""A fact that counts for a task although it is no record of an activity: a project, a plan, a yearly figure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from partybuild.lib.dates import add_months, day_text

NO_OCCASION = "本周期内没有应办事项"
"""Why nothing is asked where only occasions are asked for and none has come about (yet)."""


@dataclass(frozen=True)
class Fact:
    """One thing known of an organisation, placed in time.

    ``key`` is unique among all facts of a metric (``project:12``) and names the row behind it; ``counts_from`` is when
    it came into the portal, which decides on time or late; ``text`` says in one sentence what it is, ``url`` leads to
    it. A fact that does not count says why in ``reason``. ``member_id`` places it with a person of a personal target.
    ``amount`` is what it adds, or for a standing figure (a ratio, an amount per head) its value.
    """

    key: str
    organization_id: int
    held_on: date
    counts_from: datetime
    amount: Decimal
    text: str
    url: str = ""
    counted: bool = True
    reason: str = ""
    member_id: int | None = None


def months_ahead(start: date, end: date, months: int) -> tuple[date, date]:
    """The days of the months so many months later: what falls due in them is asked for in these."""
    first = add_months(start.replace(day=1), months)
    return first, add_months(add_months(end.replace(day=1), 1), months) - timedelta(days=1)


def brought_forward(fact: Fact, months: int) -> Fact:
    """The same fact, owed so many months before its day: 届满前6个月."""
    due = add_months(fact.held_on, -months)
    return replace(fact, held_on=due, text=f"{fact.text}，应于{day_text(due)}前办理")
