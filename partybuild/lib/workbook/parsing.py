"""Starts the child process that parses, and hands its rows on."""

import json
import os
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from partybuild.lib.workbook import guard
from partybuild.lib.workbook.errors import WorkbookError

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 250_000, 200, 12_000_000
MEMORY = 1536 * 1024 * 1024
SECONDS = 60

TOO_MUCH = "文件内容过多，无法读取。请拆分后再上传。"
TOO_SLOW = f"文件内容过多，{SECONDS} 秒内没有读完。请拆分后再上传。"

_CHILD = Path(__file__).with_name("child.py")
_REFUSED = 3
_CHUNK = 1 << 16

Value = str | int | float | bool | date | datetime | time | None
_READERS: dict[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


class RawRow(NamedTuple):
    """A row as it stands in the file: number as Excel shows it, cells from column A on."""

    sheet: str
    number: int
    cells: list[Value]


class Parsed:
    """The rows of a parsed workbook, kept in an unnamed file so that they can be read again without filling memory."""

    def __init__(self, handle: int):
        self._handle = handle
        weakref.finalize(self, os.close, handle)

    def __iter__(self) -> Iterator[RawRow]:
        for sheet, rows in self._slices():
            for number, cells in rows:
                yield RawRow(sheet, number, _values(cells))

    def heads(self, limit: int) -> Iterator[tuple[str, list[RawRow]]]:
        """Each sheet's name with its first rows."""
        found: dict[str, list[RawRow]] = {}
        for sheet, rows in self._slices(limit):
            found.setdefault(sheet, []).extend(RawRow(sheet, number, _values(cells)) for number, cells in rows)
        yield from found.items()

    def _slices(self, limit: int = 0) -> Iterator[tuple[str, list[Any]]]:
        """Rows by the slices in which the child hands them over; with a limit only the first of each sheet."""
        sheet, count = "", 0
        for line in self._lines():
            if line.startswith(b'["sheet"'):
                sheet, count = json.loads(line)[1], 0
                yield sheet, []
            elif not limit or count < limit:
                rows = json.loads(line.decode())[1]
                yield sheet, rows[: limit - count] if limit else rows
                count += len(rows)

    def _lines(self) -> Iterator[bytes]:
        offset, rest = 0, b""
        while chunk := os.pread(self._handle, _CHUNK, offset):
            offset += len(chunk)
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines


def parse(path: Path) -> Parsed:
    """Check the file, then parse it in a child process with bounded memory and time."""
    kind = guard.check(path)
    limits = (MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MEMORY, SECONDS)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as output:
        # The parser goes by the name's ending, we by the content.
        link = Path(folder, f"book.{kind}")
        link.symlink_to(path.resolve())
        command = [sys.executable, "-I", str(_CHILD), str(link), kind, *map(str, limits)]
        try:
            child = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise WorkbookError(TOO_SLOW) from None
        if child.returncode:
            raise WorkbookError(_reason(child.returncode, child.stderr))
        return Parsed(os.dup(output.fileno()))


def _reason(status: int, said: bytes) -> str:
    if status != _REFUSED:  # aborted for want of memory, or killed
        return TOO_MUCH
    code, *details = json.loads(said)
    if code == "far":
        row, column = details
        return (
            f"表格内容到了第 {row} 行、第 {column} 列，最多可读取 {MAX_ROWS} 行、{MAX_COLUMNS} 列。"
            "请删除多余的行和列后再上传。"
        )
    return {"locked": guard.LOCKED, "many": TOO_MUCH}.get(code, guard.DAMAGED)


def _values(cells: list[Any]) -> list[Value]:
    return [_value(cell) if type(cell) is dict else cell for cell in cells]


def _value(cell: dict[str, str]) -> Value:
    ((kind, text),) = cell.items()
    return _READERS[kind](text)
