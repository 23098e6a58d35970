"""The search box of the top bar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need
from desk.forms.search import SearchForm
from desk.queries.search import search


@require_safe
@need(Permission.VIEW_HOME)
def search_page(request: Request) -> HttpResponse:
    """What was found, by kind."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    words = form.cleaned_data.get("q", "") if is_valid else ""
    found = search(request.scope, words, form.cleaned_data["kind"]) if words else []
    context = {"form": form, "words": words, "found": found, "only": form.cleaned_data.get("kind", "")}
    return render(request, "desk/search/page.html", context, status=200 if is_valid else 422)
