"""Parses one workbook in a process of its own, which may be killed, run out of memory or abort.

Run by path with ``python -I``: it imports nothing of the portal. Arguments: the file, ``xlsx`` or ``xls``, and the
limits in rows, columns, cells, bytes of memory and seconds. On standard output one JSON array a line::

    ["sheet", "name of the sheet"]
    ["rows", [[12, [cells from column A on, without the empty ones at the end]], … up to 200 rows]]

A cell is null, a string, a number, true or false, or ``{"date": …}``, ``{"datetime": …}``, ``{"time": …}`` in ISO form.
Refusals go to standard error as one JSON array, first its code, and exit status 3.
"""

import errno
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

REFUSED = 3
_CHUNK = 1 << 20
_LONGEST_TAG = 1 << 16
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Z]{1,7})([0-9]{1,9})["'][^<>]*>""")
# Any cell beyond column Z or row 99,999: where there is none, no cell needs to be looked at.
_FAR = re.compile(rb"""[A-Z](?:[A-Z]{1,6}[0-9]|[0-9]{6})[0-9]*["']""")
_NEAR_ROWS, _NEAR_COLUMNS = 99_999, 26
_FILLS = 1_000_000
_SLICE = 200


class RefusedError(Exception):
    """Says why, as a code with details."""


def main(path: str, kind: str, rows: int, columns: int, cells: int, memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, PasswordError

    try:
        if kind == "xlsx":
            check_parts(path, rows, columns, cells)
        print_sheets(path, rows, columns, cells)
    except PasswordError as error:
        raise RefusedError("locked") from error
    except OSError as error:
        raise RefusedError("many" if error.errno == errno.EFBIG else "damaged") from error
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise RefusedError("damaged") from error


def check_parts(path: str, rows: int, columns: int, cells: int) -> None:
    """Refuse a document type (entities) in any part, and filled cells far apart, for which calamine asks all memory."""
    is_roomy = rows >= _NEAR_ROWS and columns >= _NEAR_COLUMNS and cells >= _NEAR_ROWS * _NEAR_COLUMNS
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            is_measured = "/worksheets/" in entry.filename and not is_roomy
            with archive.open(entry) as stream:
                for text in tags(stream):
                    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                        raise RefusedError("damaged")
                    is_measured = is_measured or ("/worksheets/" in entry.filename and bool(_FAR.search(text)))
            if is_measured:
                with archive.open(entry) as stream:
                    check_area(*filled_area(tags(stream)), rows, columns, cells)


def check_area(height: int, width: int, rows: int, columns: int, cells: int) -> None:
    if height > rows or width > columns:
        raise RefusedError("far", height, width)
    if height * width > cells:
        raise RefusedError("many")


def tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in stretches that cut no tag in two."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk.replace(b"\0", b"")
        cut = text.rfind(b"<")
        rest = text[cut:] if cut >= 0 else b""
        if len(rest) > _LONGEST_TAG and b">" in rest:
            rest = b""
            yield text
        elif len(rest) > _LONGEST_TAG:
            raise RefusedError("damaged")
        else:
            yield text[:cut] if cut >= 0 else text
    yield rest


def filled_area(texts: Iterable[bytes]) -> tuple[int, int]:
    """Rows and columns up to the farthest filled cell; an empty one may carry a style as far out as it likes."""
    height = width = 0
    for text in texts:
        for found in _CELL.finditer(text):
            if not found[0].endswith(b"/>"):
                height = max(height, int(found[2]))
                width = max(width, column_number(found[1]))
    return height, width


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def print_sheets(path: str, rows: int, columns: int, cells: int) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as workbook:
        for index, about in enumerate(workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_index(index)
            if sheet.end is None:
                continue
            height, width = sheet.end[0] + 1, sheet.end[1] + 1
            check_area(height, width, rows, columns, cells)
            write(["sheet", about.name])
            print_rows(sheet, height)
    sys.stdout.buffer.flush()


def print_rows(sheet: Any, height: int) -> None:
    left = [None] * sheet.start[1]
    fills = filled_downwards(sheet.merged_cell_ranges or [], height)
    merged: dict[int, tuple[Any, int]] = {}
    rows: list[tuple[int, list[Any]]] = []
    for index, values in enumerate(sheet.iter_rows()):
        row = left + [value if type(value) is str and value else plain(value) for value in values]
        if fills:
            merged.update((column, (row[column], last)) for column, last in fills.get(index, ()) if column < len(row))
            for column, (value, last) in list(merged.items()):
                row[column] = value
                if index >= last:
                    del merged[column]
        while row and row[-1] is None:
            row.pop()
        if row:
            rows.append((index + 1, row))
        if len(rows) == _SLICE:
            write(["rows", rows])
            rows.clear()
    if rows:
        write(["rows", rows])


def filled_downwards(ranges: list[Any], height: int) -> dict[int, list[tuple[int, int]]]:
    """First row of each merged range that is higher than one row: its column and last row."""
    fills: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in ranges[:_FILLS]:
        if top < bottom:
            fills.setdefault(top, []).append((column, min(bottom, height - 1)))
    return fills


def plain(value: Any) -> Any:
    if value == "" or value is None:
        return None
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**63:
        return int(value)
    return value


def write(line: list[Any]) -> None:
    sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


if __name__ == "__main__":
    try:
        file, kind_of_file, *limits = sys.argv[1:]
        main(file, kind_of_file, *map(int, limits))
    except RefusedError as refused:
        sys.stderr.write(json.dumps(refused.args))
        sys.exit(REFUSED)
    except MemoryError:
        sys.stderr.write('["many"]')
        sys.exit(REFUSED)
