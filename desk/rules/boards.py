"""How a board's lines are ordered, and which lines there are."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from django.db.models import TextChoices

from desk.rules.figures import Figures


class Level(TextChoices):
    """Which lines stand in the table."""

    UNITS = "units", "下一级"
    BRANCHES = "branches", "全部组织"
    CAMPAIGNS = "campaigns", "创建活动"


class HasFigures(Protocol):
    """A line of a board."""

    @property
    def figures(self) -> Figures: ...

    @property
    def change(self) -> float | None: ...

    @property
    def position(self) -> tuple[int, int]: ...


LineT = TypeVar("LineT", bound=HasFigures)
DEFAULT_SORT = "-rate"
_KEYS: dict[str, Callable[[Any], Any]] = {
    "name": lambda line: line.position,
    "rate": lambda line: line.figures.rate,
    "on_time": lambda line: line.figures.on_time_rate,
    "change": lambda line: line.change,
    "due": lambda line: line.figures.due,
    "overdue": lambda line: line.figures.overdue,
}
SORTS = tuple(order for key in _KEYS for order in (key, f"-{key}"))


def sorted_lines(lines: Iterable[LineT], sort: str) -> list[LineT]:
    """In the order asked for; without a value always last, and equals in the order of the tree."""
    key = _KEYS[sort.removeprefix("-")]
    ordered = sorted(lines, key=lambda line: line.position)
    known = [line for line in ordered if key(line) is not None]
    known.sort(key=key, reverse=sort.startswith("-"))
    return known + [line for line in ordered if key(line) is None]


def behind(lines: Iterable[LineT]) -> list[LineT]:
    """Those with most overdue first, then those that have done least; without anything due they are left out."""
    due = [line for line in lines if line.figures.rate is not None]
    return sorted(due, key=lambda line: (-line.figures.overdue, line.figures.rate or 0.0, line.position))
