"""Import of members from Excel: chunk by chunk, each row whole or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from branches.actions.uploads import Importer
from branches.enums import ImportKind, OrganizationKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.organization_names import OrganizationNames
from branches.rules.names import initials
from branches.rules.uploads import ImportResult, Problem, place_of
from members.actions.changes import note_changes
from members.enums import UNDER_DEVELOPMENT, OfficeKind
from members.models import Member, Membership, Office
from members.queries.named_members import KnownMembers
from members.rules.imports import COLUMNS, EXAMPLE, FIELDS, PRIVATE, MemberReader, MemberRow, settle
from partybuild.lib import clock
from partybuild.lib.copying import copy_columns, next_ids
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.workbook import Place, Row, Table

_CHUNK = 1000
_ROW_BITS = 32
_DEFAULTS = [(name, Member._meta.get_field(name).get_default()) for name in FIELDS]  # type: ignore[union-attr]


@dataclass(slots=True)
class _Entry:
    """A row on its way to a member: one that is known, or a new one."""

    read: MemberRow
    hash: str | None = None
    branch: Organization | None = None
    group: Organization | None = None
    member: Member | None = None
    membership: Membership | None = None
    new_id: int = 0
    changes: dict[str, Any] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    moves_group: bool = False

    @property
    def refused(self) -> bool:
        return bool(self.read.problems)

    @property
    def is_new(self) -> bool:
        return self.membership is None


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows, and write the good ones when asked to; memory grows with a chunk, not with the file.

    ``by`` is named in the audit entry of the whole import, which the caller leaves.
    """
    today = clock.today()
    names = OrganizationNames(under, today=today)
    if write:
        _lock(table, names)
    result = ImportResult()
    above, reader = _Above(), MemberReader(today)
    for rows in _chunks(table.rows):
        entries = [_Entry(reader.read(row)) for row in rows]
        _judge(entries, names, above, today)
        if write:
            _write([entry for entry in entries if not entry.refused], by)
        _count(result, table, entries)
    return result


class _Above:
    """What rows further up have taken: numbers, names on a roster, members, the office of secretary.

    Numbers in the place of rows, each name once: all rows of a file stand here, and whole they would fill the memory.
    """

    def __init__(self) -> None:
        self._sheets: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._numbers: dict[int, int] = {}
        self._names: dict[int, dict[str, int]] = defaultdict(dict)
        self._unnumbered: set[tuple[int, str]] = set()
        self.members: dict[int, Place] = {}
        self.secretaries: dict[int, Place] = {}

    def with_number(self, number: str, place: Place) -> Place:
        """The first row with this identity number, this one if there is none; its check character follows from it."""
        return self._place(self._numbers.setdefault(int(number[:-1]), self._key(place)))

    def with_name(self, branch: int, name: str) -> tuple[Place | None, bool]:
        """The first row of this name in the branch, and whether all of them had their numbers."""
        key = self._names[branch].get(name)
        return (None, True) if key is None else (self._place(key), (branch, name) not in self._unnumbered)

    def take_name(self, branch: int, name: str, place: Place, *, has_number: bool) -> None:
        """A row of this name in the branch goes in."""
        name = self._texts.setdefault(name, name)
        self._names[branch].setdefault(name, self._key(place))
        if not has_number:
            self._unnumbered.add((branch, name))

    def _key(self, place: Place) -> int:
        return self._sheets.setdefault(place.sheet, len(self._sheets)) << _ROW_BITS | place.number

    def _place(self, key: int) -> Place:
        return Place(list(self._sheets)[key >> _ROW_BITS], key & (1 << _ROW_BITS) - 1)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _lock(table: Table, names: OrganizationNames) -> None:
    """Rosters change under their organisations' locks, taken in the order of ids."""
    written = table.rows.texts("organization_code", "organization")
    found = {one.pk for text in written for one in names.all_named("".join(text.split()))}
    found |= {one.parent_id for pk in found if (one := names.with_id(pk)) and one.parent_id}
    if names.under:
        found.add(names.under.pk)
    locked = Organization.objects.select_for_update(no_key=True).filter(pk__in=found).order_by("pk")
    list(locked.values_list("pk", flat=True))


def _judge(entries: list[_Entry], names: OrganizationNames, above: _Above, today: date) -> None:
    for entry in entries:
        _place(entry, names)
        _refuse_repeated_number(entry, above)
    hashes = {entry.hash for entry in entries if entry.hash}
    places = {(entry.branch.pk, entry.read.name) for entry in entries if entry.branch and entry.read.name}
    known = KnownMembers(hashes, places)
    for entry in entries:
        _match(entry, known, names)
        if not (entry.refused and not entry.read.name):
            before = {name: getattr(entry.member, name) for name in FIELDS} if entry.member else {}
            entry.changes = settle(entry.read, before, today)
        if not entry.refused:
            _refuse_repeated_person(entry, above)
        if not entry.refused:
            _settle_place(entry, today)
            _settle_offices(entry, known, above, today)


