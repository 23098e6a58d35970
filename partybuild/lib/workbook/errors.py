"""What can be wrong with a workbook, and with a row of one."""

from dataclasses import asdict, dataclass


class WorkbookError(Exception):
    """The file as a whole cannot be used; the message says in Chinese why, and what to do."""


@dataclass(frozen=True)
class RowError:
    """A row that was not taken: where it stands in the file, what was written, and the reason in Chinese."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)
