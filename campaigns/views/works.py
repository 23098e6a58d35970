"""The hub of special work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need
from campaigns.queries.works import works_for
from members.queries.hubs import missing_in


@require_safe
@need(Permission.VIEW_WORK)
def work_list(request: Request) -> HttpResponse:
    """Every list of special work with what it holds and what waits. Source: C06 – C15."""
    groups = works_for(request.scope)
    return render(request, "campaigns/works/list.html", {"groups": groups, "missing": missing_in(groups)})
