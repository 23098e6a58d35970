"""Yearly plans of branches and the activities that they name (C07)."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen
from branches.views.pages import Book, ListPage, data_of, do, export_list, show_list
from campaigns.actions import branch_plans as actions
from campaigns.forms.branch_plans import (
    CoverageForm,
    PlanFilterForm,
    PlanForm,
    PlanItemForm,
    PlannedFilterForm,
    PlanNewForm,
)
from campaigns.forms.papers import RemarkForm
from campaigns.models import BranchPlan, PlanItem
from campaigns.queries import branch_plans as queries
from campaigns.queries.work_coverage import totals
from campaigns.rules.branch_plans import PLAN_STATES, PlanState
from campaigns.views.work_pages import ask
from partybuild.lib import clock

COLUMNS = ("序号", "党组织", "年度", "创建活动", "标题", "状态", "提交日期", "审核意见")
PLANNED = (
    "序号", "党组织", "年度", "月", "日", "活动类型", "主题", "负责人", "状态", "开展日期", "活动记录",
)  # fmt: skip
PLANS = ListPage(
    heading="支部计划",
    template="campaigns/branch_plans/list.html",
    url_name="campaigns:branch_plan_list",
    book=Book(url_name="campaigns:branch_plan_export", columns=COLUMNS, title="支部计划"),
    new_name="campaigns:branch_plan_new",
    new_label="新建计划",
    none="还没有计划",
    empty="党组织报送后会显示在这里。",
    invite="年初制定计划，写明每月的活动，报上级审核。",
)
ACTIVITIES = ListPage(
    heading="计划活动",
    template="campaigns/branch_plans/planned.html",
    url_name="campaigns:planned_list",
    book=Book(url_name="campaigns:planned_export", columns=PLANNED, title="计划活动"),
    none="没有计划活动",
    empty="计划经上级审核通过后，其中的活动会显示在这里。",
)


@require_safe
@need(Permission.VIEW_WORK)
def branch_plan_list(request: Request) -> HttpResponse:
    """The plans of the scope."""
    form = PlanFilterForm(request.scope, request.GET)
    return show_list(request, PLANS, form, queries.plans_for, may_add=request.scope.holds(Permission.DO_WORK))


@require_safe
@need(Permission.VIEW_WORK)
def branch_plan_export(request: Request) -> HttpResponseBase:
    """The list as it is filtered."""
    form = PlanFilterForm(request.scope, request.GET)
    return export_list(request, PLANS, form, queries.plans_for, queries.export_plans)


@require_safe
@need(Permission.VIEW_WORK)
def branch_plan_coverage(request: Request) -> HttpResponse:
    """Unit by unit: approved, handed in, missing."""
    form = CoverageForm(request.GET)
    filters = chosen(form) or {}
    year = filters.get("year") or clock.today().year
    rows, due_on = queries.plan_coverage(request.scope, year, clock.today())
    context = {"form": form, "rows": rows, "total": totals(rows), "year": year, "due_on": due_on}
    return render(request, "campaigns/branch_plans/coverage.html", context, status=200 if form.is_valid() else 422)


@require_safe
@need(Permission.VIEW_WORK)
def planned_list(request: Request) -> HttpResponse:
    """Planned activities with what was held."""
    form = PlannedFilterForm(request.scope, request.GET)
    rows = partial(queries.planned_for, today=clock.today())
    recorders = Organization.objects.visible_to(request.scope, Permission.FILE_RECORD).values_list("pk", flat=True)
    return show_list(request, ACTIVITIES, form, rows, recorders=set(recorders))


@require_safe
@need(Permission.VIEW_WORK)
def planned_export(request: Request) -> HttpResponseBase:
    """Planned activities as they are filtered."""
    form, rows = PlannedFilterForm(request.scope, request.GET), partial(queries.planned_for, today=clock.today())
    return export_list(request, ACTIVITIES, form, rows, queries.export_planned)


@need(Permission.DO_WORK)
def branch_plan_new(request: Request) -> HttpResponse:
    """Begin the plan of a year."""
    form = PlanNewForm(request.scope, data_of(request))
    return ask(
        request, form, lambda values: actions.write_plan(by=request.actor, **values), done="已建立，请添加计划活动。",
        to=actions.page_of, title="新建计划", back_url=reverse(PLANS.url_name), back_label=PLANS.heading,
    )  # fmt: skip


@require_safe
@need(Permission.VIEW_WORK)
def branch_plan_detail(request: Request, pk: int) -> HttpResponse:
    """One plan with its activities and those of the superiors by which it goes."""
    plan = _plan(request, pk, Permission.VIEW_WORK)
    scope, organization = request.scope, plan.organization
    verbs = PLAN_STATES.verbs(plan.state)
    can_do = scope.allows(Permission.DO_WORK, organization)
    context = {
        "plan": plan,
        "lines": queries.item_lines([plan], clock.today()),
        "superior_plans": queries.superior_plans(plan),
        "can_edit": can_do and plan.is_open,
        "can_withdraw": can_do and "withdraw" in verbs,
        "can_record": plan.state == PlanState.APPROVED and scope.allows(Permission.FILE_RECORD, organization),
        "can_decide": "send_back" in verbs and _may_decide(request, plan),
        "form": PlanItemForm(scope),
        "remark_form": RemarkForm(),
        "history": history_of(plan),
    }
    return render(request, "campaigns/branch_plans/detail.html", context)


@need(Permission.DO_WORK)
def branch_plan_edit(request: Request, pk: int) -> HttpResponse:
    """Change title and text."""
    plan = _plan(request, pk, Permission.DO_WORK)
    return ask(
        request, PlanForm(data_of(request), plan),
        lambda values: actions.change_plan(by=request.actor, plan=plan, **values), done="已保存。",
        to=actions.page_of(plan), title="修改计划", back_url=actions.page_of(plan), back_label=plan.title,
    )  # fmt: skip


@need(Permission.DO_WORK)
def planned_new(request: Request, pk: int) -> HttpResponse:
    """Name an activity."""
    plan = _plan(request, pk, Permission.DO_WORK)
    return ask(
        request, PlanItemForm(request.scope, data_of(request)),
        lambda values: actions.add_item(by=request.actor, plan=plan, **values), done="已添加。",
        to=actions.page_of(plan), title="添加计划活动", back_url=actions.page_of(plan), back_label=plan.title,
    )  # fmt: skip


@need(Permission.DO_WORK)
def planned_edit(request: Request, pk: int) -> HttpResponse:
    """Change a planned activity."""
    item = _item(request, pk)
    page = actions.page_of(item.plan)
    return ask(
        request, PlanItemForm(request.scope, data_of(request), item),
        lambda values: actions.change_item(by=request.actor, item=item, **values), done="已保存。",
        to=page, title="修改计划活动", back_url=page, back_label=item.plan.title,
    )  # fmt: skip


@require_POST
@need(Permission.DO_WORK)
def planned_remove(request: Request, pk: int) -> HttpResponse:
    """Take an activity out of the plan."""
    item = _item(request, pk)
    page = actions.page_of(item.plan)
    return do(request, lambda: actions.remove_item(by=request.actor, item=item), done="已移除。", to=page)


@require_POST
@need(Permission.DO_WORK)
def branch_plan_submit(request: Request, pk: int) -> HttpResponse:
    """Hand the plan in."""
    plan = _plan(request, pk, Permission.DO_WORK)
    page = actions.page_of(plan)
    return do(request, lambda: actions.submit_plan(by=request.actor, plan=plan), done="已提交上级审核。", to=page)


@require_POST
@need(Permission.DO_WORK)
def branch_plan_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take it back."""
    plan = _plan(request, pk, Permission.DO_WORK)
    page = actions.page_of(plan)
    return do(request, lambda: actions.withdraw_plan(by=request.actor, plan=plan), done="已撤回。", to=page)


