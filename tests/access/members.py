"""Expected codes of the members floor."""

from typing import Any

from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from members.models import Member, Office
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

READERS = ("staff", "secretary", "leader")
KEEPERS = ("staff", "secretary")


def _member_of(organization: Organization) -> Member | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    found = Member.objects.filter(memberships__organization=organization).first()
    return found or MembershipFactory(organization=organization).member


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    member = _member_of(organization)
    return {"pk": member.pk} if member else None


def _office(world: World, organization: Organization) -> dict[str, Any]:
    found = Office.objects.filter(organization=organization).first()
    return {"pk": (found or OfficeFactory(member=MemberFactory(), organization=organization)).pk}


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


TABLE = {
    # Accounts with their posts: 安全管理员 alone.
    "members:account_slips": Row(get=only(200, "secadmin"), post=only(422, "secadmin")),
    "members:register_list": Row(get=only(200, *READERS, "inspector"), post=NEVER),
    "members:member_list": Row(get=only(200, *READERS), post=NEVER),
    "members:member_export": Row(get=only(200, *READERS), post=NEVER),
    "members:member_export_full": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:member_detail": Row(get=only(200, *READERS), post=NEVER, at=_member),
    "members:member_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    "members:member_group": Row(get=NEVER, post=only(302, *KEEPERS), at=_member, place_method="post"),
    "members:member_personal": Row(get=NEVER, post=only(422, *KEEPERS), at=_member, place_method="post"),
    "members:office_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    "members:office_end": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_office),
    **upload_rows("members:member_import", "members:upload_", ImportKind.MEMBERS, *KEEPERS),
    # A workbook belongs to the one who sent it, whatever the rights of others.
    # Without htmx the list itself answers.
    "members:organization_roster": Row(get=only(302, *READERS), post=NEVER, at=_organization),
}
