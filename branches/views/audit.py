"""The audit trail for the auditor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from branches.forms.audit import AuditFilterForm
from branches.models import AuditEntry
from branches.permissions import Permission
from branches.queries.audit import entries_for, with_names
from branches.views.access import Request, need
from branches.views.lists import chosen, page_of


@require_safe
@need(Permission.VIEW_AUDIT)
def audit_list(request: Request) -> HttpResponse:
    """Who did what, the newest first."""
    form = AuditFilterForm(request.GET)
    filters = chosen(form)
    entries = AuditEntry.objects.none() if filters is None else entries_for(request.scope, **filters)
    page = page_of(request, entries)
    context = {"form": form, "page": page, "rows": with_names(list(page))}
    return render(request, "branches/audit_list.html", context, status=422 if filters is None else 200)
