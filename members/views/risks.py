"""Risk points (O13): list, one point with its reviews, new, changed, reviewed."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import risks as actions
from members.forms.fields import written
from members.forms.risks import NewRiskForm, RiskFilterForm, RiskForm, RiskReviewForm
from members.models import Membership, RiskPoint
from members.queries.risks import risk_lines, risk_rows
from members.queries.risks import risk_list as listed
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "党组织", "党组织编码", "岗位", "领域", "环节", "风险表现", "风险等级", "防控措施", "责任人", "排查日期",
    "最近复查", "下次复查期限", "状态", "消除日期", "消除说明",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_list(request: Request) -> HttpResponse:
    """The risk points of the scope."""
    form, today = RiskFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    page = page_of(request, RiskPoint.objects.none() if filters is None else listed(request.scope, today, **filters))
    context = {
        "form": form,
        "page": page,
        "lines": risk_lines(page.object_list, today),
        "can_manage": request.scope.holds(Permission.MANAGE_PARTY_WORK),
    }
    return render(request, "members/risks/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, as a workbook."""
    filters, today = chosen(RiskFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    file = BytesIO()
    rows = risk_rows(listed(request.scope, today, **filters), today)
    sheet = Sheet("廉政风险点", COLUMNS, rows, title="廉政风险点台账", note=f"截至{day_text(today)}")
    count = write_table(file, [sheet])
    record_export(by=request.actor, what="廉政风险点台账", count=count)
    return workbook_response(file, f"廉政风险点台账{today:%Y%m%d}.xlsx")


@need(Permission.MANAGE_PARTY_WORK)
def risk_new(request: Request) -> HttpResponse:
    """A point was found."""
    own = request.scope.grant and Organization.objects.filter(pk=request.scope.grant.organization_id).first()
    form = NewRiskForm(request.scope, request.POST if request.method == "POST" else None, initial={"organization": own})
    if request.method == "POST" and form.is_valid():
        try:
            risk = actions.register_risk(by=request.actor, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记廉政风险点。")
            return redirect("members:risk_detail", pk=risk.pk)
    context = {"form": form, "title": "登记廉政风险点", "cancel_url": reverse("members:risk_list")}
    return render(request, "members/risks/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_PARTY_WORK)
def risk_detail(request: Request, pk: int) -> HttpResponse:
    """One point: what it is, what is done, who looked at it when."""
    return _detail(request, _risk(request, pk))


@need(Permission.MANAGE_PARTY_WORK)
def risk_edit(request: Request, pk: int) -> HttpResponse:
    """Put right what the register says."""
    risk = _risk(request, pk, Permission.MANAGE_PARTY_WORK)
    form = RiskForm(request.scope, request.POST if request.method == "POST" else None, risk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_risk(by=request.actor, risk=risk, **form.values())
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("members:risk_detail", pk=pk)
    if not form.is_bound:
        place = (
            Membership.objects.on(clock.today())
            .filter(member=risk.responsible_id)
            .select_related("member", "organization")
            .first()
        )
        form.initial["responsible"] = written(place) if place else risk.responsible.name
    context = {
        "form": form, "title": "修改廉政风险点", "cancel_url": reverse("members:risk_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "members/risks/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.MANAGE_PARTY_WORK)
def risk_review(request: Request, pk: int) -> HttpResponse:
    """The yearly look."""
    risk, form = _risk(request, pk, Permission.MANAGE_PARTY_WORK), RiskReviewForm(request.POST)
    if form.is_valid():
        try:
            actions.review_risk(by=request.actor, risk=risk, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记复查。")
            return redirect("members:risk_detail", pk=pk)
    return _detail(request, risk, form)


def _risk(request: Request, pk: int, permission: Permission = Permission.VIEW_PARTY_WORK) -> RiskPoint:
    risk: RiskPoint = visible_or_404(RiskPoint.objects.select_related("organization", "responsible"), request, pk=pk)
    require(request, permission, risk.organization)
    return risk


def _detail(request: Request, risk: RiskPoint, form: RiskReviewForm | None = None) -> HttpResponse:
    today = clock.today()
    context = {
        "risk": risk,
        "line": risk_lines([risk], today)[0],
        "rule": rule_table(today).rule("risk.review_months"),
        "reviews": risk.reviews.select_related("reviewed_by"),
        "can_manage": risk.closed_on is None and request.scope.allows(Permission.MANAGE_PARTY_WORK, risk.organization),
        "form": form or RiskReviewForm(),
        "history": history_of(risk),
    }
    return render(request, "members/risks/detail.html", context, status=422 if form else 200)
