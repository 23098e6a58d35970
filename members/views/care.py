"""激励关怀帮扶 (O14), for those who are named for it. Every look leaves a trace."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.queries.audit import history_of
from branches.views.access import Request, signed_in, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import care as actions
from members.actions.restricted import note_list_seen
from members.enums import CareGroup, RestrictedKind
from members.forms.care import CareEndForm, CareFilterForm, CareForm, VisitForm
from members.forms.members import ReasonForm
from members.models import CareCase
from members.queries.care import cases_for, export_rows
from members.views.custody import held_or_403
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = ("序号", "类别", "姓名", "党组织", "开始日期", "结束日期", "帮扶次数", "最近帮扶", "金额合计（元）")


@require_safe
@signed_in
def care_list(request: Request) -> HttpResponse:
    """Who is cared for, with what was done."""
    held_or_403(request, RestrictedKind.CARE)
    form, today = CareFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = CareCase.objects.none() if filters is None else cases_for(request.scope, today, **filters)
    page = page_of(request, rows)
    group = (filters or {}).get("group", "")
    note_list_seen(by=request.actor, what="关怀帮扶", kind=group, count=page.paginator.count)
    context = {"form": form, "page": page, "today": today, "groups": CareGroup, "group": group, "seen_at": clock.now()}
    return render(request, "members/care/list.html", context, status=422 if filters is None else 200)


@signed_in
def care_export(request: Request) -> HttpResponseBase:
    """The register as a workbook, without the needs, for a reason that the trail keeps."""
    held_or_403(request, RestrictedKind.CARE)
    filters, today = chosen(CareFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = BytesIO()
        rows = export_rows(cases_for(request.scope, today, **filters).iterator(1000))
        count = write_table(file, [Sheet("关怀帮扶", COLUMNS, rows, title="关怀帮扶台账")])
        record_export(by=request.actor, what="关怀帮扶台账", count=count, reason=form.cleaned_data["reason"])
        return workbook_response(file, f"关怀帮扶台账{today:%Y%m%d}.xlsx")
    context = {
        "title": "导出关怀帮扶台账", "question": "导出的文件不含困难和需要的具体内容。请妥善保管，用后删除。",
        "form": form, "verb": "导出", "cancel_url": reverse("members:care_list"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@signed_in
def care_new(request: Request) -> HttpResponse:
    """A member who needs care."""
    held_or_403(request, RestrictedKind.CARE)
    form = CareForm(request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            case = actions.open_case(by=request.actor, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记。")
            return redirect("members:care_detail", pk=case.pk)
    return render(request, "members/care/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def care_detail(request: Request, pk: int) -> HttpResponse:
    """One member's need and the help given."""
    case = _case(request, pk)
    actions.note_case_seen(by=request.actor, case=case)
    return _shown(request, case, VisitForm())


@require_POST
@signed_in
def care_visit(request: Request, pk: int) -> HttpResponse:
    """Help was given."""
    case, form = _case(request, pk), VisitForm(request.POST)
    if form.is_valid():
        try:
            actions.add_visit(by=request.actor, case=case, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记帮扶。")
            return redirect("members:care_detail", pk=pk)
    return _shown(request, case, form)


@signed_in
def care_end(request: Request, pk: int) -> HttpResponse:
    """Care is no longer needed."""
    case = _case(request, pk)
    form = CareEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_case(by=request.actor, case=case, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已结束。")
            return redirect("members:care_detail", pk=pk)
    context = {
        "title": "结束关怀帮扶", "question": "结束后按规则表规定的年限保存，到期销毁。", "form": form, "verb": "结束",
        "facts": [("党员", case.member), ("类别", case.get_group_display()), ("开始日期", day_text(case.starts_on))],
        "cancel_url": reverse("members:care_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


def _shown(request: Request, case: CareCase, form: VisitForm) -> HttpResponse:
    context = {
        "case": case,
        "visits": case.visits.select_related("recorded_by"),
        "form": form,
        "history": history_of(case),
        "seen_at": clock.now(),
    }
    return render(request, "members/care/detail.html", context, status=422 if form.is_bound else 200)


def _case(request: Request, pk: int) -> CareCase:
    held_or_403(request, RestrictedKind.CARE)
    rows = CareCase.objects.select_related("member", "organization", "recorded_by")
    case: CareCase = visible_or_404(rows, request, pk=pk)
    return case
