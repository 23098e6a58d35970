"""Totals, ranks and grades. The database does the same set-based; this is what it is checked against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from assessments.enums import Grade
from assessments.rules.scoring import rounded


def total(earned: Decimal, full: Decimal) -> Decimal | None:
    """What was earned of the points that apply, scaled to 100; None when nothing applies."""
    return rounded(Fraction(earned) * 100 / Fraction(full)) if full else None


def ranks(totals: Mapping[int, tuple[str, Decimal]]) -> dict[int, int]:
    """Id → rank among its kind, from id → (kind, total). Equal totals share a rank and the next ranks are left out."""
    by_kind: dict[str, list[Decimal]] = defaultdict(list)
    for kind, value in totals.values():
        by_kind[kind].append(value)
    return {pk: 1 + sum(other > value for other in by_kind[kind]) for pk, (kind, value) in totals.items()}


def grade(value: Decimal, bands: Mapping[str, Decimal]) -> Grade:
    """The grade of a total, by the lowest totals of the rule ``grade.bands``; below all of them it is 差."""
    for name in (Grade.GOOD, Grade.FAIR, Grade.AVERAGE):
        if value >= bands[name.value]:
            return name
    return Grade.POOR


def bands_text(bands: Mapping[str, Decimal]) -> str:
    """90 分以上为好，80 分以上为较好，60 分以上为一般，60 分以下为差."""
    names: Iterable[Grade] = (Grade.GOOD, Grade.FAIR, Grade.AVERAGE)
    parts = [f"{bands[name.value].normalize():f} 分以上为{name.label}" for name in names]
    return "，".join([*parts, f"不足 {bands[Grade.AVERAGE.value].normalize():f} 分为{Grade.POOR.label}"])
