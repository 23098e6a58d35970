"""Official documents: the list, one with its steps, the file."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from office.actions import documents as actions
from office.forms.documents import DocumentFilterForm, ReturnForm
from office.models import Document
from office.queries.documents import DEFAULT_ORDER, content_of, documents_for, rendered
from office.rules.documents import step_of, steps_from
from office.views.files import bytes_response, file_response
from partybuild.lib.official import CONTENT_TYPE

_ACTIONS: dict[str, Callable[..., Document]] = {
    "check": actions.check,
    "sign": actions.sign,
    "issue": actions.issue,
    "return": actions.return_to_draft,
}


@require_safe
@need(Permission.VIEW_DOCUMENT)
def document_list(request: Request) -> HttpResponse:
    """The documents that the person may see, the latest first."""
    form = DocumentFilterForm(request.GET)
    filters = chosen(form)
    documents = Document.objects.none() if filters is None else documents_for(request.scope, **filters)
    context = {"form": form, "page": page_of(request, documents), "default_order": DEFAULT_ORDER}
    return render(request, "office/documents/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_DOCUMENT)
def document_detail(request: Request, pk: int) -> HttpResponse:
    """One document as it reads, with what was done to it and what may be done next."""
    return _page(request, _document(request, pk), ReturnForm())


@require_safe
@need(Permission.VIEW_DOCUMENT)
def document_download(request: Request, pk: int) -> HttpResponseBase:
    """The document as .docx: the file that went out, or the draft as it reads now."""
    document = _document(request, pk)
    name = f"{document.title}.docx"
    if document.file is not None:
        return file_response(request, document.file, name)
    return bytes_response(rendered(document), CONTENT_TYPE, name)


@require_POST
@need(Permission.MANAGE_DOCUMENT)
def document_step(request: Request, pk: int, verb: str) -> HttpResponse:
    """Take one step: 核稿, 签发, 印发, 退回修改."""
    if verb not in _ACTIONS:
        raise Http404
    document, step = _document(request, pk), step_of(verb)
    require(request, Permission.MANAGE_DOCUMENT, document.issuer)
    form = ReturnForm(request.POST) if step.needs_note else None
    if form and not form.is_valid():
        return _page(request, document, form)
    try:
        _ACTIONS[verb](by=request.actor, document=document, **(form.cleaned_data if form else {}))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"已{step.label}。")
    return redirect("office:document_detail", pk=document.pk)


def _document(request: Request, pk: int) -> Document:
    document: Document = visible_or_404(Document.objects.select_related("issuer", "file", "run"), request, pk=pk)
    return document


def _page(request: Request, document: Document, form: ReturnForm) -> HttpResponse:
    may_step = request.scope.allows(Permission.MANAGE_DOCUMENT, document.issuer)
    context = {
        "document": document,
        "content": content_of(document),
        "steps": steps_from(document.status) if may_step else [],
        "form": form,
        "history": history_of(document),
    }
    return render(request, "office/documents/detail.html", context, status=422 if form.is_bound else 200)
