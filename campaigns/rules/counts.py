"""How assignments stand, counted, and the rates that follow. Source: model.md, "The life of an assignment"; X06.

``expected`` contains exempt; a rate leaves them out, and where nothing is asked for there is no rate.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Counts:
    """Assignments by verdict; ``open`` are those neither complete nor closed."""

    expected: int = 0
    exempt: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    open: int = 0

    @property
    def asked(self) -> int:
        """What counts: expected without exempt."""
        return self.expected - self.exempt

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def rate(self) -> float | None:
        """Share done, in time or late; None where nothing is asked for."""
        return self.done / self.asked if self.asked else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)))


def total(many: Iterable[Counts]) -> Counts:
    """All together."""
    return sum(many, Counts())
