"""Import of organisations from Excel: rows in any order, each whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branches.actions.organizations import default_code, lock_trees, next_ids
from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization, OrganizationChange
from branches.permissions import Actor, Permission
from branches.queries.organization_names import OrganizationNames
from branches.rules.imports import COLUMNS, EXAMPLE, FIELDS, NOT_TAKEN, OrganizationRow, ambiguous, read_row
from branches.rules.names import initials
from branches.rules.organizations import child_path, refusal_of_parent
from branches.rules.uploads import ImportResult, Problem, place_of
from partybuild.lib import clock
from partybuild.lib.workbook import Table

# The path of ids has 255 characters.
_DEEPEST = 20
_BATCH = 500


@dataclass
class _Node:
    """A row on its way to an organisation: one that is there, or a new one."""

    read: OrganizationRow
    parent_node: "_Node | None" = None
    parent: Organization | None = None
    organization: Organization | None = None
    is_new: bool = False
    depth: int = 0
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        return bool(self.read.problems)


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows, and write the good ones when asked to: at most a handful of statements whatever their number.

    ``by`` is named in the audit entry of the whole import, which the caller leaves.
    """
    if write:
        lock_trees(*([under] if under else Organization.objects.filter(parent=None)))
    today = clock.today()
    nodes = [_Node(read_row(row, today)) for row in table.rows]
    names = OrganizationNames(under, {node.read.code for node in nodes}, today)
    ordered = _settle(nodes, names)
    if write:
        _create([node for node in ordered if node.is_new and not node.refused], today)
        _update([node for node in ordered if node.changes and not node.refused], today)
    return _result(table, nodes)


def _settle(nodes: list[_Node], names: OrganizationNames) -> list[_Node]:
    """Find each row's superior and what it stands for, superiors first; returns the rows in that order."""
    _refuse_repeated_codes(nodes)
    below = _find_parents(nodes, names)
    ordered: list[_Node] = []
    waiting = below.pop(None, [])
    seen: dict[tuple[object, str], _Node] = {}
    while waiting:
        node = waiting.pop(0)
        _identify(node, names, seen)
        ordered.append(node)
        waiting += below.pop(id(node), [])
    for node in (node for rest in below.values() for node in rest):
        node.read.refuse("parent", "上级党组织之间互为上下级")
    return ordered


def _refuse_repeated_codes(nodes: list[_Node]) -> None:
    first: dict[str, _Node] = {}
    for node in nodes:
        if node.read.code and (above := first.setdefault(node.read.code, node)) is not node:
            node.read.refuse("code", f"编码与{place_of(above.read.row, node.read.row)}重复")


def _find_parents(nodes: list[_Node], names: OrganizationNames) -> dict[int | None, list[_Node]]:
    """The rows by the row of their superior (None: it is not in the file)."""
    by_code: dict[str, _Node] = {}
    by_name: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.read.code:
            by_code.setdefault(node.read.code, node)
        for name in {node.read.name, node.read.short_name} - {""}:
            by_name[name].append(node)
    below: dict[int | None, list[_Node]] = defaultdict(list)
    for node in nodes:
        written = node.read.parent
        if written in by_code:
            found = [by_code[written]]
        else:
            found = [] if names.with_code(written) else [one for one in by_name.get(written, ()) if one is not node]
        if len(found) > 1:
            found = _told_apart(node, found)
        node.parent_node = found[0] if found else None
        below[id(node.parent_node) if node.parent_node else None].append(node)
    return below


def _told_apart(node: _Node, found: list[_Node]) -> list[_Node]:
    """Rows that repeat one organisation are no doubt; rows of several organisations with one name are."""
    first = found[0].read
    same = [one for one in found if not one.read.code and not first.code and one.read.parent == first.parent]
    if len(same) == len(found):
        return found[:1]
    node.read.refuse("parent", ambiguous([one.read.code or f"第 {one.read.row.number} 行" for one in found]))
    return []


def _identify(node: _Node, names: OrganizationNames, seen: dict[tuple[object, str], _Node]) -> None:
    """What the row stands for: by its code, else by its name under its superior; checked against what is there."""
    read = node.read
    if read.problems:
        return
    found = names.with_code(read.code) if read.code else None
    if found is None and read.code in names.foreign_codes:
        read.refuse("code", "该编码已被导入范围外的党组织使用")
        return
    _place(node, names, found)
    if read.problems:
        return
    key = (id(node.parent_node) if node.parent_node and node.parent_node.is_new else node.parent, read.name)
    above = seen.setdefault(key, node)
    if above is not node and not (read.code and above.read.code):
        read.refuse("name", f"与{place_of(above.read.row, read.row)}重复")
        return
    _match(node, names, found)


def _place(node: _Node, names: OrganizationNames, found: Organization | None) -> None:
    """Settle the superior; one of an organisation that is there stays what it is."""
    read, above = node.read, node.parent_node
    if above is not None and above.refused:
        read.refuse("parent", f"上级党组织（{place_of(above.read.row, read.row)}）没有导入")
        return
    if above is not None:
        node.parent, node.depth = above.organization, above.depth + 1
    elif found is None and names.is_top(read.name, read.parent):
        node.organization = names.under
        node.parent = names.under.parent if names.under else None
    elif found is not None and names.is_parent_of(found, read.parent):
        node.parent = found.parent
    else:
        node.parent, reason = names.find(read.parent) if read.parent else (names.under, "")
        if reason:
            read.refuse("parent", reason)
    if node.depth > _DEEPEST:
        read.refuse("parent", "党组织层级过多")


