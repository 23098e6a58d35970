"""A draft of a plan from a workbook of tasks. Source: X01."""

import shutil
import tempfile
from typing import Any

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.plan_drafts import start_draft
from campaigns.models import PlanDraft
from campaigns.rules.plan_drafts.sheets import COLUMNS, plan_of_rows, read_row
from campaigns.rules.plan_drafts.states import PlanDraftError
from partybuild.lib.workbook import RowError, Table, WorkbookError, read_table


class SheetError(PlanDraftError):
    """Rows that are not in order; nothing was kept."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(f"表中有 {len(errors)} 处需要改正，还没有导入。", "file")
        self.errors = errors


def draft_from_workbook(*, by: Actor, issuer: Organization, file: Any, name: str, year: int) -> PlanDraft:
    """The draft that a workbook describes; a wrong row refuses it whole, with each place and reason."""
    table = _table(file)
    entries = [read_row(row) for row in table.rows]
    plan = plan_of_rows(entries, name=name, year=year)
    errors = [table.error(entry.row, problem.field, problem.reason) for entry in entries for problem in entry.problems]
    if errors:
        raise SheetError(errors)
    return start_draft(by=by, issuer=issuer, plan=plan)


def _table(file: Any) -> Table:
    """The rows; the upload is read in a file of its own, for a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        try:
            table = read_table(copy.name, COLUMNS)
        except WorkbookError as error:
            raise PlanDraftError(str(error), "file") from error
    if table.missing:
        shown = "、".join(column.title for column in table.missing)
        raise PlanDraftError(f"表中没有这些列：{shown}。请补上后再上传。", "file")
    return table
