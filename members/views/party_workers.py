"""The register of party staff (党务干部): list, gaps, one entry, writes. O12."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import exported
from members.actions.party_workers import EDITABLE, add_party_worker, edit_party_worker, end_party_worker
from members.forms.party_workers import (
    NewPartyWorkerForm,
    PartyWorkerEndForm,
    PartyWorkerFilterForm,
    PartyWorkerForm,
)
from members.models import PartyWorker
from members.queries.party_workers import (
    DEFAULT_SORT,
    export_rows,
    gap_lines,
    gap_rows,
    with_rotation,
)
from members.queries.party_workers import (
    party_worker_list as listed,
)
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "姓名", "性别", "党组织", "专职或者兼职", "党务岗位", "职务名称", "职级", "任职时间", "离任时间",
    "轮岗交流", "党务工作简历",
)  # fmt: skip
GAP_COLUMNS = ("序号", "党组织", "配备缺口", "规则", "依据")


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def party_worker_list(request: Request) -> HttpResponse:
    """Those who do party work in the scope, and what is missing."""
    form = PartyWorkerFilterForm(request.scope, request.GET)
    filters = chosen(form)
    today = clock.today()
    sort = request.GET.get("sort", DEFAULT_SORT)
    found = PartyWorker.objects.none() if filters is None else listed(request.scope, today, sort=sort, **filters)
    page = page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": with_rotation(page, today),
        "gap_count": len(gap_lines(request.scope, today)),
        "default_sort": DEFAULT_SORT,
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/party_workers/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def party_worker_gaps(request: Request) -> HttpResponse:
    """What the 机关党委 of the scope lack, each with its rule."""
    page = page_of(request, gap_lines(request.scope, clock.today()))
    can_manage = request.scope.holds(Permission.MANAGE_PARTY_WORK)
    return render(request, "members/party_workers/gaps.html", {"page": page, "can_manage": can_manage})


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def party_worker_export(request: Request) -> HttpResponseBase:
    """The list, filtered as it is shown, with a sheet of what is missing."""
    filters = chosen(PartyWorkerFilterForm(request.scope, request.GET))
    if filters is None:
        return render(request, "400.html", status=400)
    today = clock.today()
    workers = export_rows(listed(request.scope, today, **filters), today)
    missing = gap_rows(gap_lines(request.scope, today, filters["organization"]))
    note = f"截至{day_text(today)}"
    sheets = [
        Sheet("党务干部", COLUMNS, workers, title="党务干部台账", note=note),
        Sheet("配备缺口", GAP_COLUMNS, missing, title="党务干部配备缺口", note=note),
    ]
    return exported(request, "党务干部台账", *sheets)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def party_worker_detail(request: Request, pk: int) -> HttpResponse:
    """One entry: post, time in it, resumé."""
    worker = _worker(request, pk, Permission.VIEW_PARTY_WORK)
    today = clock.today()
    context = {
        "worker": worker,
        "rotation_on": with_rotation([worker], today)[0][1],
        "rule": rule_table(today).rule("workers.rotation_years"),
        "others": PartyWorker.objects.visible_to(request.scope)
        .filter(member=worker.member)
        .exclude(pk=pk)
        .select_related("organization")
        .order_by("-starts_on"),
        "can_manage": request.scope.allows(Permission.MANAGE_PARTY_WORK, worker.organization),
        "can_view_member": request.scope.allows(Permission.VIEW_MEMBER, worker.organization),
        "history": history_of(worker),
    }
    return render(request, "members/party_workers/detail.html", context)


@need(Permission.MANAGE_PARTY_WORK)
def party_worker_new(request: Request) -> HttpResponse:
    """A member takes up party work; the organisation is that of the address, else one's own."""
    initial = {"organization": _own(request), "duty": request.GET.get("duty", "")}
    form = NewPartyWorkerForm(request.scope, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            worker = add_party_worker(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"已登记：{worker}。")
            return redirect("members:party_worker_detail", pk=worker.pk)
    return _form(request, form, "登记党务干部", "登记", reverse("members:party_worker_list"))


@need(Permission.MANAGE_PARTY_WORK)
def party_worker_edit(request: Request, pk: int) -> HttpResponse:
    """Change what the register holds."""
    worker = _worker(request, pk, Permission.MANAGE_PARTY_WORK)
    initial = {name: getattr(worker, name) for name in EDITABLE}
    form = PartyWorkerForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_party_worker(by=request.actor, worker=worker, changes=form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:party_worker_detail", pk=pk)
    back = reverse("members:party_worker_detail", args=[pk])
    return _form(request, form, f"修改{worker.member}的党务岗位", "保存", back)


@need(Permission.MANAGE_PARTY_WORK)
def party_worker_end(request: Request, pk: int) -> HttpResponse:
    """A member gives up party work."""
    worker = _worker(request, pk, Permission.MANAGE_PARTY_WORK)
    form = PartyWorkerEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_party_worker(by=request.actor, worker=worker, ends_on=form.cleaned_data["ends_on"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记离任。")
            return redirect("members:party_worker_detail", pk=pk)
    back = reverse("members:party_worker_detail", args=[pk])
    return _form(request, form, f"{worker}离任", "登记离任", back)


def _worker(request: Request, pk: int, permission: Permission) -> PartyWorker:
    found = PartyWorker.objects.select_related("member", "organization")
    worker: PartyWorker = visible_or_404(found, request, pk=pk)
    require(request, permission, worker.organization)
    return worker


def _own(request: Request) -> Organization | None:
    code = request.GET.get("organization", "")
    reached = Organization.objects.visible_to(request.scope, Permission.MANAGE_PARTY_WORK)
    if code and "\0" not in code:
        return reached.filter(code=code).first()
    return reached.filter(path=request.scope.grant.path).first() if request.scope.grant else None


def _form(request: Request, form: Any, title: str, submit: str, cancel_url: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "cancel_url": cancel_url}
    return render(request, "members/party_workers/form.html", context, status=422 if form.is_bound else 200)
