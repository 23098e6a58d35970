"""Figures of rectification by organisation (R05)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need
from branches.views.lists import chosen
from campaigns.forms.problems import BoardForm
from campaigns.queries.problem_figures import total_of, unit_lines
from partybuild.lib import clock


@require_safe
@need(Permission.VIEW_WORK)
def problem_board(request: Request) -> HttpResponse:
    """What was raised, closed in time and is overdue, of an organisation and those directly below; click down."""
    form, today = BoardForm(request.GET), clock.today()
    filters = chosen(form) or {"year": None, "under": None}
    reached = Organization.objects.visible_to(request.scope, Permission.VIEW_WORK)
    assert request.scope.grant is not None
    under = get_object_or_404(reached, pk=filters["under"] or request.scope.grant.organization_id)
    year = filters["year"] or today.year
    lines = unit_lines(request.scope, under, year, today)
    context = {
        "form": form,
        "under": under,
        "parent": reached.filter(pk=under.parent_id).first() if under.parent_id else None,
        "year": year,
        "years": range(today.year - 2, today.year + 1),
        "lines": lines,
        "total": total_of(lines),
    }
    return render(request, "campaigns/problems/board.html", context, status=200 if form.is_valid() else 422)
