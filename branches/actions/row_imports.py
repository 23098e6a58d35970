"""Imports whose rows go one by one through the action that a form uses: what it refuses is the reason of the row."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from branches.rules.uploads import ImportResult, Problem
from partybuild.lib.workbook import Row, Table


class Taken(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class ReadRow(Protocol):
    """A row of a workbook as it was understood."""

    row: Row
    problems: list[Problem]
    notes: list[Problem]


_Read = TypeVar("_Read", bound=ReadRow)


@transaction.atomic
def take_rows(*, table: Table, rows: Sequence[_Read], take: Callable[[_Read], Taken], write: bool) -> ImportResult:
    """Give the rows without problems to ``take``, each whole or not at all; without ``write`` all is undone at the end.

    ``take`` names the fields of its refusals as the columns are named.
    """
    result = ImportResult()
    for read in rows:
        taken = None if read.problems else _take(take, read, table.columns[0].field)
        if taken is None:
            result.refuse_row(table, read.row, read.problems)
            continue
        setattr(result, taken.value, getattr(result, taken.value) + 1)
        result.notes += [table.error(read.row, note.field, note.reason) for note in read.notes]
    if not write:
        transaction.set_rollback(True)
    return result


def _take(take: Callable[[_Read], Taken], read: _Read, first: str) -> Taken | None:
    try:
        with transaction.atomic():
            return take(read)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        read.problems += [
            Problem(first if name == NON_FIELD_ERRORS else name, text.rstrip("。"))
            for name, texts in told.items()
            for text in texts
        ]
        return None
