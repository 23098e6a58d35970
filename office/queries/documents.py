"""Official documents: the list, the content, the file."""

from dataclasses import replace
from io import BytesIO

from django.db.models import Max

from branches.models import Organization
from branches.permissions import Scope
from office.models import Document
from office.models.document import DocumentQuerySet
from office.rules.documents import number_text
from partybuild.lib.official import OfficialDocument, from_dict, write_document

ORDERS = {
    "drafted_at": ("drafted_at", "id"),
    "-drafted_at": ("-drafted_at", "-id"),
    "number": ("year", "number", "id"),
    "-number": ("-year", "-number", "-id"),
}
DEFAULT_ORDER = "-drafted_at"


def documents_for(
    scope: Scope, *, kind: str = "", year: str = "", status: str = "", text: str = "", sort: str = ""
) -> DocumentQuerySet:
    """The documents that the scope reaches, filtered; without their content."""
    documents = Document.objects.visible_to(scope)
    wanted = {"kind": kind, "year": year, "status": status, "title__icontains": text}
    documents = documents.filter(**{field: value for field, value in wanted.items() if value})
    return documents.select_related("issuer").defer("body").order_by(*ORDERS.get(sort, ORDERS[DEFAULT_ORDER]))


def content_of(document: Document) -> OfficialDocument:
    """What the document says, with its number; while it has none, with room for it."""
    number = number_text(document.year, document.number, document.number_word)
    return replace(from_dict(document.body), number=number)


def rendered(document: Document) -> bytes:
    """The document as .docx in official form."""
    stream = BytesIO()
    write_document(stream, content_of(document))
    return stream.getvalue()


def next_number(issuer: Organization, year: int) -> int:
    """The number after the issuer's last one of the year; ask for it with the issuer locked."""
    last = Document.objects.filter(issuer=issuer, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
