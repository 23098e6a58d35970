"""Import of year facts from Excel (N13, N14); each row goes the way of the form."""

from django.core.exceptions import ValidationError

from branches.actions.row_imports import Taken, take_rows
from branches.actions.uploads import Importer
from branches.enums import ImportKind
from branches.models import Organization
from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from branches.rules.uploads import ImportResult, place_of
from members.actions.year_facts import record_year_facts
from members.models import YearFacts
from members.queries.year_facts import UNITS
from members.rules.year_fact_imports import COLUMNS, EXAMPLE, FactsRow, read_row
from partybuild.lib import clock
from partybuild.lib.workbook import Row, Table

YEARS_BACK = 10


def run(*, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult:
    """Judge all rows and write the good ones when asked to; a unit and a year twice in the file is told the second
    time."""
    today = clock.today()
    places, seen = RowPlaces(by, under, today), dict[tuple[int, int], Row]()
    rows = [read_row(row, today.year) for row in table.rows]

    def take(read: FactsRow) -> Taken:
        organization = _unit(read, places)
        year = _year(read, today.year)
        if (first := seen.setdefault((organization.pk, year), read.row)) is not read.row:
            raise ValidationError({"organization": f"与{place_of(first, read.row)}是同一单位同一年度"})
        return _take(by, read, organization, year)

    return take_rows(table=table, rows=rows, take=take, write=write)


def _unit(read: FactsRow, places: RowPlaces) -> Organization:
    found, reason = places.find(read.code or read.organization)
    if found is None:
        raise ValidationError({"code" if read.code else "organization": reason})
    if found.kind not in UNITS:
        raise ValidationError({"organization": "年度数据由机关党委、党组填报"})
    if not places.may(found, Permission.MANAGE_PARTY_WORK):
        raise ValidationError({"organization": f"无权填报{found.label}的年度数据"})
    return found


def _year(read: FactsRow, this_year: int) -> int:
    year = read.year or this_year
    if not this_year - YEARS_BACK < year <= this_year + 1:
        raise ValidationError({"year": f"应在 {this_year - YEARS_BACK + 1} 年至 {this_year + 1} 年之间"})
    return year


def _take(by: Actor, read: FactsRow, organization: Organization, year: int) -> Taken:
    before = YearFacts.objects.filter(organization=organization, year=year).first()
    if before is not None and all(getattr(before, name) == value for name, value in read.told.items()):
        return Taken.UNCHANGED
    record_year_facts(by=by, organization=organization, year=year, changes=read.told)
    return Taken.UPDATED if before else Taken.CREATED


IMPORTER = Importer(
    kind=ImportKind.YEAR_FACTS, permission=Permission.MANAGE_PARTY_WORK, verb="导入年度数据", columns=COLUMNS, run=run,
    example=EXAMPLE,
)  # fmt: skip
"""How a workbook of year facts is imported."""
