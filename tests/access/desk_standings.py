"""Expected codes of suspending, restoring, leaving and anonymising."""

from datetime import date
from typing import Any

from branches.models import Organization
from members.models import Membership, Standing
from tests.access.members_roster import member_of
from tests.access.table import Row, World, only
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import StandingFactory


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    member = member_of(organization)
    return {"pk": member.pk} if member else None


def _suspended(world: World, organization: Organization) -> dict[str, Any] | None:
    if member_of(organization) is None:
        return None
    found = Standing.objects.filter(kind="suspended", member__memberships__organization=organization).first()
    if found is None:
        found = StandingFactory(member=MembershipFactory(organization=organization).member, kind="suspended")
    return {"pk": found.member_id}


def _former(world: World, organization: Organization) -> dict[str, Any] | None:
    if member_of(organization) is None:
        return None
    found = Membership.objects.of_former().filter(organization=organization).first()
    if found is None:
        left = date(2026, 1, 1)
        found = MembershipFactory(organization=organization, ends_on=left)
        StandingFactory(member=found.member, kind="historical", cause="died", starts_on=left)
    return {"pk": found.member_id}


TABLE = {
    "desk:member_suspend": Row(get=only(200, "staff"), post=only(422, "staff"), at=_member),
    "desk:member_restore": Row(get=only(200, "staff"), post=only(422, "staff"), at=_suspended),
    "desk:member_leave": Row(get=only(200, "staff"), post=only(422, "staff"), at=_member),
    "desk:member_anonymise": Row(get=only(200, "staff"), post=only(422, "staff"), at=_former),
}
