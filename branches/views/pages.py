"""Pages that are alike everywhere: a list with its workbook, a form that asks, a button that does."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from branches.forms.refusals import add_refusal
from branches.views.access import Request
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from partybuild.lib import clock
from partybuild.lib.workbook import Sheet

FORM = "form_page.html"
CHUNK = 1000
"""Rows that a workbook fetches at once."""

Rows = Callable[..., Any]
"""What a scope sees under the filters of a form: ``rows(scope, **filters)``."""


@dataclass(frozen=True, kw_only=True)
class Book:
    """The workbook of a list: its address, its headings and, where they are not made of the list's heading, its words.

    ``name`` stands in the trail and in the name of the file, ``title`` above the headings, ``sheet`` on the tab.
    """

    url_name: str
    columns: Sequence[str]
    name: str = ""
    title: str = ""
    sheet: str = ""


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list: its template, its addresses and its words. The template extends ``list_page.html``.

    ``none`` and ``empty`` tell whoever finds it empty why, ``invite`` tells it to those who may add to it.
    """

    heading: str
    template: str
    url_name: str
    book: Book | None = None
    new_name: str = ""
    new_label: str = ""
    none: str = "还没有记录"
    empty: str = ""
    invite: str = ""
    nothing_found: str = "没有符合条件的记录"
    picture: str = "inbox"

    def context(self, may_add: bool) -> dict[str, Any]:
        """What the template asks for."""
        return {
            "heading": self.heading,
            "list_url": reverse(self.url_name),
            "export_url": reverse(self.book.url_name) if self.book else "",
            "new_url": reverse(self.new_name) if self.new_name and may_add else "",
            "new_label": self.new_label,
            "none": self.none,
            "empty": self.empty,
            "invite": self.invite or self.empty,
            "nothing_found": self.nothing_found,
            "picture": self.picture,
            "today": clock.today(),
        }


def show_list(
    request: Request,
    page: ListPage,
    form: forms.Form,
    rows: Rows,
    *,
    may_add: bool = False,
    lines: Callable[[Any], Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """What the filters leave, on pages; 422 and nothing for filters that cannot be read.

    ``lines`` makes of the objects on the page what the template loops over as ``rows``.
    """
    filters = chosen(form)
    found = page_of(request, [] if filters is None else rows(request.scope, **filters))
    shown = lines(found.object_list) if lines else found.object_list
    context = {**page.context(may_add), "form": form, "page": found, "rows": shown, **more}
    return render(request, page.template, context, status=422 if filters is None else 200)


def export_list(
    request: Request,
    page: ListPage,
    form: forms.Form,
    rows: Rows,
    cells: Callable[[Any], Iterable[Any]],
    *,
    note: str = "",
) -> HttpResponseBase:
    """The list as it is filtered, as its workbook; ``cells`` makes the rows of the sheet."""
    assert page.book is not None
    book, name = page.book, page.book.name or page.heading

    def sheets(**filters: Any) -> list[Sheet]:
        found = rows(request.scope, **filters)
        lines = cells(found.iterator(CHUNK) if isinstance(found, QuerySet) else found)
        return [Sheet(book.sheet or name, book.columns, lines, title=book.title or f"{name}台账", note=note)]

    return export_sheets(request, form, name, sheets)


def export_sheets(
    request: Request, form: forms.Form, name: str, sheets: Callable[..., Sequence[Sheet]], *, file_name: str = ""
) -> HttpResponseBase:
    """A workbook of what the filters leave: ``sheets(**filters)``; 400 for filters that cannot be read."""
    filters = chosen(form)
    if filters is None:
        return render(request, "400.html", status=400)
    return exported(request, name, *sheets(**filters), file_name=file_name)


def data_of(request: Request) -> Any:
    """What was sent, or None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def files_of(request: Request) -> Any:
    """The files that were sent."""
    return request.FILES if request.method == "POST" else None


def attempt(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str | Callable[[Any], str] = "",
    to: str | Callable[[Any], str],
) -> HttpResponse | None:
    """Do what a valid form asks for, and lead on; None where the form is still to be shown, a refusal at its fields.

    ``done`` says what was done, ``to`` is where it leads; both may be made of what the action gave.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = act(form.values() if hasattr(form, "values") else form.cleaned_data)
    except ValidationError as error:
        add_refusal(form, error)
        return None
    if words := done(made) if callable(done) else done:
        messages.success(request, words)
    return redirect(to(made) if callable(to) else to)


def ask(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str | Callable[[Any], str] = "",
    to: str | Callable[[Any], str],
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Ask by a form and do it. ``context`` for ``form_page.html``: title, back_url, back_label, submit, note."""
    context |= {"form": form}
    return attempt(request, form, act, done=done, to=to) or render(
        request, template, context, status=422 if form.is_bound else 200
    )


def do(request: Request, act: Callable[[], Any], *, done: str | Callable[[Any], str] = "", to: str) -> HttpResponse:
    """Do something that needs no form; what is refused is said on the page to which it leads."""
    try:
        made = act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if words := done(made) if callable(done) else done:
            messages.success(request, words)
    return redirect(to)
