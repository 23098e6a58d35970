"""Expected codes of dues: persons for those who keep them, sums for leaders too, one's own for a member."""

from typing import Any

from branches.enums import ImportKind
from branches.models import Organization
from members.models import DuesBase, DuesEntry, DuesUse, DuesUseProof
from tests.access.members_transfers import branch_at
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
from tests.factories.members import MembershipFactory
from tests.factories.transfers import DuesBaseFactory, DuesEntryFactory, DuesUseFactory, DuesUseProofFactory

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _month(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    return {"pk": branch.pk, "month": "2026-02"} if branch else None


def _year(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    return {"pk": branch.pk, "year": 2026} if branch else None


def _report(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk, "year": 2026}


def _organization(world: World, organization: Organization) -> dict[str, Any]:
    return {"pk": organization.pk}


def _member(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    return {"pk": MembershipFactory(organization=branch).member_id} if branch else None


def _entry(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    if branch is None:
        return None
    found = DuesEntry.objects.filter(organization=branch).first()
    return {"pk": (found or DuesEntryFactory(organization=branch, paid=90, paid_on="2026-02-09")).pk}


def _asked(world: World, organization: Organization) -> dict[str, Any] | None:
    branch = branch_at(organization)
    if branch is None:
        return None
    found = DuesBase.objects.filter(asker=branch).first()
    made = found or DuesBaseFactory(
        member=MembershipFactory(organization=branch).member, kind="exempt", amount=0, reason="困难", state="asked",
        asker=branch,
    )  # fmt: skip
    return {"pk": made.pk}


def _use(world: World, organization: Organization) -> dict[str, Any]:
    found = DuesUse.objects.filter(organization=organization).first()
    return {"pk": (found or DuesUseFactory(organization=organization)).pk}


def _proof(world: World, organization: Organization) -> dict[str, Any]:
    pk = _use(world, organization)["pk"]
    found = DuesUseProof.objects.filter(use=pk).first()
    return {"pk": (found or DuesUseProofFactory(use_id=pk)).pk}


TABLE = {
    "members:dues_list": Row(get=only(200, *READERS), post=NEVER),
    "members:dues_export": Row(get=only(200, *READERS), post=NEVER),
    "members:dues_own": Row(get=only(200, "member"), post=NEVER),
    "members:dues_arrears": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:dues_arrears_export": Row(get=only(200, *KEEPERS), post=NEVER),
    **upload_rows("members:dues_base_import", "members:dues_base_upload_", ImportKind.DUES_BASES, *KEEPERS),
    "members:dues_base_list": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:dues_base_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_member),
    "members:dues_base_decide": Row(get=only(200, "staff"), post=only(422, "staff"), at=_asked),
    "members:dues_entry": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_entry),
    "members:dues_use_list": Row(get=only(200, *KEEPERS), post=NEVER),
    "members:dues_use_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_organization),
    "members:dues_use_void": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_use),
    "members:dues_use_proofs": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_use),
    "members:dues_use_proof": Row(get=only(200, *KEEPERS), post=NEVER, at=_proof),
    "members:dues_use_proof_remove": Row(get=NEVER, post=only(302, *KEEPERS), at=_proof, place_method="post"),
    "members:dues_month": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_month),
    "members:dues_open": Row(get=NEVER, post=only(302, *KEEPERS), at=_month, place_method="post"),
    "members:dues_close": Row(get=NEVER, post=only(302, *KEEPERS), at=_month, place_method="post"),
    "members:dues_year": Row(get=only(200, *KEEPERS), post=NEVER, at=_year),
    "members:dues_year_export": Row(get=only(200, *KEEPERS), post=NEVER, at=_year),
    "members:dues_report": Row(get=only(200, *KEEPERS), post=NEVER, at=_report),
    # A member sees his own dues and nobody else's.
    "members:dues_member": Row(get=only(200, *KEEPERS, member=404), post=NEVER, at=_member),
}
