"""How records add up to a target: done, since when it is complete, and who is still missing.

A plain model of the counting; the database only gathers the contributions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import Protocol

from campaigns.enums import Sums
from partybuild.lib import periods
from partybuild.lib.periods import PeriodKind

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Contribution:
    """What one counted record adds. ``counts_from`` is the filing that decides; ``hit`` matters to shares only."""

    counts_from: datetime
    amount: Decimal = ONE
    person_id: int | None = None
    group_id: int | None = None
    hit: bool = True


@dataclass(frozen=True)
class Progress:
    """``done`` in the target's unit (people for personal targets); ``missing`` are the ids of people not there yet.

    ``is_owed`` is false where only occasions are asked for and there was none.
    """

    done: Decimal = ZERO
    completed_at: datetime | None = None
    missing: tuple[int, ...] = ()
    is_owed: bool = True


class _Counter(Protocol):
    def add(self, contribution: Contribution) -> None: ...

    def done(self) -> Decimal: ...

    def is_complete(self) -> bool: ...


class _Amounts:
    """Plain sum against the amount needed."""

    def __init__(self, needed: Decimal) -> None:
        self.needed, self.sum = needed, ZERO

    def add(self, contribution: Contribution) -> None:
        self.sum += contribution.amount

    def done(self) -> Decimal:
        return self.sum

    def is_complete(self) -> bool:
        return self.sum >= self.needed


class _Groups:
    """Number of different party groups."""

    def __init__(self, needed: Decimal) -> None:
        self.needed, self.seen = needed, set[int | None]()

    def add(self, contribution: Contribution) -> None:
        self.seen.add(contribution.group_id)

    def done(self) -> Decimal:
        return Decimal(len(self.seen))

    def is_complete(self) -> bool:
        return len(self.seen) >= self.needed


class _Share:
    """Hits out of all records; nothing held is no share."""

    def __init__(self, needed: Decimal) -> None:
        self.needed, self.hits, self.all = needed, 0, 0

    def add(self, contribution: Contribution) -> None:
        self.all += 1
        self.hits += contribution.hit

    def done(self) -> Decimal:
        return (Decimal(self.hits) / self.all).quantize(Decimal("0.01")) if self.all else ZERO

    def is_complete(self) -> bool:
        return self.all > 0 and Decimal(self.hits) / self.all >= self.needed


class _Value:
    """A standing figure: what was told last."""

    def __init__(self, needed: Decimal) -> None:
        self.needed, self.value = needed, ZERO

    def add(self, contribution: Contribution) -> None:
        self.value = contribution.amount

    def done(self) -> Decimal:
        return self.value

    def is_complete(self) -> bool:
        return self.value >= self.needed > 0


class _People:
    """Each person against his own need."""

    def __init__(self, needs: Mapping[int, Decimal]) -> None:
        self.needs, self.sums = needs, dict.fromkeys(needs, ZERO)

    def add(self, contribution: Contribution) -> None:
        if contribution.person_id in self.sums:
            self.sums[contribution.person_id] += contribution.amount

    def missing(self) -> tuple[int, ...]:
        return tuple(person for person, needed in self.needs.items() if self.sums[person] < needed)

    def done(self) -> Decimal:
        return Decimal(len(self.needs) - len(self.missing()))

    def is_complete(self) -> bool:
        return bool(self.needs) and not self.missing()


def measure(sums: Sums, contributions: Iterable[Contribution], needed: Decimal) -> Progress:
    """Progress of an organisation's target."""
    counters: dict[Sums, Callable[[Decimal], _Counter]] = {
        Sums.GROUPS: _Groups,
        Sums.SHARE: _Share,
        Sums.VALUE: _Value,
    }
    counter: _Counter = counters.get(sums, _Amounts)(needed)
    return Progress(completed_at=_completion(counter, contributions), done=counter.done())


def measure_occasions(contributions: Sequence[Contribution], owed: int, needed: Decimal) -> Progress:
    """Progress where each occasion is owed: complete with the last of them, nothing before; none owed, none asked."""
    if not owed:
        return Progress(is_owed=False)
    if len(contributions) < owed:
        return Progress()
    return Progress(needed, max(each.counts_from for each in contributions))


def measure_people(contributions: Iterable[Contribution], needs: Mapping[int, Decimal]) -> Progress:
    """Progress of a personal target; ``needs`` maps each person who counts to his amount."""
    counter = _People(needs)
    completed_at = _completion(counter, contributions)
    return Progress(completed_at=completed_at, done=counter.done(), missing=counter.missing())


def _completion(counter: _Counter, contributions: Iterable[Contribution]) -> datetime | None:
    """Feed all contributions in order of filing; the moment since which the target has been complete to the end."""
    completed_at = None
    ordered: Sequence[Contribution] = sorted(contributions, key=lambda each: each.counts_from)
    for moment, together in groupby(ordered, key=lambda each: each.counts_from):
        for contribution in together:
            counter.add(contribution)
        completed_at = (completed_at or moment) if counter.is_complete() else None
    return completed_at


def need_of_person(sums: Sums, needed: Decimal, span: tuple[date, date], presence: tuple[date, date]) -> Decimal | None:
    """What a person has to reach who was there for a part of the period; None when he is exempt.

    Hours (and books) go by whole months present, rounded up; other counts are not asked of one who was there for less
    than half of the period. Dates are first and last day, both included.
    """
    start, end = max(span[0], presence[0]), min(span[1], presence[1])
    if start > end:
        return None
    if sums == Sums.PERSON_HOURS:
        share = Decimal(_whole_months(start, end)) / Decimal(max(_whole_months(*span), 1))
        return (needed * share).to_integral_value(ROUND_CEILING) if share else None
    return needed if (end - start).days + 1 >= ((span[1] - span[0]).days + 1) / 2 else None


def _whole_months(start: date, end: date) -> int:
    months = periods.overlapping(PeriodKind.MONTH, start, end)
    return sum(1 for month in months if month.starts_on >= start and month.ends_on <= end)
