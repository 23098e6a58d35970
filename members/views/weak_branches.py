"""Weak branches (O16): list, one branch with its plan, listed, lifted, steps."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from branches.views.workbooks import workbook_response
from members.actions import weak_branches as actions
from members.forms.weak_branches import LiftForm, StepDoneForm, StepForm, WeakFilterForm, WeakForm
from members.models import PlanStep, WeakBranch
from members.queries.weak_branches import step_rows, weak_rows, with_progress
from members.queries.weak_branches import weak_list as listed
from members.rules.weak_branches import last_day
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "党支部", "党支部编码", "列入日期", "列入原因", "已完成措施", "计划措施", "逾期措施", "销号日期",
    "销号理由",
)  # fmt: skip
STEP_COLUMNS = ("序号", "党支部", "党支部编码", "年度", "提升措施", "完成期限", "完成日期", "完成情况")
P = Permission


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_list(request: Request) -> HttpResponse:
    """The weak branches of the scope with the progress of their plans."""
    form, today = WeakFilterForm(request.scope, request.GET), clock.today()
    filters = chosen(form)
    found = WeakBranch.objects.none() if filters is None else listed(request.scope, today, **filters)
    context = {
        "form": form,
        "page": page_of(request, found),
        "can_list": request.scope.holds(P.APPROVE_PARTY_WORK),
    }
    return render(request, "members/weak_branches/list.html", context, status=422 if filters is None else 200)


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, with the plans on a sheet of their own."""
    filters, today = chosen(WeakFilterForm(request.scope, request.GET)), clock.today()
    if filters is None:
        return render(request, "400.html", status=400)
    file, found, note = BytesIO(), listed(request.scope, today, **filters), f"截至{day_text(today)}"
    sheets = [
        Sheet("软弱涣散党支部", COLUMNS, weak_rows(found), title="软弱涣散党支部台账", note=note),
        Sheet("三年提升计划", STEP_COLUMNS, step_rows(found), title="强基创优三年提升计划", note=note),
    ]
    count = write_table(file, sheets)
    record_export(by=request.actor, what="软弱涣散党支部", count=count)
    return workbook_response(file, f"软弱涣散党支部{today:%Y%m%d}.xlsx")


@need(P.APPROVE_PARTY_WORK)
def weak_new(request: Request) -> HttpResponse:
    """The superior puts a branch on the list."""
    form = WeakForm(request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            weak = actions.list_branch(by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已列入，请督促制定提升计划。")
            return redirect("members:weak_detail", pk=weak.pk)
    context = {"form": form, "title": "列入软弱涣散党支部", "cancel_url": reverse("members:weak_list")}
    return render(request, "members/weak_branches/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_detail(request: Request, pk: int) -> HttpResponse:
    """One weak branch: why, what is planned, what is done."""
    return _detail(request, _weak(request, pk))


@need(P.APPROVE_PARTY_WORK)
def weak_lift(request: Request, pk: int) -> HttpResponse:
    """The superior takes a branch off the list."""
    weak = _weak(request, pk, P.APPROVE_PARTY_WORK)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_branch(by=request.actor, weak=weak, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已销号。")
            return redirect("members:weak_detail", pk=pk)
    context = {
        "form": form, "title": f"{weak.organization}销号", "cancel_url": reverse("members:weak_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "members/weak_branches/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def weak_step_add(request: Request, pk: int) -> HttpResponse:
    """A measure of the plan."""
    weak, form = _weak(request, pk, P.MANAGE_PARTY_WORK), StepForm(request.POST)
    if form.is_valid():
        try:
            actions.add_step(by=request.actor, weak=weak, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记措施。")
            return redirect("members:weak_detail", pk=pk)
    return _detail(request, weak, form)


@need(P.MANAGE_PARTY_WORK)
def weak_step_done(request: Request, pk: int) -> HttpResponse:
    """A measure is done."""
    step = _step(request, pk)
    form = StepDoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.finish_step(by=request.actor, step=step, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已登记完成。")
            return redirect("members:weak_detail", pk=step.weak_id)
    context = {
        "form": form, "title": "登记措施完成情况", "step": step,
        "cancel_url": reverse("members:weak_detail", args=[step.weak_id]),
    }  # fmt: skip
    return render(request, "members/weak_branches/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(P.MANAGE_PARTY_WORK)
def weak_step_drop(request: Request, pk: int) -> HttpResponse:
    """Take a measure out of the plan."""
    step = _step(request, pk)
    try:
        actions.drop_step(by=request.actor, step=step)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("members:weak_detail", pk=step.weak_id)


def _weak(request: Request, pk: int, permission: Permission = P.VIEW_PARTY_WORK) -> WeakBranch:
    found = with_progress(WeakBranch.objects.select_related("organization", "listed_by", "lifted_by"), clock.today())
    weak: WeakBranch = visible_or_404(found, request, pk=pk)
    require(request, permission, weak.organization)
    return weak


def _step(request: Request, pk: int) -> PlanStep:
    seen = WeakBranch.objects.visible_to(request.scope)
    step = get_object_or_404(PlanStep.objects.filter(weak__in=seen).select_related("weak__organization"), pk=pk)
    require(request, P.MANAGE_PARTY_WORK, step.weak.organization)
    return step


def _detail(request: Request, weak: WeakBranch, form: StepForm | None = None) -> HttpResponse:
    scope, organization, today = request.scope, weak.organization, clock.today()
    is_own = scope.grant is not None and scope.grant.organization_id == organization.pk
    context = {
        "weak": weak,
        "steps": weak.steps.all(),
        "today": today,
        "latest": last_day(weak.listed_on, rule_table(today).int("weak.plan_years")),
        "can_manage": weak.lifted_on is None and scope.allows(P.MANAGE_PARTY_WORK, organization),
        "can_lift": weak.lifted_on is None and not is_own and scope.allows(P.APPROVE_PARTY_WORK, organization),
        "form": form or StepForm(),
        "history": history_of(weak),
    }
    return render(request, "members/weak_branches/detail.html", context, status=422 if form else 200)
