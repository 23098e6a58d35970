"""What may be changed of a published target, and from when. Source: model.md, ``Target``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind

NO_LONGER_ASKED = "指标调整，不再要求"


@dataclass(frozen=True)
class TargetChange:
    """The new wording and figures of a target; what it counts, of whom and how often stays the same."""

    title: str
    at_least: Decimal
    at_most: Decimal | None
    due_day: str
    by_day: int | None
    audience_kinds: tuple[str, ...]
    audience_group: str
    phrase: str = ""

    def refusal(self) -> tuple[str, str]:
        """Field and sentence of what is wrong with it; two empty strings when nothing is."""
        if self.at_least <= 0:
            return "at_least", "数量应大于 0。"
        if self.at_most is not None and self.at_most < self.at_least:
            return "at_most", "上限不能小于下限。"
        if not self.audience_kinds:
            return "audience_kinds", "请至少选择一类党组织。"
        return "", ""


def start_of(period: str, year: int, today: date, *, with_running: bool) -> date:
    """The first day of the new version: of the period that is running, or of the next one.

    What is asked for once has no next period: it changes from the first day of the year. What an occasion brings about
    goes by months.
    """
    if PeriodKind(period) == PeriodKind.ONCE:
        return date(year, 1, 1)
    running = _running(period, today)
    return running.starts_on if with_running else periods.next(running).starts_on


def has_next(period: str, year: int, today: date) -> bool:
    """Whether the campaign's year has another such period, for which a change can wait."""
    return PeriodKind(period) != PeriodKind.ONCE and periods.next(_running(period, today)).starts_on.year <= year


def _running(period: str, today: date) -> Period:
    kind = PeriodKind(period)
    return periods.containing(kind if periods.is_calendar(kind) else PeriodKind.MONTH, today)
