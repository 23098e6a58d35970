"""Official documents in the form of GB/T 9704—2012, as .docx that Word, WPS and LibreOffice show alike."""

from partybuild.lib.official.content import (
    Attendance,
    BarChart,
    Block,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Table,
    as_dict,
    from_dict,
)
from partybuild.lib.official.writing import CONTENT_TYPE, write_document

__all__ = [
    "CONTENT_TYPE",
    "Attendance",
    "BarChart",
    "Block",
    "Heading",
    "OfficialDocument",
    "Paragraph",
    "Picture",
    "Table",
    "as_dict",
    "from_dict",
    "write_document",
]
