"""The structure check (设置检查): findings, asking to put them right, approvals. O03."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions.structure import approve_structure, ask_to_put_right, end_approval
from members.enums import FindingCode
from members.forms.structure import ApprovalEndForm, ApprovalForm, AskForm, StructureFilterForm
from members.models import StructureApproval
from members.queries.structure import Line, export_rows, findings_under, structure_lines, task_list, with_tasks
from members.rules.structure import CHECKED
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.htmx import is_htmx
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "党组织编码", "党组织名称", "上级党组织", "检查项目", "检查结果", "规则", "依据", "整改期限", "情况说明",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def structure_list(request: Request) -> HttpResponse:
    """What the check finds in the scope today, with counts by finding."""
    form = StructureFilterForm(request.scope, request.GET)
    filters = chosen(form)
    lines, counts = ([], {}) if filters is None else structure_lines(request.scope, clock.today(), **filters)
    page = page_of(request, lines)
    context = {
        "form": form,
        "page": page,
        "rows": with_tasks(page),
        "chips": [(code, FindingCode(code).label, count) for code, count in counts.items()],
        "total": sum(counts.values()),
        "ask_form": AskForm(),
        "can_ask": request.scope.holds(Permission.APPROVE_PARTY_WORK),
    }
    return render(request, "members/structure/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def structure_export(request: Request) -> HttpResponseBase:
    """The findings, filtered as they are shown, as a workbook."""
    filters = chosen(StructureFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    lines, _ = structure_lines(request.scope, today, **filters)
    rows = export_rows(with_tasks(lines))
    return exported(
        request,
        "设置检查",
        Sheet("设置检查", COLUMNS, rows, title="党组织设置检查", note=f"截至{day_text(today)}"),
        file_name=f"党组织设置检查{today:%Y%m%d}",
    )


@require_POST
@need(Permission.APPROVE_PARTY_WORK)
def structure_ask(request: Request) -> HttpResponse:
    """Ask the marked organisations to put it right by a day; what lies outside the scope is left out."""
    form = AskForm(request.POST)
    if form.is_valid():
        under = own_or_404(request)
        try:
            tasks = ask_to_put_right(by=request.actor, under=under, marked=form.marked, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已下发 {len(tasks)} 项整改。" if tasks else "所选事项已下发过或者已通过检查。")
            return redirect("members:structure_task_list")
    marked = [f"{pk}:{code}" for pk, code in form.marked]
    return render(request, "members/structure/ask.html", {"form": form, "marked": marked}, status=422)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def structure_detail(request: Request, pk: int) -> HttpResponse:
    """The findings about one organisation with their rules; as a fragment the panel on its page."""
    organization: Organization = visible_or_404(Organization.objects.select_related("parent"), request, pk=pk)
    require(request, Permission.VIEW_PARTY_WORK, organization)
    lines = [line for line in findings_under(organization.path, clock.today()) if line.place.pk == organization.pk]
    context = {"organization": organization, "rows": with_tasks(lines), "is_checked": organization.kind in CHECKED}
    if is_htmx(request):
        return render(request, "members/structure/_panel.html", context)
    return render(request, "members/structure/detail.html", context | _beside(request, organization, lines))


def _beside(request: Request, organization: Organization, lines: list[Line]) -> dict[str, Any]:
    scope = request.scope
    is_own = scope.grant is not None and scope.grant.organization_id == organization.pk
    can_decide = scope.allows(Permission.APPROVE_PARTY_WORK, organization)
    return {
        "tasks": task_list(scope, state="all").filter(organization=organization),
        "approvals": StructureApproval.objects.visible_to(scope).filter(organization=organization),
        "can_ask": can_decide and bool(lines),
        "can_approve": can_decide and (not is_own or organization.parent_id is None),
        "ask_form": AskForm(),
    }


@need(Permission.APPROVE_PARTY_WORK)
def structure_approval_new(request: Request, pk: int) -> HttpResponse:
    """The superior approves a setting-up that the rule does not provide for."""
    organization: Organization = visible_or_404(Organization.objects, request, pk=pk)
    require(request, Permission.APPROVE_PARTY_WORK, organization)
    form = ApprovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            approve_structure(by=request.actor, organization=organization, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记批准，检查不再列出这一项。")
            return redirect("members:structure_detail", pk=pk)
    return _form(request, form, organization, "登记设置批准", "登记")


@need(Permission.APPROVE_PARTY_WORK)
def structure_approval_end(request: Request, pk: int) -> HttpResponse:
    """An approval no longer holds."""
    found = StructureApproval.objects.select_related("organization")
    approval: StructureApproval = visible_or_404(found, request, pk=pk)
    organization = approval.organization
    require(request, Permission.APPROVE_PARTY_WORK, organization)
    form = ApprovalEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_approval(by=request.actor, approval=approval, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已终止批准。")
            return redirect("members:structure_detail", pk=organization.pk)
    return _form(request, form, organization, f"终止批准：{approval.document}", "终止批准")


def _form(request: Request, form: Any, organization: Organization, title: str, submit: str) -> HttpResponse:
    context = {
        "form": form,
        "organization": organization,
        "title": title,
        "submit": submit,
        "cancel_url": reverse("members:structure_detail", args=[organization.pk]),
    }
    return render(request, "members/structure/form.html", context, status=422 if form.is_bound else 200)
