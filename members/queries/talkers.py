"""Who talks with a member."""

from datetime import date

from branches.models import Organization
from members.enums import OfficeKind
from members.models import Member, Office


def talker_for(organization: Organization, member: Member, on: date) -> Member | None:
    """The secretary of the organisation, else the one above him who stands nearest; never the member himself."""
    held = (
        Office.objects.on(on)
        .filter(kind=OfficeKind.SECRETARY, organization__in=[organization.pk, *organization.ancestor_ids])
        .exclude(member=member)
        .select_related("member", "organization")
    )
    nearest = max(held, key=lambda office: len(office.organization.path), default=None)
    return nearest.member if nearest else None
