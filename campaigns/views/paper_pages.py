"""What the pages of plans, papers and lists have in common: a list, a workbook, a form, a verb, files."""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from campaigns.actions.contacts import count_contact
from campaigns.actions.works import detach
from campaigns.models import Contact, WorkFile
from office.views.files import bytes_response, file_response
from partybuild.lib import clock
from partybuild.lib.official import CONTENT_TYPE
from partybuild.lib.workbook import Sheet, write_table

FORM = "campaigns/work_pages/form.html"
Rows = Callable[..., Any]
_PAGES = {
    "InfoItem": "info_detail", "Contact": "contact_detail", "Agreement": "agreement_detail", "Piece": "piece_detail",
}  # fmt: skip


def data_of(request: Request) -> Any:
    """What was sent, or None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def files_of(request: Request) -> Any:
    """The files that were sent."""
    return request.FILES if request.method == "POST" else None


def list_page(request: Request, template: str, form: forms.Form, rows: Rows, **context: Any) -> HttpResponse:
    """A list of the scope, filtered; 422 and nothing listed when the filters cannot be read."""
    filters = chosen(form)
    found: Any = [] if filters is None else rows(**filters)
    context |= {"form": form, "page": page_of(request, found)}
    return render(request, template, context, status=422 if filters is None else 200)


def workbook(
    request: Request, form: forms.Form | None, rows: Rows, *, name: str, columns: Iterable[str]
) -> HttpResponseBase:
    """The list as it is filtered, as a workbook; ``rows`` takes the filters and gives its lines."""
    filters = chosen(form) if form is not None else {}
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    count = write_table(file, [Sheet(name, tuple(columns), rows(**filters), title=name)])
    record_export(by=request.actor, what=name, count=count)
    return workbook_response(file, f"{name}{clock.today():%Y%m%d}.xlsx")


def paper(request: Request, content: bytes, name: str) -> HttpResponseBase:
    """A .docx that was made for this answer."""
    record_export(by=request.actor, what=name, count=1)
    return bytes_response(content, CONTENT_TYPE, f"{name}.docx")


def ask(
    request: Request, form: forms.Form, act: Callable[[dict[str, Any]], Any], *, done: str, to: Any, **context: Any
) -> HttpResponse:
    """Ask by a form and do it: ``to`` leads on, by an address or from what was made. ``context``: title, back_url …"""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.values() if hasattr(form, "values") else form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, done)
            return redirect(to(made) if callable(to) else to)
    return render(request, FORM, {"form": form, **context}, status=422 if form.is_bound else 200)


def do(request: Request, act: Callable[[], Any], *, done: str, to: str) -> HttpResponse:
    """Do something that needs no form; what is refused is said on the page to which it leads."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(to)


@require_safe
@need(Permission.VIEW_WORK)
def work_file(request: Request, pk: int) -> HttpResponseBase:
    """A file of special work."""
    file: WorkFile = visible_or_404(WorkFile.objects.select_related("file"), request, pk=pk)
    return file_response(request, file.file, file.name, inline=True)


@require_POST
@need(Permission.DO_WORK)
def work_file_remove(request: Request, pk: int) -> HttpResponse:
    """Take a file off, while the row to which it belongs may be changed."""
    related = ("info_item__organization", "contact__organization", "agreement__organization", "piece__organization")
    file: WorkFile = visible_or_404(WorkFile.objects.select_related(*related), request, pk=pk)
    require(request, Permission.DO_WORK, file.organization)
    owner = file.owner

    def remove() -> None:
        if not getattr(owner, "is_open", False):
            raise ValidationError("该事项已经提交或者办结，不能移除材料。")
        detach(by=request.actor, file=file)
        if isinstance(owner, Contact):
            count_contact(owner)

    return do(request, remove, done="已移除。", to=address_of(owner))


def address_of(owner: Any) -> str:
    """Where the row to which a file belongs is shown."""
    return reverse(f"campaigns:{_PAGES[type(owner).__name__]}", args=[owner.pk])
