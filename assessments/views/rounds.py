"""Rounds: the list, a new one, one with its standing, and the steps of its life."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.actions import rounds as actions
from assessments.enums import RoundStatus
from assessments.forms.rounds import PublishForm, RoundForm
from assessments.models import Round
from assessments.queries.rounds import progress_of, rounds_of, standings
from assessments.rules.rounds import ROUND_TRANSITIONS, RoundVerb, can
from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import page_of
from partybuild.lib import clock

PER_PAGE = 30
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@need(Permission.VIEW_SCORE)
def round_list(request: Request) -> HttpResponse:
    """The rounds that concern the post in use, the newest first."""
    page = page_of(request, rounds_of(request.scope), PER_PAGE)
    context = {
        "page": page,
        "may_open": request.scope.holds(Permission.MANAGE_ROUND),
        "today": clock.today(),
    }
    return render(request, "assessments/rounds/list.html", context)


@require_form
@need(Permission.MANAGE_ROUND)
def round_create(request: Request) -> HttpResponse:
    """Open a round of a published campaign, with its scheme when it has none yet."""
    form = RoundForm(request.POST if request.method == "POST" else None, scope=request.scope)
    if form.is_bound and form.is_valid() and (round_ := _opened(request, form)):
        messages.success(request, f"已开展“{round_.name}”，系统计分已经填好。")
        return redirect("assessments:round_detail", round_.pk)
    return render(request, "assessments/rounds/create.html", {"form": form}, status=422 if form.is_bound else 200)


def _opened(request: Request, form: RoundForm) -> Round | None:
    campaign = form.cleaned_data["campaign"]
    try:
        return actions.open_for_campaign(by=request.actor, campaign=campaign, key=form.key, days=form.days)
    except ValidationError as error:
        add_refusal(form, error)
        return None


def managed(request: Request, pk: int) -> Round:
    """A round that the person may lead: his right at its issuer, else 404 or 403."""
    round_ = visible_or_404(Round.objects.select_related("scheme__campaign__issuer"), request, pk=pk)
    require(request, Permission.MANAGE_ROUND, round_.scheme.campaign.issuer)
    return round_


@require_POST
@need(Permission.MANAGE_ROUND)
def round_rescore(request: Request, pk: int) -> HttpResponse:
    """Compute the metered points anew."""
    round_ = managed(request, pk)
    try:
        changed = actions.rescore(by=request.actor, round_=round_)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, f"已重新计分，{changed} 项得分有变化。" if changed else "已重新计分，得分没有变化。")
    return redirect("assessments:round_detail", round_.pk)


@require_form
@need(Permission.MANAGE_ROUND)
def round_advance(request: Request, pk: int) -> HttpResponse:
    """Lead the round into its next stage, after showing how far this one is."""
    round_ = managed(request, pk)
    if not can(round_.status, RoundVerb.ADVANCE):
        messages.error(request, "评估已不在可以进入下一阶段的状态。")
        return redirect("assessments:round_detail", round_.pk)
    if request.method == "POST" and _done(request, actions.advance, round_):
        return redirect("assessments:round_detail", round_.pk)
    following = ROUND_TRANSITIONS[RoundStatus(round_.status), RoundVerb.ADVANCE]
    context = _confirmation(round_) | {
        "title": f"进入{following.label}",
        "question": f"进入{following.label}后，{RoundStatus(round_.status).label}阶段的评分表不能再改动。",
        "verb": f"进入{following.label}",
        "refused": actions.refusal_to_advance(round_),
        "form": None,
    }
    return render(request, "assessments/rounds/step.html", context, status=422 if request.method == "POST" else 200)


@require_form
@need(Permission.MANAGE_ROUND)
def round_publish(request: Request, pk: int) -> HttpResponse:
    """Publish the results, which fixes them; asks for the round's name."""
    round_ = managed(request, pk)
    if not can(round_.status, RoundVerb.PUBLISH):
        messages.error(request, "综合评估阶段才能公布结果。")
        return redirect("assessments:round_detail", round_.pk)
    form = PublishForm(request.POST if request.method == "POST" else None, expected=round_.name)
    if form.is_bound and form.is_valid() and _done(request, actions.publish, round_):
        return redirect("assessments:round_detail", round_.pk)
    context = _confirmation(round_) | {
        "title": "公布评估结果",
        "question": "公布后总分、名次和等次固定下来，各党组织可以查看，不能再改动。",
        "verb": "公布结果",
        "form": form,
        "danger": True,
    }
    return render(request, "assessments/rounds/step.html", context, status=422 if form.is_bound else 200)


def _done(request: Request, action: Any, round_: Round) -> bool:
    """Whether the step was taken; a refusal is told."""
    try:
        led = action(by=request.actor, round_=round_)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return False
    messages.success(request, f"“{led.name}”现处于{led.get_status_display()}阶段。"
                     if led.status != RoundStatus.PUBLISHED else f"“{led.name}”已公布。")  # fmt: skip
    return True


def _confirmation(round_: Round) -> dict[str, Any]:
    progress = progress_of(standings(round_))
    return {
        "round": round_,
        "facts": [
            ("评估", round_.name),
            ("应评党组织", f"{progress.sheets} 个"),
            ("已提交自评", f"{progress.self_checked} 个"),
            ("已验收", f"{progress.checked} 个"),
            ("有指标待评", f"{progress.ungraded} 个"),
        ],
        "cancel_url": reverse("assessments:round_detail", args=[round_.pk]),
    }
