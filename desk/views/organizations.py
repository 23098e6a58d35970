"""Organisations renamed, moved, merged, split and dissolved: a form with what it will touch, and what it did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from branches.enums import PlannedKind
from branches.forms.refusals import add_refusal
from branches.models import Organization, OrganizationChange
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from desk.actions import organizations as actions
from desk.actions.planned_changes import plan_change
from desk.forms.organizations import ChangeForm, DissolveForm, MergeForm, MoveForm, RenameForm, SplitForm
from desk.queries.organizations import touched_by
from partybuild.lib import clock
from partybuild.lib.dates import day_text

ROSTER = (Permission.MANAGE_ORGANIZATION, Permission.MANAGE_MEMBER)


@dataclass(frozen=True)
class Deed:
    """One kind of change: its form, the action that carries it out, and what it will do."""

    kind: PlannedKind
    form: type[ChangeForm]
    action: Callable[..., OrganizationChange]
    consequences: tuple[str, ...]
    permissions: tuple[Permission, ...] = (Permission.MANAGE_ORGANIZATION,)
    is_grave: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)


RENAME = Deed(PlannedKind.RENAME, RenameForm, actions.rename, (
    "从生效日期起使用新名称，原名称记入沿革。",
    "以前的记录、公文和统计不变。",
))  # fmt: skip
MOVE = Deed(PlannedKind.MOVE, MoveForm, actions.move, (
    "本组织及全部下级改隶新的上级，党员名册、党内职务和岗位不变。",
    "未结账的任务、待审核的记录和未公布评估的评分表转到新的上级。",
    "已结账的任务和已公布的评估不变。",
))  # fmt: skip
MERGE = Deed(PlannedKind.MERGE, MergeForm, actions.merge, (
    "从生效日期起本组织并入所选党组织，不再出现在组织架构中。",
    "党员、党小组和下级党组织转入承接的党组织；本组织的党内职务离任，岗位结束，普通党员的岗位随人转入。",
    "本组织尚未完成的任务转为免报；本周期已提交的活动记录为承接的党组织计数。",
    "未公布评估的评分表移出评估。以前的记录仍归本组织，可以查阅。",
), ROSTER, True)  # fmt: skip
SPLIT = Deed(PlannedKind.SPLIT, SplitForm, actions.split, (
    "从生效日期起在同一上级之下新设一个同类党组织，所选人员或下级党组织划入其中。",
    "划出人员在本组织的党内职务离任；普通党员的岗位随人转入。",
    "新党组织从下一周期起承担任务；以前的记录仍归本组织。",
), ROSTER, True)  # fmt: skip
DISSOLVE = Deed(PlannedKind.DISSOLVE, DissolveForm, actions.dissolve, (
    "从生效日期起本组织不再出现在组织架构中，党内职务离任，岗位结束。",
    "周期延续到生效日期以后的未完成任务转为免报，未公布评估的评分表移出评估。",
    "名册上还有党员或还有下级党组织时不能撤销，请先转出或办理合并。",
), is_grave=True)  # fmt: skip


@need(Permission.MANAGE_ORGANIZATION)
def organization_rename(request: Request, pk: int) -> HttpResponse:
    """Give an organisation another name."""
    return _carry_out(request, pk, RENAME)


@need(Permission.MANAGE_ORGANIZATION)
def organization_move(request: Request, pk: int) -> HttpResponse:
    """Put an organisation under another superior."""
    return _carry_out(request, pk, MOVE)


@need(Permission.MANAGE_ORGANIZATION)
def organization_merge(request: Request, pk: int) -> HttpResponse:
    """Let an organisation go into another one."""
    return _carry_out(request, pk, MERGE)


@need(Permission.MANAGE_ORGANIZATION)
def organization_split(request: Request, pk: int) -> HttpResponse:
    """Make a part of an organisation a new one."""
    return _carry_out(request, pk, SPLIT)


@need(Permission.MANAGE_ORGANIZATION)
def organization_dissolve(request: Request, pk: int) -> HttpResponse:
    """End an organisation."""
    return _carry_out(request, pk, DISSOLVE)


@require_safe
@need(Permission.VIEW_ORGANIZATION)
def organization_change(request: Request, pk: int) -> HttpResponse:
    """One change of an organisation: both sides, day and reason, and what followed from it."""
    rows = OrganizationChange.objects.select_related("organization", "other")
    change: OrganizationChange = visible_or_404(rows, request, pk=pk)
    sees_other = change.other is not None and request.scope.allows(Permission.VIEW_ORGANIZATION, change.other)
    context = {"change": change, "organization": change.organization, "sees_other": sees_other}
    return render(request, "desk/organizations/change.html", context)


def _carry_out(request: Request, pk: int, deed: Deed) -> HttpResponse:
    organization: Organization = visible_or_404(
        Organization.objects.select_related("parent"), request, pk=pk, permission=Permission.VIEW_ORGANIZATION
    )
    for permission in deed.permissions:
        require(request, permission, organization)
    form = deed.form(organization, request.scope, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settle = _plan if form.is_to_come else _do
            return settle(request, organization, deed, form)
        except ValidationError as error:
            add_refusal(form, error)
    context: dict[str, Any] = {
        "form": form, "deed": deed, "organization": organization, "touched": touched_by(organization, clock.today()),
    }  # fmt: skip
    return render(request, "desk/organizations/form.html", context, status=422 if form.is_bound else 200)


def _do(request: Request, organization: Organization, deed: Deed, form: ChangeForm) -> HttpResponse:
    change = deed.action(by=request.actor, organization=organization, **form.arguments())
    messages.success(request, f"已办理{deed.label}。")
    return redirect("desk:organization_change", pk=change.pk)


def _plan(request: Request, organization: Organization, deed: Deed, form: ChangeForm) -> HttpResponse:
    """A day to come: it is written down, and carried out when the day is there."""
    plan, obstacle = plan_change(by=request.actor, kind=deed.kind, organization=organization, **form.arguments())
    messages.success(request, f"已登记待生效的{deed.label}，将于{day_text(plan.effective_on)}自动办理。")
    if obstacle:
        messages.warning(request, f"按今天的情况还不能办理：{obstacle}请在生效日期前处理。")
    return redirect("desk:organization_plans", pk=organization.pk)