def _place(entry: _Entry, names: OrganizationNames) -> None:
    """The branch and perhaps the group that the row names; without a name the branch that the import is for."""
    read = entry.read
    if not read.organization:
        found = names.under if names.under and names.under.kind == OrganizationKind.BRANCH else None
        reason = "" if found else "请填写所在党支部"
    else:
        found, reason = names.find(read.organization)
    if found is not None and found.kind == OrganizationKind.GROUP:
        entry.group, found = found, names.with_id(found.parent_id)
        reason = "" if found else "该党小组所在的党支部不在导入范围内"
    elif found is not None and found.kind != OrganizationKind.BRANCH:
        reason = "党员只能编入党支部"
    if reason:
        read.refuse("organization", reason)
        return
    entry.branch = found
    if read.group and found is not None:
        groups = [one for one in names.all_named(read.group) if one.parent_id == found.pk]
        entry.group = groups[0] if len(groups) == 1 else None
        if entry.group is None:
            read.refuse("group", "该党支部没有这个党小组")


def _refuse_repeated_number(entry: _Entry, above: _Above) -> None:
    if not entry.read.id_number:
        return
    entry.hash = keyed_hash(entry.read.id_number)
    place = entry.read.row.place
    if (first := above.with_number(entry.read.id_number, place)) != place:
        entry.read.refuse("id_number", f"身份证号与{place_of(first, place)}重复")
        entry.hash = None


def _match(entry: _Entry, known: KnownMembers, names: OrganizationNames) -> None:
    """Who it is: by the number, else by the name on the roster of that branch."""
    read, branch = entry.read, entry.branch
    if branch is None:
        return
    if entry.hash and (member := known.by_hash.get(entry.hash)):
        entry.member, entry.membership = member, known.memberships.get(member.pk)
        if entry.membership is None:
            read.refuse("id_number", _without_place(member))
        elif entry.membership.organization_id != branch.pk:
            place = names.with_id(entry.membership.organization_id)
            where = place.label if place else "导入范围外的党支部"
            read.refuse("organization", f"该党员现在{where}的名册中，请办理组织关系转接")
        elif member.name != read.name:
            read.notes.append(Problem("name", f"名册中该身份证号的姓名为{member.name}，将改为{read.name}"))
        if entry.refused:
            entry.member = entry.membership = None
        return
    same = known.by_place.get((branch.pk, read.name), [])
    if read.id_number:
        same = [member for member in same if not member.id_number]
    if len(same) > 1:
        reason = (
            "名册中没有身份证号的同名党员不止一名，请先补充" if read.id_number else "该党支部有同名党员，请填写身份证号"
        )
        read.refuse("name", reason)
    elif same:
        entry.member, entry.membership = same[0], known.memberships[same[0].pk]


def _without_place(member: Member) -> str:
    if member.kind in UNDER_DEVELOPMENT:
        return f"该身份证号的人员是{member.get_kind_display()}，请在发展党员中办理接收手续"
    return "该身份证号已在名册中，现不在任何党支部，请办理编入手续"


def _refuse_repeated_person(entry: _Entry, above: _Above) -> None:
    """A person stands in a file once; the first row stays. Two of one name in a branch need their numbers."""
    assert entry.branch is not None
    place, has_number = entry.read.row.place, bool(entry.read.id_number)
    found, all_numbered = above.with_name(entry.branch.pk, entry.read.name)
    first = found or place
    if entry.member is not None:
        known = above.members.setdefault(entry.member.pk, place)
        first = known if known != place else first
    if first != place and (not has_number or not all_numbered or above.members.get(_pk(entry)) == first):
        entry.read.refuse("name", f"与{place_of(first, place)}重复；确属两人的，请填写身份证号")
        return
    above.take_name(entry.branch.pk, entry.read.name, first, has_number=has_number)


def _pk(entry: _Entry) -> int:
    return entry.member.pk if entry.member else 0


def _settle_place(entry: _Entry, today: date) -> None:
    """Since when a new member is on the roster: as written, else since the year began, joining or founding."""
    read = entry.read
    if entry.membership is not None:
        entry.moves_group = entry.group is not None and entry.membership.group_id != entry.group.pk
        return
    if read.starts_on is None:
        joined, founded = read.values.get("joined_on"), entry.branch.founded_on if entry.branch else None
        read.starts_on = min(today, max(day for day in (date(today.year, 1, 1), joined, founded) if day))
    elif (joined := read.values.get("joined_on")) and read.starts_on < joined:
        read.refuse("starts_on", "编入时间早于入党时间")


