"""What an import comes to, and how the cells of its rows are read. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from partybuild.lib.crypto import mask_id_number, mask_phone
from partybuild.lib.dates import DateError, WrittenDate, parse_date
from partybuild.lib.workbook.errors import RowError
from partybuild.lib.workbook.reading import Place, Row, Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
_LATIN = re.compile(r"[A-Za-z]")
_ID_LENGTH, _LONGEST_SHOWN = 18, 120


@dataclass
class ImportResult:
    """Rows counted by what became of them; the errors of those that failed, and what was taken with a doubt."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: list[RowError] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The form that commands print."""
        counts = {name: getattr(self, name) for name in ("created", "updated", "unchanged", "failed")}
        return {**counts, "errors": [error.as_dict() for error in self.errors]}

    def refuse_row(self, table: Table, row: Row, problems: Iterable["Problem"]) -> None:
        """A row that is not taken, with all its reasons."""
        self.failed += 1
        self.errors += [table.error(row, problem.field, problem.reason) for problem in problems]

    def taken_back(self) -> "ImportResult":
        """The same when nothing was kept because of the rows that failed."""
        return replace(self, created=0, updated=0)


@dataclass(frozen=True)
class Problem:
    """A reason at a field of a row."""

    field: str
    reason: str


class Cells:
    """The cells of one row; what cannot be read is collected as problems, what is doubtful as notes."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, reason))

    def note(self, name: str, reason: str) -> None:
        self.notes.append(Problem(name, reason))

    def text(self, name: str, longest: int) -> str:
        """The text in one line; longer than the field is a problem."""
        text = self.row.text(name)
        if not text:
            return ""
        if not text.isprintable() or "  " in text:
            text = " ".join(_CONTROL.sub(" ", text).split())
        if len(text) > longest:
            self.refuse(name, f"超过 {longest} 个字")
        return text

    def name(self, name: str, longest: int) -> str:
        """A name; blanks that only spread Chinese characters (张　三) are dropped."""
        text = self.text(name, longest)
        return text if " " not in text or _LATIN.search(text) else text.replace(" ", "")

    def day(self, name: str) -> WrittenDate | None:
        """The date that was written; None where there is none or it cannot be."""
        value = self.row.get(name)
        if value is None or self.row.text(name) in {"无", "-", "—", "/"}:
            return None
        try:
            written = parse_date(value)
        except DateError as error:
            self.refuse(name, str(error))
            return None
        if written.doubt:
            self.note(name, written.doubt)
        return written


def place_of(row: Row | Place, seen_from: Row | Place) -> str:
    """第 5 行, with its sheet where that is another."""
    return f"第 {row.number} 行" if row.sheet == seen_from.sheet else f"工作表“{row.sheet}”第 {row.number} 行"


def mask_values(error: RowError, private: Collection[str]) -> dict[str, str | int]:
    """The error as it is kept and shown; a personal number or address in one of these columns is masked."""
    value = error.value
    if error.column in private:
        value = mask_id_number(value) if len(value) == _ID_LENGTH else mask_phone(value)
    return {**error.as_dict(), "value": value[:_LONGEST_SHOWN]}
