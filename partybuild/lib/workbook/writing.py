"""Writes tables as .xlsx, in constant memory, so that a large export streams."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

import xlsxwriter

from partybuild.lib.dates import day_text, moment_text

_MAX_TEXT = 32_767
_MAX_EXACT = 10**15
_WIDEST, _NARROWEST, _SAMPLE = 48.0, 8.0, 200
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FONT = "宋体"


@dataclass(frozen=True)
class OutColumn:
    """A column of a table that is written. The width is in characters; without one the first rows decide."""

    title: str
    width: float | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet to write. Above the headings stand, when given, a title and a note (unit, date, how to fill it in)."""

    name: str
    columns: Sequence[OutColumn | str]
    rows: Iterable[Sequence[Any]]
    title: str = ""
    note: str = ""
    # Places (row from 0, column from 0) of cells that are marked as wrong.
    marked: frozenset[tuple[int, int]] = frozenset()


def write_table(stream: IO[bytes], sheets: Sequence[Sheet]) -> int:
    """Write the sheets; how many rows of data were written. Whatever a text begins with, it stays text."""
    options: Any = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    formats = _formats(book)
    used: set[str] = set()
    try:
        return sum(_write_sheet(book.add_worksheet(_sheet_name(sheet.name, used)), sheet, formats) for sheet in sheets)
    finally:
        book.close()


def cell(value: Any) -> str | int | float | None:
    """A value as it is written: a number stays one, a date becomes 2026年3月5日, all else becomes text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _CONTROL.sub("", str(value))[:_MAX_TEXT]


def _number(value: int | float | Decimal) -> str | int | float | None:
    if not math.isfinite(value):
        return None
    if abs(float(value)) >= _MAX_EXACT:  # Excel keeps 15 digits: an identity number would lose its end
        return str(value)
    return float(value) if isinstance(value, Decimal) else value


def _write_sheet(sheet: Any, content: Sheet, formats: dict[str, Any]) -> int:
    columns = [OutColumn(column) if isinstance(column, str) else column for column in content.columns]
    rows = iter(content.rows)
    sample = [[cell(value) for value in row] for row in islice(rows, _SAMPLE)]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width or _width(column.title, [row[place : place + 1] for row in sample]))
    top = _write_top(sheet, content, len(columns), formats)
    sheet.set_row(top, 30)
    for place, column in enumerate(columns):
        sheet.write_string(top, place, column.title, formats["heading"])
    count = 0
    for values in chain(sample, ([cell(value) for value in row] for row in rows)):
        _write_row(sheet, top, count, values, content.marked, formats)
        count += 1
    _set_view_and_page(sheet, top, count, len(columns))
    return count


def _set_view_and_page(sheet: Any, top: int, rows: int, columns: int) -> None:
    """The headings stay in sight and stand on each printed page: A4, across, as many pages high as needed."""
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.autofilter(top, 0, top + max(rows, 1), max(columns, 1) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_top(sheet: Any, content: Sheet, width: int, formats: dict[str, Any]) -> int:
    """Title and note over the whole width; the row of the headings."""
    row = 0
    for text, style, height in ((content.title, "title", 36), (content.note, "note", 18)):
        if not text:
            continue
        sheet.set_row(row, height)
        if width > 1:
            sheet.merge_range(row, 0, row, width - 1, "", formats[style])
        sheet.write_string(row, 0, text, formats[style])
        row += 1
    return row


def _write_row(
    sheet: Any, top: int, index: int, values: Sequence[Any], marked: frozenset[tuple[int, int]], formats: dict[str, Any]
) -> None:
    row = top + 1 + index
    for place, value in enumerate(values):
        style = formats["marked" if (index, place) in marked else "body"]
        if value is None:
            sheet.write_blank(row, place, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, place, value, style)
        else:
            sheet.write_number(row, place, value, style)


def _formats(book: Any) -> dict[str, Any]:
    framed = {"font_name": _FONT, "font_size": 11, "border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"font_name": _FONT, "font_size": 10, "font_color": "#595959", "valign": "vcenter"}),
        "heading": book.add_format(
            {**framed, "font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"}
        ),
        "body": book.add_format({**framed, "text_wrap": True}),
        "marked": book.add_format({**framed, "text_wrap": True, "bg_color": "#FCE4E4"}),
    }


def _width(title: str, sample: Sequence[Sequence[Any]]) -> float:
    """Wide enough for the longest line of the first rows, in halves of a Chinese character."""
    texts = [title, *(str(value) for cells in sample for value in cells if value is not None)]
    longest = max(len(line) + sum(not char.isascii() for char in line) for text in texts for line in text.split("\n"))
    return min(max(longest + 2.5, _NARROWEST), _WIDEST)


def _sheet_name(name: str, used: set[str]) -> str:
    """A name that Excel takes: 31 characters, none of []:*?/\\, each once."""
    base = _FORBIDDEN.sub("", name).strip().strip("'")[:31] or "表"
    if base.lower() == "history":  # kept by Excel for itself
        base = "History_"
    unique, number = base, 2
    while unique.lower() in used:
        mark = f"（{number}）"
        unique, number = base[: 31 - len(mark)] + mark, number + 1
    used.add(unique.lower())
    return unique
