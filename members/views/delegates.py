"""The roll of delegates (O17): list, new, ended."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import delegates as actions
from members.forms.delegates import DelegateEndForm, DelegateFilterForm, DelegateForm
from members.models import Delegate
from members.queries.delegates import delegate_lines, delegates_for, export_rows
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "姓名", "党支部", "党代表大会", "选举单位", "当选日期", "任期开始", "届满日期", "状态", "终止日期",
    "终止原因",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def delegate_list(request: Request) -> HttpResponse:
    """Who is a delegate, whose term ends."""
    form, today = DelegateFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    rows = Delegate.objects.none() if filters is None else delegates_for(request.scope, today, **filters)
    page = page_of(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": delegate_lines(page, today),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/delegates/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def delegate_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters, today = chosen(DelegateFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = export_rows(delegates_for(request.scope, today, **filters).iterator(1000), today)
    count = write_table(file, [Sheet("党代表", COLUMNS, rows, title="党代表名册")])
    record_export(by=request.actor, what="党代表名册", count=count)
    return workbook_response(file, f"党代表名册{today:%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def delegate_new(request: Request) -> HttpResponse:
    """A member was elected."""
    form = DelegateForm(request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        require(request, Permission.MANAGE_PARTY_WORK, values["organization"])
        try:
            actions.enter_delegate(by=request.actor, **values)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记。")
            return redirect("members:delegate_list")
    return render(request, "members/delegates/form.html", {"form": form}, status=422 if form.is_bound else 200)


@need(Permission.MANAGE_PARTY_WORK)
def delegate_end(request: Request, pk: int) -> HttpResponse:
    """He is no delegate any more."""
    delegate: Delegate = visible_or_404(Delegate.objects.select_related("member", "organization"), request, pk=pk)
    require(request, Permission.MANAGE_PARTY_WORK, delegate.organization)
    form = DelegateEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_delegate(by=request.actor, delegate=delegate, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "代表资格已终止。")
            return redirect("members:delegate_list")
    context = {
        "title": "终止党代表资格", "question": "终止后不能恢复，原有记录保留。", "form": form, "verb": "终止",
        "danger": True, "facts": [("党员", delegate.member), ("党代表大会", delegate.congress),
        ("届满日期", day_text(delegate.term_ends_on))], "cancel_url": reverse("members:delegate_list"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)
