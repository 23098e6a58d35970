"""The workbook of rows that were not taken: as they were written, with the reason; it can be mended and sent again."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from partybuild.lib.workbook.errors import RowError
from partybuild.lib.workbook.reading import SheetFound, Table
from partybuild.lib.workbook.writing import OutColumn, Sheet, write_table

_LEAD = (OutColumn("原行号", 8), OutColumn("未导入原因", 40))


def write_error_report(stream: IO[bytes], table: Table, errors: Iterable[RowError]) -> int:
    """Write each refused row once, with all its reasons and the wrong cells marked; how many rows that were."""
    by_row: dict[tuple[str, int], list[RowError]] = {}
    for error in errors:
        by_row.setdefault((error.sheet, error.row), []).append(error)
    return write_table(stream, [_sheet(found, table, by_row) for found in table.sheets])


def write_error_list(stream: IO[bytes], errors: Iterable[RowError]) -> int:
    """Write the errors alone, when the rows are no longer there: sheet, row, column, value, reason."""
    rows = [(error.sheet, error.row, error.column, error.value, error.reason) for error in errors]
    columns = [
        OutColumn("工作表"),
        OutColumn("行号", 8),
        OutColumn("列"),
        OutColumn("内容"),
        OutColumn("未导入原因", 40),
    ]
    return write_table(stream, [Sheet("未导入的行", columns, rows, title="未导入的行")])


def _sheet(found: SheetFound, table: Table, by_row: dict[tuple[str, int], list[RowError]]) -> Sheet:
    titles = ["" if cell is None else str(cell).strip() for cell in found.cells]
    rows: list[Sequence[Any]] = []
    marked: set[tuple[int, int]] = set()
    for row in table.rows:
        wrong = by_row.get((row.sheet, row.number)) if row.sheet == found.name else None
        if not wrong:
            continue
        names = {error.column for error in wrong}
        marked.update((len(rows), place + len(_LEAD)) for place, title in enumerate(titles) if title in names)
        reasons = "；".join(dict.fromkeys(_named(error) for error in wrong))
        cells = [*row.cells, *[None] * (len(titles) - len(row.cells))][: len(titles)]
        rows.append([row.number, reasons, *cells])
    note = "请在本表中改正后重新导入，“原行号”“未导入原因”两列不用删除。"
    columns = [*_LEAD, *(OutColumn(title) for title in titles)]
    return Sheet(found.name, columns, rows, note=note, marked=frozenset(marked))


def _named(error: RowError) -> str:
    return f"{error.column}：{error.reason}" if error.column else error.reason
