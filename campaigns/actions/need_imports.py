"""Import of needs from Excel: rows in any order, each whole or not at all (C13)."""

from datetime import date

from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.organization_names import OrganizationNames
from branches.rules.uploads import ImportResult
from campaigns.models import Need, WorkNote
from campaigns.rules.need_imports import COLUMNS, EXAMPLE, PRIVATE, NeedEntry, read_row
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.workbook import Table


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to; a need that is there already stays as it is."""
    assert under is not None
    today = clock.today()
    days = rule_table(today).int("need.days")
    entries = [read_row(row, today, days) for row in table.rows]
    names = OrganizationNames(under, set(), today)
    if write:
        Organization.objects.select_for_update(no_key=True).get(pk=under.pk)
    known = set(Need.objects.filter(organization=under).values_list("title", "raised_on", "owner_id"))
    result, made = ImportResult(), []
    for entry in entries:
        owner = _owner(entry, names, under)
        if owner is None or entry.raised_on is None or entry.due_on is None or entry.problems:
            result.refuse_row(table, entry.row, entry.problems)
            continue
        key = (entry.title, entry.raised_on, owner.pk)
        if key in known:
            result.unchanged += 1
            continue
        known.add(key)
        made.append(_need(entry, under, owner, entry.raised_on, entry.due_on))
        result.created += 1
        result.notes += [table.error(entry.row, note.field, note.reason) for note in entry.notes]
    if write:
        _write(by, made)
    return result


def _owner(entry: NeedEntry, names: OrganizationNames, under: Organization) -> Organization | None:
    if not entry.owner:
        return under
    found, reason = names.find(entry.owner)
    if found is None:
        entry.refuse("owner", reason)
    return found


def _need(entry: NeedEntry, under: Organization, owner: Organization, raised_on: date, due_on: date) -> Need:
    return Need(
        organization=under, owner=owner, kind=entry.kind, asker_kind=entry.asker_kind, asker=entry.asker,
        phone=entry.phone, title=entry.title, content=entry.content, raised_on=raised_on, due_on=due_on,
    )  # fmt: skip


def _write(by: Actor, needs: list[Need]) -> None:
    made = Need.objects.bulk_create(needs, batch_size=500)
    WorkNote.objects.bulk_create(
        (
            WorkNote(
                need=need, verb="register", label="导入登记", at=clock.now(), by_id=by.user_id,
                place_id=by.organization_id,
            )
            for need in made
        ),
        batch_size=500,
    )  # fmt: skip


IMPORTER = Importer(
    kind=ImportKind.NEEDS,
    permission=Permission.DO_WORK,
    verb="导入实事清单",
    columns=COLUMNS,
    run=run,
    private=PRIVATE,
    example=EXAMPLE,
)
