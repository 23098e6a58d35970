"""How a ratio is reckoned and told."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One measured ratio beside its goal: ``at_least`` says on which side of the goal it should lie."""

    code: str
    title: str
    value: float
    goal: float
    at_least: bool = True
    note: str = ""

    @property
    def is_reached(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def line(self) -> str:
        """``P16 import of 20,000 members: 21 (goal ≥ 15)``, with a word when the goal is missed."""
        sign = "≥" if self.at_least else "≤"
        missed = "" if self.is_reached else "  NOT REACHED"
        note = f"  {self.note}" if self.note else ""
        return f"{self.code} {self.title}: {_short(self.value)} (goal {sign} {_short(self.goal)}){note}{missed}"

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "is_reached": self.is_reached}


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of one row of measurements over that of the other."""
    return median(above) / median(below)


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"
