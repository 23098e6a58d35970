"""Reads a table from a workbook that somebody sent: finds the heading row, matches headings, gives the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from partybuild.lib.dates import day_text
from partybuild.lib.workbook.errors import RowError, WorkbookError
from partybuild.lib.workbook.headings import Column, Heading, HeadingRow, read_heading_row
from partybuild.lib.workbook.parsing import Parsed, RawRow, Value, parse

# Title, unit, date and notes stand above the headings; more than this nobody writes there.
_SEARCHED_ROWS = 30
_LONGEST_HEADING = 60

NO_DATA = "文件中没有数据。"
NO_ROWS = "表头下面没有数据，请填写后再上传。"


class Place(NamedTuple):
    """Where a row stands."""

    sheet: str
    number: int


class Row(NamedTuple):
    """A row of data: where it stands, its values by field (only those filled in), all its cells."""

    sheet: str
    number: int
    values: Mapping[str, Value]
    cells: Sequence[Value]

    @property
    def place(self) -> Place:
        return Place(self.sheet, self.number)

    def get(self, field: str) -> Value:
        return self.values.get(field)

    def text(self, field: str) -> str:
        """The value as a person would read it, without blanks around it; empty when there is none."""
        value = self.values.get(field)
        return value.strip() if type(value) is str else as_text(value)


@dataclass(frozen=True)
class SheetFound:
    """A sheet that has a heading row."""

    name: str
    heading_row: int
    headings: HeadingRow
    cells: Sequence[Value]


@dataclass(frozen=True)
class Table:
    """What was read. ``rows`` can be gone over again and again; it is not kept in memory."""

    columns: Sequence[Column]
    sheets: Sequence[SheetFound]
    skipped_sheets: Sequence[str]
    rows: "Rows"

    @property
    def matched(self) -> dict[str, Heading]:
        """The column of each field, in the first sheet that has it."""
        found: dict[str, Heading] = {}
        for sheet in reversed(self.sheets):
            found.update(sheet.headings.matched)
        return found

    @property
    def missing(self) -> list[Column]:
        """The required columns that some sheet lacks."""
        return [
            column
            for column in self.columns
            if column.required and any(column.field not in sheet.headings.matched for sheet in self.sheets)
        ]

    @property
    def ignored(self) -> list[str]:
        """Headings in the file that no field asks for."""
        return list(dict.fromkeys(text for sheet in self.sheets for text in sheet.headings.ignored))

    def error(self, row: Row, field: str, reason: str) -> RowError:
        """An error at a field of a row, named as the file names it."""
        heading = self._sheet(row.sheet).headings.matched.get(field)
        titles = {column.field: column.title for column in self.columns}
        column = heading.text if heading else titles.get(field, "")
        return RowError(row.sheet, row.number, column, row.text(field), reason)

    def _sheet(self, name: str) -> SheetFound:
        return next(sheet for sheet in self.sheets if sheet.name == name)


class Rows:
    """The rows of all sheets of a table, in order. Rows without a value in any wanted column are left out."""

    def __init__(self, parsed: Parsed, sheets: Sequence[SheetFound]):
        self._parsed = parsed
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._count: int | None = None

    def __iter__(self) -> Iterator[Row]:
        places = {
            name: [(field, heading.column) for field, heading in sheet.headings.matched.items()]
            for name, sheet in self._sheets.items()
        }
        for raw in self._parsed:
            sheet = self._sheets.get(raw.sheet)
            if sheet is None or raw.number <= sheet.heading_row:
                continue
            values = _values(raw.cells, places[raw.sheet])
            if values and not _repeats(values, sheet):
                yield Row(raw.sheet, raw.number, values, raw.cells)

    def texts(self, *fields: str) -> set[str]:
        """What stands in these columns, each text once: quicker than going over the rows."""
        columns = {
            name: [heading.column for field, heading in sheet.headings.matched.items() if field in fields]
            for name, sheet in self._sheets.items()
        }
        found = {
            raw.cells[column]
            for raw in self._parsed
            for column in columns.get(raw.sheet, ())
            if column < len(raw.cells)
        }
        return {as_text(value) for value in found} - {""}

    def __len__(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self)
        return self._count


def read_table(path: str | Path, columns: Sequence[Column]) -> Table:
    """Read all visible sheets that have a heading row with these columns; raises ``WorkbookError`` for a bad file."""
    parsed = parse(Path(path))
    sheets, skipped = [], []
    for name, rows in parsed.heads(_SEARCHED_ROWS):
        found = _find_headings(name, rows, columns)
        if found:
            sheets.append(found)
        else:
            skipped.append(name)
    if not sheets:
        raise WorkbookError(_no_heading_row(columns) if skipped else NO_DATA)
    table = Table(columns, sheets, skipped, Rows(parsed, sheets))
    if next(iter(table.rows), None) is None:
        raise WorkbookError(NO_ROWS)
    return table


def as_text(value: Value) -> str:
    """A cell as a person would read it: 3 not 3.0, 是 and 否, 2026年3月5日."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date):
        return day_text(value)
    return str(value).strip()


def _find_headings(name: str, rows: Sequence[RawRow], columns: Sequence[Column]) -> SheetFound | None:
    """The row in which most headings are known; only where no row has two known ones do near ones decide."""
    needed = min(2, len(columns))
    for guess in (False, True):
        best, most = None, needed - 1
        for raw in rows:
            count = len(read_heading_row(_short(raw.cells), columns, guess=guess).matched)
            if count > most:
                best, most = raw, count
        if best:
            return SheetFound(name, best.number, read_heading_row(_short(best.cells), columns), best.cells)
    return None


def _short(cells: Sequence[Value]) -> list[Value]:
    return [cell if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING else None for cell in cells]


def _values(cells: Sequence[Value], places: Sequence[tuple[str, int]]) -> dict[str, Value]:
    """What is filled in, by field."""
    width = len(cells)
    values: dict[str, Value] = {}
    for field, column in places:
        if column < width:
            value = cells[column]
            if type(value) is str:
                value = value.strip()
            if value is not None and value != "":
                values[field] = value
    return values


def _repeats(values: Mapping[str, Value], sheet: SheetFound) -> bool:
    """The heading row again: a merged one that is two rows high, or one on each printed page."""
    matched = sheet.headings.matched
    field = next(iter(values))
    if len(values) < len(matched) or values[field] != matched[field].text:
        return False
    return all(value == matched[field].text for field, value in values.items())


def _no_heading_row(columns: Sequence[Column]) -> str:
    required = [column.title for column in columns if column.required] or [column.title for column in columns]
    shown = "、".join(required[:8])
    return f"没有找到表头。表中应有一行列名，包括：{shown}。"
