"""What the nouns of special work have in common: a table of states, and how many have done what is asked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class StateTable:
    """Verb → the states in which it may be done, and the state that it leads to."""

    moves: Mapping[str, tuple[frozenset[str], str]]

    def allows(self, verb: str, state: str) -> bool:
        """Whether the verb may be done in this state."""
        return state in self.moves[verb][0]

    def after(self, verb: str) -> str:
        """The state to which the verb leads."""
        return self.moves[verb][1]

    def verbs(self, state: str) -> list[str]:
        """The verbs that may be done in this state, in the order of the table."""
        return [verb for verb in self.moves if self.allows(verb, state)]


def table(**moves: tuple[Iterable[str], str]) -> StateTable:
    """A table written as ``verb=((from, …), to)``."""
    return StateTable({verb: (frozenset(sources), target) for verb, (sources, target) in moves.items()})


@dataclass(frozen=True)
class Coverage:
    """Of the organisations of one unit: how many there are, have begun, and are done."""

    unit_id: int
    expected: int
    begun: int
    done: int

    @property
    def waiting(self) -> int:
        return self.begun - self.done

    @property
    def missing(self) -> int:
        return self.expected - self.begun


def coverage(units: Mapping[int, Iterable[int]], begun: Iterable[int], done: Iterable[int]) -> list[Coverage]:
    """Unit → its organisations, against those that have begun and those that are done; what is done has begun."""
    finished = frozenset(done)
    started = frozenset(begun) | finished
    found = []
    for unit, organizations in units.items():
        asked = frozenset(organizations)
        found.append(Coverage(unit, len(asked), len(asked & started), len(asked & finished)))
    return found


def in_percent(share: float | Fraction | None) -> float | None:
    """A share as a number of percent for a workbook, to one decimal."""
    return None if share is None else round(float(share) * 100, 1)


def placed(day: date, year: int) -> date:
    """Where a paper of a year counts: on its day, within that year; one that comes after it is late, not elsewhere."""
    return min(max(day, date(year, 1, 1)), date(year, 12, 31))
