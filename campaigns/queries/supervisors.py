"""Who is told at an organisation and above it."""

from collections.abc import Iterable

from branches.enums import Role
from branches.models import Organization
from office.queries.notices import people_at

DOERS = (Role.STAFF, Role.SECRETARY)


def supervisors_by(organizations: Iterable[Organization]) -> dict[int, list[int]]:
    """Organisation id → staff of the nearest superior that has any; at the top of a tree its own. One query."""
    rows = list(organizations)
    above = {pk for one in rows for pk in (one.ancestor_ids or [one.pk])}
    people = people_at(above, [Role.STAFF])
    return {
        one.pk: next((people[pk] for pk in reversed(one.ancestor_ids or [one.pk]) if pk in people), []) for one in rows
    }


def supervisors_of(organization: Organization) -> list[int]:
    """Those who supervise one organisation."""
    return supervisors_by([organization])[organization.pk]


def doers_of(organization_id: int) -> list[int]:
    """Staff and secretaries of an organisation itself."""
    return people_at([organization_id], DOERS).get(organization_id, [])