def _settle_offices(entry: _Entry, known: KnownMembers, above: _Above, today: date) -> None:
    """Offices that the member does not hold yet; a branch has one secretary at a time."""
    read, branch = entry.read, entry.branch
    assert branch is not None
    for kind, title in read.offices:
        place = entry.group if kind == OfficeKind.GROUP_LEADER and entry.group else branch
        member_id = entry.member.pk if entry.member else None
        if member_id is not None and (member_id, place.pk, kind, title) in known.offices:
            continue
        if kind == OfficeKind.SECRETARY and not _takes_seat(entry, known, above, place):
            return
        starts_on = read.office_on or read.starts_on or today
        entry.offices.append(Office(organization=place, kind=kind, title=title, starts_on=starts_on))


def _takes_seat(entry: _Entry, known: KnownMembers, above: _Above, place: Organization) -> bool:
    here = entry.read.row.place
    if place.pk in known.secretaries:
        entry.read.refuse("office", "该党支部已有书记，请先办理离任")
        return False
    if (first := above.secretaries.setdefault(place.pk, here)) != here:
        entry.read.refuse("office", f"{place_of(first, here)}已是该党支部书记")
        return False
    return True


def _write(entries: list[_Entry], by: Actor) -> None:
    _create([entry for entry in entries if entry.is_new])
    _update([entry for entry in entries if not entry.is_new and entry.changes], by)
    moved = [entry for entry in entries if entry.moves_group and entry.membership]
    note_changes(
        by=by,
        changes=[
            (entry.member, "group", entry.membership.group, entry.group)
            for entry in moved
            if entry.member and entry.membership
        ],
    )
    for entry in moved:
        entry.membership.group = entry.group  # type: ignore[union-attr]
    Membership.objects.bulk_update([entry.membership for entry in moved if entry.membership], ["group"])
    offices = []
    for entry in entries:
        for office in entry.offices:
            office.member_id = entry.member.pk if entry.member else entry.new_id
            offices.append(office)
    Office.objects.bulk_create(offices)


def _create(entries: list[_Entry]) -> None:
    """New members and their places, by column and without an object for each."""
    ids = next_ids(Member, len(entries))
    for entry, new_id in zip(entries, ids, strict=True):
        entry.new_id = new_id
    columns: dict[str, list[Any]] = {
        name: [entry.changes.get(name, default) for entry in entries] for name, default in _DEFAULTS
    }
    columns |= {
        "id": ids,
        "id_number_hash": [entry.hash for entry in entries],
        "phone_hash": [_phone_hash(phone) for phone in columns["phone"]],
        "initials": [initials(name, 32) for name in columns["name"]],
    }
    copy_columns(Member, columns)
    copy_columns(
        Membership,
        {
            "member_id": ids,
            "organization_id": [entry.branch.pk if entry.branch else None for entry in entries],
            "group_id": [entry.group.pk if entry.group else None for entry in entries],
            "starts_on": [entry.read.starts_on for entry in entries],
        },
    )


def _phone_hash(phone: str | None) -> str | None:
    return keyed_hash(phone) if phone else None


def _update(entries: list[_Entry], by: Actor) -> None:
    """Members who are there get what the rows say; each change is kept with the day of the import."""
    note_changes(
        by=by,
        changes=[
            (entry.member, name, getattr(entry.member, name), value)
            for entry in entries
            if entry.member
            for name, value in entry.changes.items()
        ],
    )
    by_fields: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for entry in entries:
        member, fields = entry.member, set(entry.changes)
        assert member is not None
        for name, value in entry.changes.items():
            setattr(member, name, value)
        if "name" in fields:
            member.initials = initials(member.name, 32)
            fields.add("initials")
        if "id_number" in fields:
            member.id_number_hash = entry.hash
            fields.add("id_number_hash")
        if "phone" in fields:
            member.phone_hash = _phone_hash(member.phone)
            fields.add("phone_hash")
        by_fields[tuple(sorted(fields))].append(member)
    for fields_changed, members in by_fields.items():
        Member.objects.bulk_update(members, fields_changed, 500)


def _count(result: ImportResult, table: Table, entries: list[_Entry]) -> None:
    for entry in entries:
        read = entry.read
        if entry.refused:
            result.refuse_row(table, read.row, read.problems)
            continue
        result.notes += [table.error(read.row, note.field, note.reason) for note in read.notes]
        is_changed = bool(entry.changes or entry.offices or entry.moves_group)
        result.created += entry.is_new
        result.updated += not entry.is_new and is_changed
        result.unchanged += not entry.is_new and not is_changed


IMPORTER = Importer(
    kind=ImportKind.MEMBERS,
    permission=Permission.MANAGE_MEMBER,
    verb="导入党员名册",
    columns=COLUMNS,
    private=PRIVATE,
    example=EXAMPLE,
    run=run,
)
"""How a roster is imported."""
