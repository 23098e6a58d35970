"""Expected codes of the years of members and branches."""

from typing import Any

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import Member
from tests.access.table import NEVER, Row, World, only
from tests.factories.members import MembershipFactory

# A record is seen by all who see the branch's records; a member's year by those who keep or read the roster.
READERS = ("staff", "secretary", "leader", "inspector", "member")
OF_THE_ROSTER = ("staff", "secretary", "leader")
YEAR = 2026


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    found = Member.objects.filter(memberships__organization=organization).first()
    return {"pk": (found or MembershipFactory(organization=organization).member).pk}


def _member_year(world: World, organization: Organization) -> dict[str, Any] | None:
    arguments = _member(world, organization)
    return {**arguments, "year": YEAR} if arguments else None


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _branch_year(world: World, organization: Organization) -> dict[str, Any] | None:
    return {"pk": organization.pk, "year": YEAR} if organization.kind == OrganizationKind.BRANCH else None


TABLE = {
    # The account of the walk's member is linked to nobody: he is sent to the page that says whom to ask.
    "desk:own_year": Row(get=only(302, "member"), post=NEVER),
    "desk:member_year_now": Row(get=only(302, *OF_THE_ROSTER, other=404), post=NEVER, at=_member),
    "desk:member_year": Row(get=only(200, *OF_THE_ROSTER, other=404), post=NEVER, at=_member_year),
    "desk:member_year_document": Row(get=only(200, *OF_THE_ROSTER, other=404), post=NEVER, at=_member_year),
    "desk:branch_year": Row(
        get=only(200, *READERS, sysadmin=403, secadmin=403, auditor=403), post=NEVER, at=_branch_year
    ),
    "desk:branch_year_document": Row(
        get=only(200, *READERS, sysadmin=403, secadmin=403, auditor=403), post=NEVER, at=_branch_year
    ),
    "desk:branch_year_panel": Row(get=only(200, *READERS), post=NEVER, at=_organization),
}
