"""Weak branches (O16): list, one branch with its plan, listed, lifted, steps."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.pages import Book, ListPage, ask, attempt, data_of, do, export_sheets, show_list
from members.actions import weak_branches as actions
from members.forms.weak_branches import LiftForm, StepDoneForm, StepForm, WeakFilterForm, WeakForm
from members.models import PlanStep, WeakBranch
from members.queries.weak_branches import step_rows, weak_rows, with_progress
from members.queries.weak_branches import weak_list as listed
from members.rules.weak_branches import last_day
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text
from partybuild.lib.workbook import Sheet

COLUMNS = (
    "序号", "党支部", "党支部编码", "列入日期", "列入原因", "已完成措施", "计划措施", "逾期措施", "销号日期",
    "销号理由",
)  # fmt: skip
STEP_COLUMNS = ("序号", "党支部", "党支部编码", "年度", "提升措施", "完成期限", "完成日期", "完成情况")
P = Permission
WEAK = ListPage(
    heading="软弱涣散党支部",
    template="members/weak_branches/list.html",
    url_name="members:weak_list",
    book=Book(url_name="members:weak_export", columns=COLUMNS),
    new_name="members:weak_new",
    new_label="列入党支部",
    none="没有软弱涣散党支部",
    empty="由上级党组织认定后列入。",
    invite="经上级认定的党支部在这里列入，制定提升计划，整顿后销号。",
    nothing_found="没有符合条件的党支部",
)


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_list(request: Request) -> HttpResponse:
    """The weak branches of the scope with the progress of their plans."""
    form, today = WeakFilterForm(request.scope, request.GET), clock.today()
    may_add = request.scope.holds(P.APPROVE_PARTY_WORK)
    return show_list(request, WEAK, form, partial(listed, on=today), may_add=may_add)


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered, with the plans on a sheet of their own."""
    today = clock.today()

    def sheets(**filters: Any) -> list[Sheet]:
        found, note = listed(request.scope, today, **filters), f"截至{day_text(today)}"
        return [
            Sheet("软弱涣散党支部", COLUMNS, weak_rows(found), title="软弱涣散党支部台账", note=note),
            Sheet("三年提升计划", STEP_COLUMNS, step_rows(found), title="强基创优三年提升计划", note=note),
        ]

    return export_sheets(request, WeakFilterForm(request.scope, request.GET), WEAK.heading, sheets)


@need(P.APPROVE_PARTY_WORK)
def weak_new(request: Request) -> HttpResponse:
    """The superior puts a branch on the list."""
    return ask(
        request, WeakForm(request.scope, data_of(request)),
        lambda values: actions.list_branch(by=request.actor, **values), done="已列入，请督促制定提升计划。",
        to=_page_of, title="列入软弱涣散党支部", back_url=reverse(WEAK.url_name), back_label=WEAK.heading,
    )  # fmt: skip


@require_safe
@need(P.VIEW_PARTY_WORK)
def weak_detail(request: Request, pk: int) -> HttpResponse:
    """One weak branch: why, what is planned, what is done."""
    return _detail(request, _weak(request, pk))


@need(P.APPROVE_PARTY_WORK)
def weak_lift(request: Request, pk: int) -> HttpResponse:
    """The superior takes a branch off the list."""
    weak = _weak(request, pk, P.APPROVE_PARTY_WORK)
    return ask(
        request, LiftForm(data_of(request)),
        lambda values: actions.lift_branch(by=request.actor, weak=weak, **values), done="已销号。", to=_page_of(weak),
        title=f"{weak.organization}销号", back_url=_page_of(weak), back_label=weak.organization,
    )  # fmt: skip


@require_POST
@need(P.MANAGE_PARTY_WORK)
def weak_step_add(request: Request, pk: int) -> HttpResponse:
    """A measure of the plan."""
    weak, form = _weak(request, pk, P.MANAGE_PARTY_WORK), StepForm(request.POST)
    added = attempt(
        request, form, lambda values: actions.add_step(by=request.actor, weak=weak, **values), done="已登记措施。",
        to=_page_of(weak),
    )  # fmt: skip
    return added or _detail(request, weak, form)


@need(P.MANAGE_PARTY_WORK)
def weak_step_done(request: Request, pk: int) -> HttpResponse:
    """A measure is done."""
    step = _step(request, pk)
    page = _page_of(step.weak)
    return ask(
        request, StepDoneForm(data_of(request)),
        lambda values: actions.finish_step(by=request.actor, step=step, **values), done="已登记完成。", to=page,
        title="登记措施完成情况", figure=f"{step.measure}　{day_text(step.target_on)}前完成", back_url=page,
        back_label=step.weak.organization,
    )  # fmt: skip


@require_POST
@need(P.MANAGE_PARTY_WORK)
def weak_step_drop(request: Request, pk: int) -> HttpResponse:
    """Take a measure out of the plan."""
    step = _step(request, pk)
    return do(request, lambda: actions.drop_step(by=request.actor, step=step), to=_page_of(step.weak))


def _page_of(weak: WeakBranch) -> str:
    return reverse("members:weak_detail", args=[weak.pk])


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
