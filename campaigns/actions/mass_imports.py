"""Import of mass organisations from Excel; each row goes the way of the form (C15)."""

from django.core.exceptions import ValidationError

from branches.actions.row_imports import Taken, take_rows
from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from branches.rules.uploads import ImportResult
from campaigns.actions.mass_work import change_mass, register_mass
from campaigns.models import MassOrganization
from campaigns.rules.mass_imports import COLUMNS, EXAMPLE, MassRow, read_row
from partybuild.lib import clock
from partybuild.lib.workbook import Table


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to.

    A mass organisation is known by its party organisation and its name; empty cells change nothing.
    """
    places = RowPlaces(by, under, clock.today())

    def take(read: MassRow) -> Taken:
        organization, reason = places.own_or(read.organization, Permission.DO_WORK)
        if organization is None:
            raise ValidationError({"organization": reason})
        mass = MassOrganization.objects.filter(organization=organization, name=read.name).first()
        if mass is None:
            register_mass(by=by, organization=organization, name=read.name, **read.values)
            return Taken.CREATED
        if all(getattr(mass, name) == value for name, value in read.values.items()):
            return Taken.UNCHANGED
        change_mass(by=by, mass=mass, **read.values)
        return Taken.UPDATED

    return take_rows(table=table, rows=[read_row(row) for row in table.rows], take=take, write=write)


IMPORTER = Importer(
    kind=ImportKind.MASS, permission=Permission.DO_WORK, verb="导入群团组织", columns=COLUMNS, run=run,
    example=EXAMPLE,
)  # fmt: skip
"""How a ledger of mass organisations is imported."""