def _match(node: _Node, names: OrganizationNames, found: Organization | None) -> None:
    found = found or node.organization
    read, new_parent = node.read, node.parent_node is not None and node.parent_node.is_new
    if found is None and not new_parent:
        found = _named_below(node, names)
    if read.problems:
        return
    if found is None:
        kind_above = node.parent_node.read.kind if new_parent and node.parent_node else None
        kind_above = kind_above or (node.parent.kind if node.parent else None)  # type: ignore[assignment]
        if reason := refusal_of_parent(str(read.kind), kind_above):
            read.refuse("kind", reason)
        node.is_new = not read.problems
        return
    node.organization = found
    _refuse_changed_place(node, found, new_parent)
    node.changes = {} if read.problems else _changes(read, found)
    if node.changes and found.dissolved_on is not None:
        read.refuse("name", "该党组织已撤销，信息不再修改")


def _named_below(node: _Node, names: OrganizationNames) -> Organization | None:
    """The one of this name under the superior: with the row's code still to be given, or with none in the row."""
    read = node.read
    same = names.below(node.parent, read.name)
    if read.code:
        free = [one for one in same if one.code == default_code(one.pk)]
        if same and not free:
            read.notes.append(Problem("code", f"上级党组织下已有同名党组织，编码为 {same[0].code}"))
        return free[0] if len(free) == 1 else None
    if len(same) > 1:
        read.refuse("name", ambiguous([one.code for one in same]))
    return same[0] if len(same) == 1 else None


def _refuse_changed_place(node: _Node, found: Organization, new_parent: bool) -> None:
    read = node.read
    if found.kind != read.kind:
        read.refuse("kind", f"组织类别与现有的不同，现为{found.get_kind_display()}")
    if new_parent or (read.parent and found.parent_id != (node.parent.pk if node.parent else None)):
        read.refuse("parent", "上级党组织与现有的不同，请办理隶属关系调整")


def _changes(read: OrganizationRow, found: Organization) -> dict[str, Any]:
    changes = {name: value for name in FIELDS if (value := getattr(read, name)) and value != getattr(found, name)}
    day, old = changes.get("founded_on"), found.founded_on
    if day and old and not read.has_day and (day.year, day.month) == (old.year, old.month):
        del changes["founded_on"]
    return changes


def _create(nodes: list[_Node], today: date) -> None:
    """New organisations, superiors first, so that each knows its path."""
    for node, pk in zip(nodes, next_ids(len(nodes)), strict=True):
        above = node.parent_node.organization if node.parent_node else node.parent
        read = node.read
        node.organization = Organization(
            pk=pk, parent=above, path=child_path(above.path if above else "", pk), kind=str(read.kind), name=read.name,
            code=read.code or default_code(pk), short_name=read.short_name, initials=initials(read.name),
            department=read.department, contact=read.contact, phone=read.phone, founded_on=read.founded_on,
        )  # fmt: skip
    made = [node.organization for node in nodes if node.organization]
    Organization.objects.bulk_create(made, _BATCH)
    kind = OrganizationChange.Kind.FOUNDED
    _note_changes((one, kind, one.founded_on or today, {}, {"name": one.name}) for one in made)


def _update(nodes: list[_Node], today: date) -> None:
    changed: list[Organization] = []
    trail = []
    for node in nodes:
        organization = node.organization
        assert organization is not None
        before = {name: getattr(organization, name) for name in node.changes}
        for name, value in node.changes.items():
            setattr(organization, name, value)
        organization.initials = initials(organization.name)
        kind = OrganizationChange.Kind.RENAMED if "name" in before else OrganizationChange.Kind.EDITED
        trail.append((organization, kind, today, _plain(before), _plain(node.changes)))
        changed.append(organization)
    fields = sorted({name for node in nodes for name in node.changes})
    if changed:
        Organization.objects.bulk_update(changed, [*fields, "initials"], _BATCH)
        _note_changes(trail)


def _note_changes(trail: Iterable[tuple[Organization, str, date, dict[str, Any], dict[str, Any]]]) -> None:
    now = clock.now()
    OrganizationChange.objects.bulk_create(
        [
            OrganizationChange(
                organization=one, kind=kind, effective_on=on, before=before, after=after, recorded_at=now
            )
            for one, kind, on, before, after in trail
        ],
        _BATCH,
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _result(table: Table, nodes: list[_Node]) -> ImportResult:
    result = ImportResult()
    for node in nodes:
        if node.refused:
            result.refuse_row(table, node.read.row, node.read.problems)
            continue
        result.notes += [table.error(node.read.row, note.field, note.reason) for note in node.read.notes]
        result.created += node.is_new
        result.updated += bool(node.changes)
        result.unchanged += not node.is_new and not node.changes
    return result


IMPORTER = Importer(
    kind=ImportKind.ORGANIZATIONS,
    permission=Permission.MANAGE_ORGANIZATION,
    verb="导入党组织",
    columns=COLUMNS,
    not_taken=NOT_TAKEN,
    private=frozenset({"phone"}),
    example=EXAMPLE,
    run=run,
)
"""How a file of organisations is imported."""
