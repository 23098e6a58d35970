"""Counts of assignments and the rates that follow from them. Source: model.md, "The life of an assignment"; X06.

What nothing is due from has no rate: it shows a dash and stands in no ranking and no mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Figures:
    """How many assignments were expected, and how they stand; ``overdue`` are those not done although due."""

    expected: int = 0
    exempt: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0

    @property
    def due(self) -> int:
        """What counts: expected without exempt."""
        return self.expected - self.exempt

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def unfinished(self) -> int:
        return self.due - self.done

    @property
    def rate(self) -> float | None:
        """Share done, in time or late."""
        return share(self.done, self.due)

    @property
    def on_time_rate(self) -> float | None:
        return share(self.on_time, self.due)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Figures)))


def share(part: int, whole: int) -> float | None:
    """The part of the whole; None where there is nothing."""
    return part / whole if whole else None


def total(many: Iterable[Figures]) -> Figures:
    """All together."""
    return sum(many, Figures())


def points_between(now: float | None, before: float | None) -> float | None:
    """Change of a rate in percentage points; None where either is missing."""
    return None if now is None or before is None else round((now - before) * 100, 1)


def ranks(rates: Sequence[float | None]) -> list[int | None]:
    """The place of each, 1 for the highest; equal ones share it (1, 2, 2, 4). Without a rate there is no place.

    Rates are compared as they are shown, to a tenth of a percent: what reads the same stands in the same place.
    """
    shown = [None if rate is None else round(rate * 100, 1) for rate in rates]
    ordered = sorted((rate for rate in shown if rate is not None), reverse=True)
    places: dict[float, int] = {}
    for place, rate in enumerate(ordered, start=1):
        places.setdefault(rate, place)
    return [None if rate is None else places[rate] for rate in shown]
