"""How many organisations of each unit have done what is asked of all: plans, agreements, lists (C06 – C08)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.queries.units import units_below
from campaigns.rules.works import Coverage, coverage


@dataclass(frozen=True)
class CoverageRow:
    """A unit with its counts, and the organisations that are missing."""

    unit: Organization
    counts: Coverage
    missing: list[Organization]


def coverage_rows(
    scope: Scope, kinds: Collection[str], begun: Iterable[int], done: Iterable[int], on: date
) -> list[CoverageRow]:
    """Unit by unit below the organisation of the post; organisations of other kinds are not asked. Three queries."""
    prefix = scope.prefix(Permission.VIEW_WORK)
    if prefix is None:
        return []
    path, is_below = prefix
    units = units_below(path, on) if is_below else {}
    ids = {pk for each in units.values() for pk in each} | set(units)
    known = Organization.objects.in_bulk(ids)
    asked = {
        unit: [pk for pk in each if pk in known and known[pk].kind in kinds] for unit, each in units.items()
    }  # fmt: skip
    return rows_of({unit: each for unit, each in asked.items() if each}, known, begun, done)


def rows_of(
    asked: Mapping[int, list[int]], known: Mapping[int, Organization], begun: Iterable[int], done: Iterable[int]
) -> list[CoverageRow]:
    """Unit → the organisations that are asked, against those that have begun and those that are done."""
    finished = frozenset(done)
    started = frozenset(begun) | finished
    return [
        CoverageRow(known[row.unit_id], row, [known[pk] for pk in asked[row.unit_id] if pk not in started])
        for row in coverage(asked, started, finished)
    ]


def totals(rows: Iterable[CoverageRow]) -> Coverage:
    """All units together."""
    counts = [row.counts for row in rows]
    return Coverage(
        0, sum(one.expected for one in counts), sum(one.begun for one in counts), sum(one.done for one in counts)
    )
