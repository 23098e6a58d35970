"""Who goes on with the records of organisations that were merged into others."""

from collections.abc import Collection, Iterable
from datetime import datetime

from branches.models import OrganizationChange
from branches.models.organization import ChangeKind


def heirs_of(successors: Collection[int]) -> dict[int, int]:
    """Absorbed organisation → that one of these which goes on for it; over several mergers, a query for each."""
    found: dict[int, int] = {}
    asked = {pk: pk for pk in successors}
    while asked:
        rows = OrganizationChange.objects.filter(kind=ChangeKind.MERGED, other__in=asked)
        new = {pk: asked[other] for pk, other in rows.values_list("organization_id", "other_id") if pk not in found}
        found |= new
        asked = new
    return found


def successors_of(organizations: Iterable[int]) -> dict[int, dict[int, datetime]]:
    """Organisation → those that go on for it, each since when (the day on which its merger was entered).

    Over several mergers, a query for each; none where nothing is asked for.
    """
    mergers: dict[int, tuple[int, datetime]] = {}
    asked = set(organizations)
    first = sorted(asked)
    while asked:
        rows = OrganizationChange.objects.filter(kind=ChangeKind.MERGED, organization__in=asked)
        new = {pk: (other, at) for pk, other, at in rows.values_list("organization_id", "other_id", "recorded_at")}
        mergers |= new
        asked = {other for other, _ in new.values()} - set(mergers)
    return {pk: chain for pk in first if (chain := _chain(pk, mergers))}


def _chain(organization_id: int, mergers: dict[int, tuple[int, datetime]]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    here, since = organization_id, None
    while here in mergers and mergers[here][0] not in found:
        here, at = mergers[here]
        since = at if since is None else max(since, at)
        found[here] = since
    return found
