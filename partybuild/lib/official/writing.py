"""Writes a document as .docx."""

from datetime import datetime, time
from typing import IO

from partybuild.lib.official.body import write_blocks
from partybuild.lib.official.content import OfficialDocument, cleaned
from partybuild.lib.official.head import write_head
from partybuild.lib.official.styles import blank_document
from partybuild.lib.official.tail import write_page_numbers, write_tail

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST = 255


def write_document(stream: IO[bytes], document: OfficialDocument) -> None:
    """Write the document in the form of GB/T 9704—2012."""
    document = cleaned(document)
    target = blank_document()
    write_head(target, document)
    write_blocks(target, document.blocks)
    write_tail(target, document)
    write_page_numbers(target.sections[0])
    about = target.core_properties
    about.title, about.author = document.title.replace("\n", "")[:_LONGEST], document.signer[:_LONGEST]
    about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime.combine(document.date, time.min)
    target.save(stream)
