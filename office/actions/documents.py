"""The steps of an official document, one action per verb."""

from dataclasses import replace
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from office.actions.files import store_upload
from office.enums import DocumentKind, DocumentStatus
from office.models import Document, Run
from office.queries.documents import next_number, rendered
from office.rules.documents import step_of
from partybuild.lib import clock
from partybuild.lib.official import OfficialDocument, as_dict, from_dict


@transaction.atomic
def draft_document(
    *, by: Actor, issuer: Organization, kind: DocumentKind | str, content: OfficialDocument, run: Run | None = None
) -> Document:
    """A new draft. ``content.number`` holds the issuer's word alone (机关代字); the number comes on issuing.

    A run drafts a document of one title once: asked again, it is the one that is there, whatever staff made of it.
    """
    values = {
        "title": content.title.replace("\n", ""),
        "number_word": content.number,
        "body": as_dict(content),
        "year": content.date.year,
        "drafted_at": clock.now(),
    }
    if run is None:
        document, is_new = Document.objects.create(issuer=issuer, kind=kind, **values), True
    else:
        title = values.pop("title")
        document, is_new = Document.objects.get_or_create(
            run=run, issuer=issuer, kind=kind, title=title, defaults=values
        )
    if is_new:
        audit.record(by=by, verb="起草公文", obj=document, organization=issuer)
    return document


@transaction.atomic
def redraft_document(*, by: Actor, document: Document, content: OfficialDocument) -> Document:
    """Write a draft anew, with the same title or another; refused once it has been checked."""
    document = _locked(document)
    if document.status != DocumentStatus.DRAFT:
        raise ValidationError(f"公文现在是“{document.get_status_display()}”，不能重新起草。请先退回修改。")
    document.title, document.number_word = content.title.replace("\n", ""), content.number
    document.body, document.year, document.drafted_at = as_dict(content), content.date.year, clock.now()
    document.save(update_fields=["title", "number_word", "body", "year", "drafted_at"])
    audit.record(by=by, verb="重新起草公文", obj=document, organization=document.issuer)
    return document


@transaction.atomic
def check(*, by: Actor, document: Document) -> Document:
    """核稿: content and form are right."""
    return _take(by, _locked(document), "check")


@transaction.atomic
def sign(*, by: Actor, document: Document) -> Document:
    """签发: it may go out."""
    return _take(by, _locked(document), "sign")


@transaction.atomic
def return_to_draft(*, by: Actor, document: Document, note: str) -> Document:
    """退回修改, with the reason."""
    if not note.strip():
        raise ValidationError({"note": "请填写退回原因。"})
    return _take(by, _locked(document), "return", note.strip())


@transaction.atomic
def issue(*, by: Actor, document: Document) -> Document:
    """印发: the next number of the issuer's year, today's date, and the file as it went out, kept for good.

    The issuer is locked, so that two documents never take one number and none is left out.
    """
    issuer = Organization.objects.select_for_update(no_key=True).get(pk=document.issuer_id)
    document = _locked(document)
    _check_step(document, "issue")
    today = clock.today()
    content = replace(from_dict(document.body), date=today)
    document.year, document.number = today.year, next_number(issuer, today.year)
    document.body = as_dict(replace(content, printed_on=today if content.printed_by else None))
    document.issued_at = clock.now()
    document.file = store_upload(BytesIO(rendered(document)), name="document.docx")
    document.status = DocumentStatus.ISSUED
    document.save(update_fields=["year", "number", "body", "issued_at", "file", "status"])
    audit.record(by=by, verb="印发公文", obj=document, organization=issuer, detail={"note": document.number_label})
    return document


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=document.pk)


def _take(by: Actor, document: Document, verb: str, note: str = "") -> Document:
    _check_step(document, verb)
    step = step_of(verb)
    document.status = step.target
    document.save(update_fields=["status"])
    detail = {"note": note} if note else None
    audit.record(by=by, verb=f"{step.label}公文", obj=document, organization=document.issuer, detail=detail)
    return document


def _check_step(document: Document, verb: str) -> None:
    """Two at once: one has taken the step, the other is told."""
    step = step_of(verb)
    if document.status not in step.sources:
        raise ValidationError(f"公文现在是“{document.get_status_display()}”，不能{step.label}。")
