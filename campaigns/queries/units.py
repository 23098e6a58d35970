"""The superior unit of each organisation: where its assignments are dispatched from and its records reviewed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from branches.enums import OrganizationKind
from branches.models import Organization

COMMITTEES = frozenset({OrganizationKind.COMMITTEE.value, OrganizationKind.LEADING_GROUP.value})


def unit_id(ancestors: Iterable[tuple[int, str]], own_id: int) -> int:
    """The nearest ancestor that is a committee, else the parent; the root is its own. ``ancestors`` run root first."""
    nearest_first = list(ancestors)[::-1]
    if not nearest_first:
        return own_id
    return next((pk for pk, kind in nearest_first if kind in COMMITTEES), nearest_first[0][0])


def unit_of(organization: Organization) -> int:
    """The superior unit of one organisation; one query."""
    ids = organization.ancestor_ids
    kinds = dict(Organization.objects.filter(pk__in=ids).values_list("pk", "kind"))
    return unit_id([(pk, kinds[pk]) for pk in ids], organization.pk)


def units_below(root_path: str, on: date) -> dict[int, list[int]]:
    """Unit → ids of its organisations, for everything in force under a node; party groups are left out, for what is
    due from them is due from their branch. Two queries."""
    root_ids = [int(part) for part in root_path.split("/")[:-1]]
    kinds = dict(Organization.objects.filter(pk__in=root_ids).values_list("pk", "kind"))
    rows = (
        Organization.objects.filter(path__startswith=root_path)
        .exclude(kind=OrganizationKind.GROUP)
        .order_by("path")
        .values_list("pk", "path", "kind", "dissolved_on")
    )
    found: dict[int, list[int]] = defaultdict(list)
    for pk, path, kind, dissolved_on in rows:
        kinds[pk] = kind
        if dissolved_on is None or dissolved_on > on:
            ancestors = [int(part) for part in path.split("/")[:-2]]
            found[unit_id([(each, kinds[each]) for each in ancestors], pk)].append(pk)
    return {unit: sorted(ids) for unit, ids in sorted(found.items())}
