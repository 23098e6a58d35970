"""Expected codes of the sheets of standards and of the weak branches."""

from typing import Any

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import PlanStep, StandardSheet, WeakBranch
from tests.access.table import NEVER, Row, World, only
from tests.factories.members_standards import (
    PlanStepFactory,
    StandardProofFactory,
    StandardSheetFactory,
    WeakBranchFactory,
)

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _sheet_of(organization: Organization) -> StandardSheet | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    found = StandardSheet.objects.filter(organization=organization).first()
    return found or StandardSheetFactory(organization=organization)


def _sheet(world: World, organization: Organization) -> dict[str, Any] | None:
    sheet = _sheet_of(organization)
    return {"pk": sheet.pk} if sheet else None


def _item(world: World, organization: Organization) -> dict[str, Any] | None:
    sheet = _sheet_of(organization)
    return {"pk": sheet.items.get(code="standardised.1").pk} if sheet else None


def _proof(world: World, organization: Organization) -> dict[str, Any] | None:
    sheet = _sheet_of(organization)
    if sheet is None:
        return None
    item = sheet.items.get(code="standardised.1")
    return {"pk": (item.proofs.first() or StandardProofFactory(item=item)).pk}


def _branch(world: World, organization: Organization) -> dict[str, Any] | None:
    return {"pk": organization.pk, "year": 2026} if organization.kind == OrganizationKind.BRANCH else None


def _weak_of(organization: Organization) -> WeakBranch | None:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    return WeakBranch.objects.filter(organization=organization).first() or WeakBranchFactory(organization=organization)


def _weak(world: World, organization: Organization) -> dict[str, Any] | None:
    weak = _weak_of(organization)
    return {"pk": weak.pk} if weak else None


def _step(world: World, organization: Organization) -> dict[str, Any] | None:
    weak = _weak_of(organization)
    return {"pk": (PlanStep.objects.filter(weak=weak).first() or PlanStepFactory(weak=weak)).pk} if weak else None


def _posted(at: Any, code: int = 302) -> Row:
    return Row(get=NEVER, post=only(code, *KEEPERS), at=at, place_method="post")


TABLE = {
    "members:standard_list": Row(get=only(200, *READERS), post=NEVER),
    "members:standard_export": Row(get=only(200, *READERS), post=NEVER),
    "members:standard_open": _posted(_branch),
    "members:standard_detail": Row(get=only(200, *READERS), post=NEVER, at=_sheet),
    # Nothing ticked and nothing written is a sheet too.
    "members:standard_edit": Row(get=only(200, *KEEPERS), post=only(302, *KEEPERS), at=_sheet),
    "members:standard_submit": _posted(_sheet),
    "members:standard_reopen": _posted(_sheet),
    "members:standard_renew": _posted(_sheet),
    "members:standard_check": Row(get=NEVER, post=only(422, "staff"), at=_sheet, place_method="post"),
    "members:standard_proof_add": _posted(_item, 422),
    "members:standard_proof": Row(get=only(200, *READERS), post=NEVER, at=_proof),
    "members:standard_proof_remove": _posted(_proof),
    "members:weak_list": Row(get=only(200, *READERS), post=NEVER),
    "members:weak_export": Row(get=only(200, *READERS), post=NEVER),
    "members:weak_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "members:weak_detail": Row(get=only(200, *READERS), post=NEVER, at=_weak),
    "members:weak_lift": Row(get=only(200, "staff"), post=only(422, "staff"), at=_weak),
    "members:weak_step_add": _posted(_weak, 422),
    "members:weak_step_done": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_step),
    "members:weak_step_drop": _posted(_step),
}
