"""The people whom a workbook names without a number."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from branches.models import Organization
from members.models import Member, Membership


def people_named(names: Collection[str], under: Organization | None, on: date) -> dict[str, list[tuple[Member, str]]]:
    """Name → those who bear it on the rosters of the day below ``under``, each with the path of his branch."""
    found: dict[str, list[tuple[Member, str]]] = defaultdict(list)
    places = Membership.objects.on(on).filter(member__name__in=set(names) - {""})
    if under is not None:
        places = places.filter(organization__path__startswith=under.path)
    for place in places.select_related("member", "organization").order_by("pk"):
        found[place.member.name].append((place.member, place.organization.path))
    return found
