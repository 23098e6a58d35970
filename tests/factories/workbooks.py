"""Workbooks as people send them, built in memory or in a file."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from partybuild.lib.workbook import Column, Row, Table, read_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "表", title: str = "") -> bytes:
    """A workbook of one sheet, its headings in the first row or below a merged title."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    top = 0
    if title:
        page.merge_range(0, 0, 0, len(headings) - 1, title)
        top = 1
    page.write_row(top, 0, headings)
    for number, row in enumerate(rows, top + 1):
        page.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def sent(content: bytes, name: str = "名册.xlsx") -> SimpleUploadedFile:
    """The workbook as a browser sends it."""
    return SimpleUploadedFile(name, content, XLSX)


def table_of(folder: Path, columns: Sequence[Column], headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """The workbook, written and read again."""
    path = folder / "table.xlsx"
    path.write_bytes(workbook(headings, rows))
    return read_table(path, columns)


def row_of(**values: Any) -> Row:
    """A row as it comes from a workbook."""
    return Row("表", 2, values, list(values.values()))
