"""Workbooks as answers."""

from typing import IO

from django.http import FileResponse


def workbook_response(file: IO[bytes], name: str) -> FileResponse:
    """The workbook, written and at its end, for download under this name."""
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
