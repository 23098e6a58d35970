"""The audit trail for the auditor: searched, taken out, held against its seals."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from branches.actions.sealing import verify_audit
from branches.forms.audit import AuditFilterForm
from branches.models import AuditEntry
from branches.permissions import Permission
from branches.queries.audit import entries_for, export_rows, page_of_entries, places_of, with_names
from branches.queries.audit_chain import last_seal, unsealed
from branches.views.access import Request, need
from branches.views.lists import chosen
from branches.views.workbooks import exported
from partybuild.lib import clock
from partybuild.lib.dates import moment_text
from partybuild.lib.workbook import Sheet

COLUMNS = ("时间", "操作人", "操作", "对象", "党组织", "结果", "方式", "来源地址", "说明", "编号")
MOST_EXPORTED = 50_000
MOST_VERIFIED = 200_000


@require_safe
@need(Permission.VIEW_AUDIT)
def audit_list(request: Request) -> HttpResponse:
    """Who did what, the newest first."""
    form = AuditFilterForm(request.scope, request.GET)
    filters = chosen(form)
    found = AuditEntry.objects.none() if filters is None else entries_for(request.scope, **filters)
    page, entries = page_of_entries(found, request.GET.get("after", ""), request.GET.get("before", ""))
    last, places = last_seal(), places_of(entries)
    rows = [(entry, name, places.get(entry.organization_id or 0, "")) for entry, name in with_names(entries)]
    context = {"form": form, "page": page, "rows": rows, "last": last, "waiting": unsealed(last).count()}
    return render(request, "branches/audit/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_AUDIT)
def audit_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, as a workbook; the newest when there are very many."""
    filters = chosen(AuditFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    note = f"截至{moment_text(clock.now())}，按时间从新到旧，最多 {MOST_EXPORTED} 条"
    rows = export_rows(entries_for(request.scope, **filters), MOST_EXPORTED)
    return exported(request, "审计记录", Sheet("审计记录", COLUMNS, rows, title="审计记录", note=note))


@require_POST
@need(Permission.VIEW_AUDIT)
def audit_verify(request: Request) -> HttpResponse:
    """Whether the entries are as they were sealed."""
    verdict, is_whole = verify_audit(by=request.actor, most=MOST_VERIFIED)
    context = {"verdict": verdict, "is_whole": is_whole, "flaws": verdict.flaws[:100]}
    return render(request, "branches/audit/verdict.html", context)
