"""The page of rights: which role may do what, and how far."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.enums import Role
from branches.permissions import RIGHTS, Permission
from branches.views.access import Request, need


@require_safe
@need(Permission.VIEW_RIGHTS)
def rights(request: Request) -> HttpResponse:
    """The table that every check asks; of one role only what it holds."""
    chosen = [role for role in Role if role == request.GET.get("role")]
    roles = chosen or list(Role)
    rows = [(permission, [RIGHTS[role].get(permission) for role in roles]) for permission in Permission]
    context = {
        "roles": roles,
        "all_roles": Role,
        "chosen": chosen[0] if chosen else None,
        "rows": [row for row in rows if any(row[1])] if chosen else rows,
        "with_code": [role.label for role in Role if role in settings.SECOND_FACTOR_ROLES],
    }
    return render(request, "branches/rights.html", context)
