"""Import of entries from Excel: rows in any order, each whole or not at all."""

from collections import defaultdict

from branches.actions import audit
from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.rules.uploads import ImportResult
from campaigns.actions.entries import count_entries
from campaigns.models import Entry
from campaigns.queries.entries import forms_of_study
from campaigns.rules.entries import EntryKind, EntryState, title_of
from campaigns.rules.entry_imports import COLUMNS, EXAMPLE, EntryRow, read_row
from members.models import Membership
from partybuild.lib import clock
from partybuild.lib.workbook import Table

_Key = tuple[int, str, object, str]


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to; an entry that is there already stays as it is."""
    assert under is not None
    today, forms = clock.today(), forms_of_study()
    rows = [read_row(row, today, forms) for row in table.rows]
    if write:
        Organization.objects.select_for_update(no_key=True).get(pk=under.pk)
    people = _people(under, {row.name for row in rows})
    known = _known([place[0] for places in people.values() for place in places])
    result, made = ImportResult(), []
    for row in rows:
        place = _place(row, people)
        if place is None or row.draft is None or row.problems:
            result.refuse_row(table, row.row, row.problems)
            continue
        member_id, organization_id, _ = place
        key: _Key = (member_id, row.draft.kind, row.draft.held_on, title_of(row.draft))
        if key in known:
            result.unchanged += 1
            continue
        known.add(key)
        made.append(_entry(by, row, member_id, organization_id))
        result.created += 1
        result.notes += [table.error(row.row, note.field, note.reason) for note in row.notes]
    if write:
        _write(by, made)
    return result


def _people(under: Organization, names: set[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Name → member, branch and its name, of those on the rosters below today."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    rows = Membership.objects.on(clock.today()).filter(
        organization__path__startswith=under.path, member__name__in=names
    )
    for name, member_id, organization_id, branch in rows.order_by("pk").values_list(
        "member__name", "member_id", "organization_id", "organization__name"
    ):
        found[name].append((member_id, organization_id, branch))
    return found


def _place(row: EntryRow, people: dict[str, list[tuple[int, int, str]]]) -> tuple[int, int, str] | None:
    if not row.name:
        return None
    found = people.get(row.name, [])
    if row.branch:
        found = [place for place in found if row.branch in place[2]]
    if len(found) == 1:
        return found[0]
    row.refuse("name", "名册中有多名同名党员，请写明党支部" if found else "名册中没有这名党员")
    return None


def _known(people: list[int]) -> set[_Key]:
    rows = Entry.objects.exclude(state=EntryState.VOID).filter(member__in=people)
    return set(rows.values_list("member_id", "kind", "held_on", "title"))


def _entry(by: Actor, row: EntryRow, member_id: int, organization_id: int) -> Entry:
    draft, now = row.draft, clock.now()
    assert draft is not None
    is_study = draft.kind == EntryKind.HOURS
    return Entry(
        organization_id=organization_id, member_id=member_id, kind=draft.kind, held_on=draft.held_on,
        title=title_of(draft), text=draft.text.strip(), hours=draft.hours if is_study else None,
        form=draft.form if is_study else "", state=EntryState.CONFIRMED, counts_from=now, updated_at=now,
        filed_by_id=by.user_id,
    )  # fmt: skip


def _write(by: Actor, entries: list[Entry]) -> None:
    made = Entry.objects.bulk_create(entries, batch_size=500)
    rows = Entry.objects.select_related("organization", "member").in_bulk([entry.pk for entry in made])
    for entry in rows.values():
        audit.record(by=by, verb="导入报送", obj=entry, organization=entry.organization)
    count_entries(rows.values())


IMPORTER = Importer(
    kind=ImportKind.ENTRIES,
    permission=Permission.DO_WORK,
    verb="导入个人报送",
    columns=COLUMNS,
    run=run,
    example=EXAMPLE,
)
"""How a workbook of entries is imported."""
