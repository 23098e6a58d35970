"""What the pages of special work have in common: a list, its workbook, a form, the verbs of a row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.views.access import Request
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from campaigns.forms.works import MoveForm
from campaigns.rules.work_moves import Move, Moves
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet, write_table


@dataclass(frozen=True)
class ListPage:
    """A list of special work: its words, its addresses, and the headings of its workbook."""

    heading: str
    template: str
    url_name: str
    empty: str
    columns: tuple[str, ...] = ()
    export_name: str = ""
    new_name: str = ""
    new_label: str = ""

    def context(self, may_add: bool) -> dict[str, Any]:
        """What the template of lists asks for."""
        return {
            "heading": self.heading,
            "empty": self.empty,
            "list_url": reverse(self.url_name),
            "export_url": reverse(self.export_name) if self.export_name else "",
            "new_url": reverse(self.new_name) if self.new_name and may_add else "",
            "new_label": self.new_label,
            "today": clock.today(),
        }


@dataclass(frozen=True)
class VerbForm:
    """A verb that the page offers, with its form and the address to which it goes."""

    verb: str
    move: Move
    form: forms.Form
    url: str
    is_open: bool = False


Rows = Callable[..., "QuerySet[Any]"]


def show_list(
    request: Request, page: ListPage, form: forms.Form, rows: Rows, *, may_add: bool = False, **more: Any
) -> HttpResponse:
    """The rows that the filters leave, on pages; 422 for filters that cannot be read."""
    filters = chosen(form)
    found = [] if filters is None else rows(request.scope, **filters)
    context = {**page.context(may_add), "form": form, "page": page_of(request, found), **more}
    return render(request, page.template, context, status=422 if filters is None else 200)


def export_list(
    request: Request, page: ListPage, form: forms.Form, rows: Rows, lines: Callable[[Iterable[Any]], Iterable[Any]]
) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters = chosen(form)
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    found = lines(rows(request.scope, **filters))
    count = write_table(file, [Sheet(page.heading, page.columns, found, title=f"{page.heading}台账")])
    record_export(by=request.actor, what=page.heading, count=count)
    return workbook_response(file, f"{page.heading}{clock.today():%Y%m%d}.xlsx")


def show_form(
    request: Request,
    form: forms.Form,
    *,
    heading: str,
    back: str,
    crumbs: Sequence[tuple[str, str]] = (),
    submit: str = "保存",
    note: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form, field under field."""
    context = {
        "form": form, "heading": heading, "back": back, "crumbs": crumbs, "submit": submit, "note": note,
        "is_multipart": form.is_multipart(), **more,
    }  # fmt: skip
    return render(request, "campaigns/work_parts/form.html", context, status=422 if form.is_bound else 200)


def saved(request: Request, form: forms.Form, call: Callable[[], Any], done: str = "") -> Any:
    """Run an action for a valid form; its refusal stands at the fields. What it gave, or None."""
    if not form.is_valid():
        return None
    try:
        made = call()
    except ValidationError as error:
        add_refusal(form, error)
        return None
    if done:
        messages.success(request, done)
    return made


def run(request: Request, call: Callable[[], Any], done: str) -> bool:
    """Run an action that has no form; a refusal becomes a message."""
    try:
        call()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True


def allowed_move(moves: Moves, verb: str, *, does: bool, leads: bool) -> Move:
    """The verb of the address: unknown 404, not one's own 403."""
    if verb not in moves:
        raise Http404
    if not (leads if moves[verb].leads else does):
        raise PermissionDenied
    return moves[verb]


def verb_forms(
    moves: Moves, verbs: Sequence[str], url_name: str, pk: int, kinds: Mapping[str, type[MoveForm]] | None = None
) -> list[VerbForm]:
    """A form for each verb on offer; the first one stands open."""
    made = []
    for number, verb in enumerate(verbs):
        kind = (kinds or {}).get(verb, MoveForm)
        form = kind(needs_text=moves[verb].needs_text, prefix=verb)
        made.append(VerbForm(verb, moves[verb], form, reverse(url_name, args=[pk, verb]), number == 0))
    return made


def act(
    request: Request,
    wanted: Move,
    call: Callable[..., Any],
    back: str,
    kind: type[MoveForm] = MoveForm,
) -> HttpResponse:
    """Do a verb and go back; what is refused is shown on a page of its own with the words that were sent."""
    form = kind(request.POST, request.FILES, needs_text=wanted.needs_text)
    if saved(request, form, lambda: call(**form.cleaned_data), f"已{wanted.label}。") is not None:
        return redirect(back)
    return show_form(request, form, heading=wanted.label, back=back, submit=wanted.label)
