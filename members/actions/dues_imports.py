"""Import of bases of dues from Excel; each row goes the way of the form. Exemptions are asked for one by one."""

from typing import Any

from django.core.exceptions import ValidationError

from branches.actions.row_imports import Taken, take_rows
from branches.actions.uploads import Importer
from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from branches.rules.uploads import ImportResult, Problem
from members.actions.dues_bases import set_base
from members.models import DuesBase, Member
from members.queries.dues import rates_in
from members.queries.named_members import KnownMembers
from members.rules import dues as rules
from members.rules.dues_imports import COLUMNS, EXAMPLE, PRIVATE, BaseRow, read_row
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.workbook import Table

_TOLD = ("kind", "amount", "until", "basis")


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to.

    A member is known by his number, else by branch and name; a base by member and month. One that the file tells
    otherwise steps back, as on the page; a closed month refuses.
    """
    today = clock.today()
    places = RowPlaces(by, under, today)
    rows = [read_row(row, today) for row in table.rows]
    branches = {row.row.place: _branch(row, places) for row in rows}
    named = {(branch.pk, row.name) for row in rows if (branch := branches[row.row.place]) and row.name}
    known = KnownMembers({keyed_hash(row.id_number) for row in rows if row.id_number}, named)

    def take(read: BaseRow) -> Taken:
        member, branch = _member(read, branches[read.row.place], known, places)
        if not places.may(branch, Permission.MANAGE_DUES):
            raise ValidationError({"organization": f"无权核定{branch.label}的党费"})
        return _take(by, read, member, branch)

    return take_rows(table=table, rows=rows, take=take, write=write)


def _branch(read: BaseRow, places: RowPlaces) -> Organization | None:
    """The branch that the row names, or the one that the import is for; what is wrong goes to the row's problems."""
    if not read.organization:
        own = places.under
        return own if own is not None and own.kind == OrganizationKind.BRANCH else None
    found, reason = places.find(read.organization)
    if found is not None and found.kind == OrganizationKind.GROUP:
        found = places.names.with_id(found.parent_id)
    if reason:
        read.problems.append(Problem("organization", reason))
    return found


def _member(
    read: BaseRow, branch: Organization | None, known: KnownMembers, places: RowPlaces
) -> tuple[Member, Organization]:
    """Who it is, and the branch on whose roster he stands."""
    if not read.id_number:
        return _by_name(read, branch, known)
    member = known.by_hash.get(keyed_hash(read.id_number))
    place = known.memberships.get(member.pk) if member else None
    home = places.names.with_id(place.organization_id) if place else None
    if member is None or home is None:
        raise ValidationError({"id_number": "导入范围内的名册中没有这个身份证号"})
    if member.name != read.name:
        raise ValidationError({"name": "姓名与名册中该身份证号的姓名不一致"})
    if branch is not None and read.organization and branch != home:
        raise ValidationError({"organization": "该党员不在这个党支部的名册中"})
    return member, home


def _by_name(read: BaseRow, branch: Organization | None, known: KnownMembers) -> tuple[Member, Organization]:
    if branch is None:
        raise ValidationError({"organization": "请填写所在党支部或者身份证号"})
    found = known.by_place.get((branch.pk, read.name), [])
    if len(found) != 1:
        reason = "该党支部有同名党员，请填写身份证号" if found else "该党支部的名册中没有这名党员"
        raise ValidationError({"name": reason})
    return found[0], branch


def _take(by: Actor, read: BaseRow, member: Member, branch: Organization) -> Taken:
    assert read.amount is not None
    assert read.effective_from is not None
    if rules.needs_approval(read.kind, read.amount, rates_in(read.effective_from).fixed):
        raise ValidationError({"amount": "少交党费须逐人申请，由上级党组织批准，请在页面上办理"})
    ordinary = DuesBase.objects.in_force().filter(
        member=member, effective_from=read.effective_from, approved_at__isnull=True
    )
    base, values = ordinary.first(), {name: getattr(read, name) for name in _TOLD}
    if base is not None and not _differs(base, values):
        return Taken.UNCHANGED
    set_base(by=by, member=member, organization=branch, effective_from=read.effective_from, **values)
    return Taken.UPDATED if base else Taken.CREATED


def _differs(base: DuesBase, values: dict[str, Any]) -> bool:
    """Whether the file tells something else; an empty basis tells nothing."""
    return any(getattr(base, name) != value for name, value in values.items() if name != "basis" or value)


IMPORTER = Importer(
    kind=ImportKind.DUES_BASES, permission=Permission.MANAGE_DUES, verb="导入党费计算基数", columns=COLUMNS, run=run,
    private=PRIVATE, example=EXAMPLE,
)  # fmt: skip
"""How a workbook of bases is imported."""
