"""Expected codes of marks, basic data, own data, corrections and extracts."""

from typing import Any

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import Correction, Member, Membership, Standing
from tests.access.table import NEVER, Row, World, only
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import CorrectionFactory, StandingFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def member_of(organization: Organization) -> Member | None:
    """Somebody on the roster of a branch."""
    if organization.kind != OrganizationKind.BRANCH:
        return None
    place = Membership.objects.filter(organization=organization, ends_on=None).order_by("pk").first()
    return (place or MembershipFactory(organization=organization)).member


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    member = member_of(organization)
    return {"pk": member.pk} if member else None


def _lost(world: World, organization: Organization) -> dict[str, Any] | None:
    member = member_of(organization)
    if member is None:
        return None
    found = Standing.objects.filter(member=member, kind="lost").first()
    return {"pk": (found or StandingFactory(member=member)).pk}


def _correction(world: World, organization: Organization) -> dict[str, Any] | None:
    member = member_of(organization)
    if member is None:
        return None
    found = Correction.objects.filter(member=member).first()
    return {"pk": (found or CorrectionFactory(member=member, organization=organization)).pk}


TABLE = {
    "members:member_find": Row(get=NEVER, post=only(302, "staff", "secretary", "leader")),
    "members:basics_list": Row(get=only(200, *READERS), post=NEVER),
    "members:basics_export": Row(get=only(200, *READERS), post=NEVER),
    "members:lost_list": Row(get=only(200, *READERS), post=NEVER),
    "members:lost_export": Row(get=only(200, *READERS), post=NEVER),
    "members:search_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_lost),
    "members:standing_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    "members:standing_end": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_lost),
    "members:member_extract": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    # The page of whoever is a member; the account of the role 党员 is not linked to one here.
    "members:own_page": Row(get=only(200, "member"), post=only(422, "member")),
    "members:own_extract": Row(get=NEVER, post=only(403)),
    "members:correction_list": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:correction_answer": Row(get=NEVER, post=only(302, *KEEPERS), at=_correction, place_method="post"),
}
