"""A fact that counts for a task although it is no record of an activity: a project, a plan, a yearly figure."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

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
