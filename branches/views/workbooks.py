"""Workbooks as answers."""

from io import BytesIO
from typing import IO

from django.http import FileResponse

from branches.actions.exports import record_export
from branches.views.access import Request
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table


def exported(request: Request, name: str, *sheets: Sheet, file_name: str = "", reason: str = "") -> FileResponse:
    """The sheets as a workbook of today for download; the trail keeps how many rows were taken out, and why."""
    file = BytesIO()
    count = write_table(file, sheets)
    record_export(by=request.actor, what=name, count=count, reason=reason)
    return workbook_response(file, f"{file_name or f'{name}{clock.today():%Y%m%d}'}.xlsx")


def workbook_response(file: IO[bytes], name: str) -> FileResponse:
    """The workbook, written and at its end, for download under this name."""
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
