"""Who goes on with the records of organisations that were merged into others."""

from collections.abc import Collection

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
