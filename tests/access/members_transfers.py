"""Expected codes of transfers of membership. Each stands at a branch; of a superior a branch below it."""

from typing import Any

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import Transfer
from tests.access.table import NEVER, Row, World, only
from tests.factories.branches import BranchFactory
from tests.factories.members import MembershipFactory
from tests.factories.transfers import TransferFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")
LETTER = {"direction": "out", "to_organization": None, "outside_name": "外省某机关党委"}


def branch_at(organization: Organization) -> Organization | None:
    """The branch itself, of a superior one below it; a 党小组 has none."""
    if organization.kind == OrganizationKind.GROUP:
        return None
    if organization.kind == OrganizationKind.BRANCH:
        return organization
    return BranchFactory(parent=organization)


def outgoing(world: World, organization: Organization) -> dict[str, Any] | None:
    """One that waits for approval, to a branch of which the viewers know nothing."""
    branch = branch_at(organization)
    if branch is None:
        return None
    found = Transfer.objects.filter(from_organization=branch, state="started").first()
    made = found or TransferFactory(from_organization=branch, state="started", sent_on=None)
    return {"pk": made.pk}


def incoming(world: World, organization: Organization) -> dict[str, Any] | None:
    """One that is addressed to the branch, from a branch of which the viewers know nothing."""
    branch = branch_at(organization)
    if branch is None:
        return None
    found = Transfer.objects.filter(to_organization=branch, state="pending").first()
    return {"pk": (found or TransferFactory(to_organization=branch)).pk}


def letter(world: World, organization: Organization) -> dict[str, Any] | None:
    """One out of the tree, whose letter has been issued by the superior of the branch."""
    branch = branch_at(organization)
    if branch is None:
        return None
    found = Transfer.objects.filter(from_organization=branch, direction="out").first()
    made = found or TransferFactory(
        from_organization=branch, issuer=branch, letter_year=2026, letter_number=1, **LETTER
    )
    return {"pk": made.pk}


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    return {"pk": MembershipFactory(organization=branch).member_id} if branch else None


TABLE = {
    "members:transfer_list": Row(get=only(200, *READERS), post=NEVER),
    "members:transfer_export": Row(get=only(200, *READERS), post=NEVER),
    "members:transfer_pick": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:transfer_branches": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:transfer_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    "members:transfer_detail": Row(get=only(200, *READERS), post=NEVER, at=incoming),
    "members:transfer_approve": Row(get=NEVER, post=only(302, "staff"), at=outgoing, place_method="post"),
    # What waits for approval is sent back by the superior alone.
    "members:transfer_refuse": Row(
        get=only(200, "staff"),
        post=only(422, "staff"),
        at=outgoing,
        places={"secretary": {"parent": 404, "sibling": 404, "foreign": 404}},
    ),
    "members:transfer_withdraw": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=outgoing),
    "members:transfer_letter": Row(get=only(200, *KEEPERS), post=NEVER, at=letter),
}
