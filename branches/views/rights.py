"""The page of rights: which role may do what, and how far."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.enums import Role
from branches.permissions import RIGHTS, Permission
from branches.views.access import Request, need


@require_safe
@need(Permission.VIEW_RIGHTS)
def rights(request: Request) -> HttpResponse:
    """The table that every check asks."""
    rows = [(permission, [RIGHTS[role].get(permission) for role in Role]) for permission in Permission]
    return render(request, "branches/rights.html", {"roles": Role, "rows": rows})
