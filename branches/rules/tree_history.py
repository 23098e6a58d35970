"""How the tree stood on a day: later changes taken back, the newest first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Standing:
    """An organisation as it stood on a day."""

    pk: int
    parent_id: int | None
    name: str
    kind: str
    founded_on: date | None = None
    dissolved_on: date | None = None
    position: int = 0

    def exists_on(self, day: date) -> bool:
        """Founded by the day (or on a day that nobody knows) and not yet dissolved on it."""
        return (self.founded_on is None or self.founded_on <= day) and (
            self.dissolved_on is None or self.dissolved_on > day
        )


@dataclass(frozen=True)
class PastChange:
    """What a change of an organisation put aside: the name or the superior that it had before."""

    organization_id: int
    effective_on: date
    order: int
    before: Mapping[str, Any]


def stood_on(now: Iterable[Standing], changes: Iterable[PastChange], on: date) -> dict[int, Standing]:
    """Id → how each organisation stood that existed on the day; ``now`` is how all of them stand today."""
    found = {one.pk: one for one in now}
    for change in sorted(changes, key=lambda change: (change.effective_on, change.order), reverse=True):
        one = found.get(change.organization_id)
        if one is None or change.effective_on <= on:
            continue
        if "name" in change.before:
            one = replace(one, name=change.before["name"])
        if "parent_id" in change.before:
            one = replace(one, parent_id=change.before["parent_id"])
        found[one.pk] = one
    return {pk: one for pk, one in found.items() if one.exists_on(on)}


def below_of(standing: Mapping[int, Standing]) -> dict[int | None, list[Standing]]:
    """Superior → those directly under it, in their order; who has no superior that day stands under None."""
    found: dict[int | None, list[Standing]] = {}
    for one in sorted(standing.values(), key=lambda one: (one.position, one.pk)):
        found.setdefault(one.parent_id if one.parent_id in standing else None, []).append(one)
    return found


def path_on(standing: Mapping[int, Standing], pk: int) -> list[int]:
    """Ids from the top of that day down to the organisation."""
    path: list[int] = []
    one = standing.get(pk)
    while one is not None and one.pk not in path:
        path.append(one.pk)
        one = standing.get(one.parent_id) if one.parent_id is not None else None
    return path[::-1]