@need(Permission.LEAD_WORK)
def branch_plan_decide(request: Request, pk: int) -> HttpResponse:
    """Approve it, or send it back with a word."""
    plan = _plan(request, pk, Permission.LEAD_WORK)
    is_return = request.POST.get("decision") == "return"

    def decide(values: dict[str, Any]) -> BranchPlan:
        act = actions.return_plan if is_return else actions.approve_plan
        return act(by=request.actor, plan=plan, remark=values["remark"])

    return ask(
        request, RemarkForm(data_of(request)), decide, done="已退回。" if is_return else "已通过。",
        to=actions.page_of(plan), title="审核计划", back_url=actions.page_of(plan), back_label=plan.title,
        buttons=[("approve", "通过"), ("return", "退回")],
    )  # fmt: skip


def _plan(request: Request, pk: int, permission: Permission) -> BranchPlan:
    rows = BranchPlan.objects.select_related("organization", "campaign", "decided_by", "submitted_by")
    plan: BranchPlan = visible_or_404(rows, request, pk=pk)
    if permission != Permission.VIEW_WORK:
        require(request, permission, plan.organization)
    return plan


def _item(request: Request, pk: int) -> PlanItem:
    item: PlanItem = visible_or_404(PlanItem.objects.select_related("plan__organization"), request, pk=pk)
    require(request, Permission.DO_WORK, item.plan.organization)
    return item


def _may_decide(request: Request, plan: BranchPlan) -> bool:
    own = request.scope.grant.organization_id if request.scope.grant else None
    is_own = own == plan.organization_id and plan.organization.parent_id is not None
    return not is_own and request.scope.allows(Permission.LEAD_WORK, plan.organization)
