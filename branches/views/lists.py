"""What lists have in common."""

from typing import Any

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest

PER_PAGE = 50


def page_of(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page:
    """The page that the address asks for; one that is not there is 404."""
    try:
        return Paginator(rows, per_page).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404 from error


def chosen(form: forms.Form) -> dict[str, Any] | None:
    """The filters that were set; None when they cannot be read, for which nothing is listed with status 422."""
    return form.cleaned_data if form.is_valid() else None
