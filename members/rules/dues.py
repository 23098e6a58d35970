"""Dues: what a member owes for a month. Money is ``Decimal``; the rate applies to the whole base, not by slices.

Source: domain-rules.md "Dues". The rates come from the rule table; nothing here knows a figure.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from members.enums import DuesKind

ZERO = Decimal("0.00")
_FEN = Decimal("0.01")


@dataclass(frozen=True)
class Rates:
    """The bands of a month, as the rule table writes them, and the fixed sum in yuan."""

    working: Sequence[Mapping[str, Any]]
    retired: Sequence[Mapping[str, Any]]
    fixed: Decimal


@dataclass(frozen=True)
class Due:
    """What is owed, and the rate by which; without a rate it is a fixed sum or nothing."""

    amount: Decimal
    rate: Decimal | None = None


class Base(Protocol):
    """A base as it counts from a month on."""

    kind: str
    amount: Decimal
    effective_from: date
    until: date | None

    @property
    def is_approved(self) -> bool:
        """Whether a superior approved it: it then goes before the ordinary one of its month."""
        ...


def fen(amount: Decimal) -> Decimal:
    """Rounded to fen, half up."""
    return amount.quantize(_FEN, rounding=ROUND_HALF_UP)


def rate_of(bands: Sequence[Mapping[str, Any]], base: Decimal) -> Decimal:
    """The rate of the first band whose limit, itself included, the base does not pass."""
    for band in bands:
        if band["up_to"] is None or base <= Decimal(band["up_to"]):
            return Decimal(band["rate"])
    raise ValueError("the last band has a limit")


def due_of(kind: str, amount: Decimal, rates: Rates) -> Due:
    """What a base makes due in a month."""
    if kind == DuesKind.EXEMPT:
        return Due(ZERO)
    if kind == DuesKind.FIXED:
        return Due(fen(amount))
    rate = rate_of(rates.retired if kind == DuesKind.RETIRED else rates.working, amount)
    return Due(fen(amount * rate), rate)


def needs_approval(kind: str, amount: Decimal, fixed: Decimal) -> bool:
    """An exemption needs the superior's approval, and so does a fixed sum that is not the one of the rules."""
    return kind == DuesKind.EXEMPT or (kind == DuesKind.FIXED and amount != fixed)


def base_for(bases: Iterable[Base], month: date) -> Base | None:
    """The base that counts in a month: the latest begun by its first day and not run out before it."""
    found = [base for base in bases if base.effective_from <= month and (base.until is None or base.until >= month)]
    return max(found, key=lambda base: (base.effective_from, base.is_approved), default=None)


def owes_in(month: date, joined_on: date | None) -> bool:
    """A probationary member pays from the month in which the branch meeting accepted him."""
    return joined_on is None or joined_on <= month_end(month)


def first_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_end(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_of(year: int) -> list[date]:
    """The twelve months of a year."""
    return [date(year, number, 1) for number in range(1, 13)]


def read_month(key: str) -> date | None:
    """The month of a key like ``2026-03``; None for anything else."""
    year, dash, month = key.partition("-")
    is_written = dash and len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()
    if not is_written or not 1 <= int(month) <= 12 or not 1921 <= int(year) <= 2199:
        return None
    return date(int(year), int(month), 1)


def month_key(month: date) -> str:
    """``2026-03``."""
    return f"{month:%Y-%m}"


def month_text(month: date) -> str:
    """2026年3月."""
    return f"{month.year}年{month.month}月"


def months_text(months: Iterable[date]) -> str:
    """2026年1月至3月、5月: runs of months together, the year said once."""
    parts, said = [], 0
    for first, last in _runs(sorted(set(months))):
        start = month_text(first) if first.year != said else f"{first.month}月"
        end = "" if first == last else f"至{month_text(last) if last.year != first.year else f'{last.month}月'}"
        parts.append(start + end)
        said = last.year
    return "、".join(parts)


def longest_run(months: Iterable[date]) -> int:
    """How many months follow one another without a gap, at most."""
    return max(
        ((last.year - first.year) * 12 + last.month - first.month + 1 for first, last in _runs(sorted(set(months)))),
        default=0,
    )


def _runs(months: Sequence[date]) -> Iterator[tuple[date, date]]:
    start = last = None
    for month in months:
        if last is not None and month == following(last):
            last = month
            continue
        if start is not None and last is not None:
            yield start, last
        start = last = month
    if start is not None and last is not None:
        yield start, last
