"""Points of a metered indicator from the verdicts of its assignments. Source: SX 四（二）, X04.

One written rule, from which both the figures and the words come:

    points = full × (on time + late × late factor) ÷ (expected − exempt), rounded half up to 0.01

Without anything to count (nothing due, or all of it exempt) the indicator does not apply.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assessments.enums import Verdict
from partybuild.lib.dates import day_text

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figures:
    """How many assignments of an indicator ended how; ``expected`` contains the exempt ones."""

    on_time: int = 0
    late: int = 0
    missing: int = 0
    open: int = 0
    exempt: int = 0

    @classmethod
    def of(cls, verdicts: Iterable[str]) -> "Figures":
        """Counted from verdicts."""
        counts = Counter(str(verdict) for verdict in verdicts)
        return cls(**{verdict.value: counts[verdict.value] for verdict in Verdict})

    @property
    def counting(self) -> int:
        """Those that count: expected without exempt."""
        return self.on_time + self.late + self.missing + self.open

    @property
    def expected(self) -> int:
        return self.counting + self.exempt


def rounded(value: Fraction) -> Decimal:
    """A share to 0.01, half up, without passing through binary fractions."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def points(full: Decimal, figures: Figures, late_factor: Decimal) -> Decimal | None:
    """The points by the rule above; None when nothing counts."""
    if not figures.counting:
        return None
    earned = figures.on_time + figures.late * Fraction(late_factor)
    return rounded(Fraction(full) * earned / figures.counting)


def plain(value: Decimal | Fraction) -> str:
    """Points as pages show them: 2.5, 0.42, 20."""
    number = value if isinstance(value, Decimal) else rounded(value)
    return f"{number.quantize(CENT, ROUND_HALF_UP).normalize():f}"


def late_text(late_factor: Decimal) -> str:
    """What a late one is worth: 补报得一半, 补报得 60 %, 补报不得分."""
    if late_factor == 0:
        return "补报不得分"
    return "补报得一半" if late_factor == Decimal("0.5") else f"补报得 {plain(late_factor * 100)} %"


def standard(asked: str) -> str:
    """The rule as the scheme states it, before any figures are known."""
    return f"{asked}；各期平分满分，补报折算，未完成不得分"[:255]


def rule_text(full: Decimal, figures: Figures, late_factor: Decimal) -> str:
    """The rule with this organisation's figures: 应完成 6 期，按时每期得 0.42 分，补报得一半，缺 1 期扣 0.42 分。"""
    if not figures.counting:
        return "本期没有应完成的任务，不计分。"
    each = plain(Fraction(full) / figures.counting)
    exempt = f"（另有 {figures.exempt} 期免报，不计）" if figures.exempt else ""
    return (
        f"应完成 {figures.counting} 期{exempt}，按时每期得 {each} 分，{late_text(late_factor)}，缺 1 期扣 {each} 分。"
    )


def sum_text(full: Decimal, figures: Figures, late_factor: Decimal) -> str:
    """How the points were reckoned: 2.5 ×（5 + 1 × 0.5）÷ 6 = 2.29."""
    found = points(full, figures, late_factor)
    if found is None:
        return ""
    if not figures.late:
        return f"{plain(full)} × {figures.on_time} ÷ {figures.counting} = {plain(found)}"
    earned = f"（{figures.on_time} + {figures.late} × {plain(late_factor)}）"
    return f"{plain(full)} ×{earned}÷ {figures.counting} = {plain(found)}"


def figures_text(figures: Figures) -> str:
    """应完成 6 · 按时 5 · 补报 1 · 未完成 0; what may still be done and what is exempt only where there is any."""
    parts = [
        f"应完成 {figures.counting}",
        f"按时 {figures.on_time}",
        f"补报 {figures.late}",
        f"未完成 {figures.missing}",
    ]
    parts += [f"尚未完成 {figures.open}"] if figures.open else []
    parts += [f"免报 {figures.exempt}"] if figures.exempt else []
    return " · ".join(parts)


@dataclass(frozen=True)
class Item:
    """One counted assignment: the name of its period, how it stands, and until when it can still be met."""

    label: str
    verdict: str
    grace_until: date
    cut_off_on: date


def toward_full(full: Decimal, items: Iterable[Item], late_factor: Decimal, on: date, is_final: bool) -> list[str]:
    """What is missing to full marks, a sentence for the periods that stand alike, in the order of the first of them.

    ``on`` is the day on which it is told; ``is_final``: the round is published and nothing can be made up any more.
    """
    items = list(items)
    counting = sum(item.verdict != Verdict.EXEMPT for item in items)
    groups: dict[tuple[str, str, Fraction], list[str]] = {}
    for item in items:
        if gap := _gap(item, Fraction(late_factor), on, is_final):
            groups.setdefault(gap, []).append(item.label)
    return [
        f"{'、'.join(labels)}{words}，{'共' if len(labels) > 1 else ''}{verb}"
        f" {plain(Fraction(full) * share * len(labels) / counting)} 分"
        for (words, verb, share), labels in groups.items()
    ]


def _gap(item: Item, late: Fraction, on: date, is_final: bool) -> tuple[str, str, Fraction] | None:
    """How a period that does not count whole stands, whether its points are lost or may be had, and what share."""
    if item.verdict == Verdict.LATE:
        return "为补报", "少得", 1 - late
    if item.verdict == Verdict.MISSING or (item.verdict == Verdict.OPEN and (is_final or on > item.cut_off_on)):
        return "未完成", "少得", Fraction(1)
    if item.verdict != Verdict.OPEN:
        return None
    if on <= item.grace_until:
        return f"在 {day_text(item.grace_until)}前完成", "可得", Fraction(1)
    return f"在 {day_text(item.cut_off_on)}前补报", "可得", late
