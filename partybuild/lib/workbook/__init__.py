"""Excel in and out. What comes from people is checked first and parsed in a process of its own."""

from partybuild.lib.workbook.errors import RowError, WorkbookError
from partybuild.lib.workbook.headings import Column, Heading, Match
from partybuild.lib.workbook.reading import Place, Row, Rows, Table, read_table
from partybuild.lib.workbook.reports import write_error_list, write_error_report
from partybuild.lib.workbook.writing import OutColumn, Sheet, write_table

__all__ = [
    "Column",
    "Heading",
    "Match",
    "OutColumn",
    "Place",
    "Row",
    "RowError",
    "Rows",
    "Sheet",
    "Table",
    "WorkbookError",
    "read_table",
    "write_error_list",
    "write_error_report",
    "write_table",
]
