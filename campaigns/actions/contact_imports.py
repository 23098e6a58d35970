"""Import of contact points and pairings from Excel; each row goes the way of the form (C11)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from branches.actions.row_imports import Taken, take_rows
from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from branches.rules.uploads import ImportResult
from campaigns.actions.contacts import change_contact, open_contact
from campaigns.models import Contact
from campaigns.rules.contact_imports import COLUMNS, EXAMPLE, ContactRow, read_row, usual_start
from campaigns.rules.contacts import PartnerKind
from members.models import Member
from members.queries.named_people import people_named
from partybuild.lib import clock
from partybuild.lib.workbook import Table


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to.

    A contact is known by organisation, kind, year, partner and leader; what the file tells besides is brought up to
    date, and empty cells change nothing.
    """
    today = clock.today()
    rows = [read_row(row, today) for row in table.rows]
    places = RowPlaces(by, under, today)
    people = people_named({row.leader for row in rows}, under, today)

    def take(read: ContactRow) -> Taken:
        organization, reason = places.own_or(read.organization, Permission.DO_WORK)
        if organization is None:
            raise ValidationError({"organization": reason})
        return _take(by, read, organization, _leader(read, people, organization), _partner(read, places), today)

    return take_rows(table=table, rows=rows, take=take, write=write)


def _leader(read: ContactRow, people: dict[str, list[tuple[Member, str]]], organization: Organization) -> Member | None:
    """The person of this name: on the roster of the organisation or below it, else anywhere in reach."""
    if not read.leader:
        return None
    found = people.get(read.leader, [])
    near = [member for member, path in found if path.startswith(organization.path)]
    chosen = near or [member for member, _ in found]
    if len(chosen) != 1:
        reason = "名册中有多名同名党员，请在页面上登记" if chosen else "名册中没有这名党员"
        raise ValidationError({"leader": reason})
    return chosen[0]


def _partner(read: ContactRow, places: RowPlaces) -> Organization | None:
    """The party organisation in reach that the partner is."""
    if read.values["partner_kind"] != PartnerKind.BRANCH:
        return None
    found, _ = places.find(read.partner)
    return found


def _take(
    by: Actor, read: ContactRow, organization: Organization, leader: Member | None, partner: Organization | None,
    today: date,
) -> Taken:  # fmt: skip
    known = Contact.objects.running().filter(
        organization=organization, kind=read.kind, year=read.year, partner=read.partner, leader=leader
    )
    told: dict[str, Any] = read.values | ({"partner_organization": partner} if partner else {})
    if contact := known.first():
        if all(getattr(contact, name) == value for name, value in told.items()):
            return Taken.UNCHANGED
        change_contact(by=by, contact=contact, **told)
        return Taken.UPDATED
    told.setdefault("starts_on", usual_start(read.year, today))
    open_contact(
        by=by, organization=organization, kind=read.kind, year=read.year, leader=leader, partner=read.partner, **told
    )
    return Taken.CREATED


IMPORTER = Importer(
    kind=ImportKind.CONTACTS, permission=Permission.DO_WORK, verb="导入联系点", columns=COLUMNS, run=run,
    example=EXAMPLE,
)  # fmt: skip
"""How a ledger of contacts is imported."""
