"""Amending a published target: the form, what it would change for whom, and the change."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, visible_or_404
from campaigns.actions.amendments import Amended, amend_target, end_target, preview
from campaigns.forms.amendments import EndTargetForm, TargetForm
from campaigns.models import Target
from campaigns.queries.campaign_rights import may_manage
from campaigns.rules.amendments import start_of
from partybuild.lib import clock


@need(Permission.VIEW_CAMPAIGN)
def target_amend(request: Request, pk: int) -> HttpResponse:
    """The next version of a target: shown first for whom it changes what, then made."""
    target = _target(request, pk)
    form = TargetForm(request.POST if request.method == "POST" else None, target=target)
    return _answer(request, target, form, "调整指标")


@need(Permission.VIEW_CAMPAIGN)
def target_end(request: Request, pk: int) -> HttpResponse:
    """Ask for a target no more."""
    target = _target(request, pk)
    form = EndTargetForm(request.POST if request.method == "POST" else None, target=target)
    return _answer(request, target, form, "取消指标")


def _target(request: Request, pk: int) -> Target:
    rows = Target.objects.in_force().select_related("task__campaign__issuer")
    target = visible_or_404(rows, request, pk=pk)
    if not may_manage(request.scope, target.task.campaign):
        raise PermissionDenied
    return target


def _answer(request: Request, target: Target, form: Any, title: str) -> HttpResponse:
    found = None
    if request.method == "POST" and form.is_valid():
        is_confirmed = bool(request.POST.get("confirmed"))
        found = _done(request, target, form, is_confirmed)
        if found and is_confirmed:
            affected = found.changed + found.exempted
            told = f"涉及 {affected:,} 项未结账的任务" if affected else "已下发的任务不变"
            messages.success(request, f"已{title}，{told}。")
            return redirect("campaigns:task_detail", target.task_id)
    context = {
        "form": form,
        "target": target,
        "title": title,
        "found": found,
        "on": _start(target, form) if found else None,
    }
    return render(request, "campaigns/amendments/form.html", context, status=422 if form.errors else 200)


def _start(target: Target, form: Any) -> date:
    with_running = form.cleaned_data["from_when"] == "running"
    return start_of(target.period, target.task.campaign.year, clock.today(), with_running=with_running)


def _done(request: Request, target: Target, form: Any, is_confirmed: bool) -> Amended | None:
    """Tried or done; None when it was refused, which the form then says."""
    change = form.change() if isinstance(form, TargetForm) else None
    common = {"by": request.actor, "target": target, "on": _start(target, form), "reason": form.cleaned_data["reason"]}
    try:
        if not is_confirmed:
            return preview(change=change, **common)
        return amend_target(change=change, **common) if change else end_target(**common)
    except ValidationError as error:
        add_refusal(form, error)
        return None
