"""The hub of the registers of party work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.views.access import Request, need
from members.queries.hubs import missing_in
from members.queries.registers import registers_for


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def register_list(request: Request) -> HttpResponse:
    """Every register with what it holds and what is missing; the 七项重点任务 are marked. Source: TJ, O04."""
    groups = registers_for(request.scope)
    return render(request, "members/registers/list.html", {"groups": groups, "missing": missing_in(groups)})
