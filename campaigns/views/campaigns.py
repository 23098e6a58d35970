"""Campaigns: the list, a new one from a template, one whole, and the steps of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.actions import campaigns as actions
from campaigns.actions.milestones import RUNNING
from campaigns.forms.campaigns import CampaignFilterForm, CampaignForm, ConfirmForm, ReviewForm
from campaigns.models import Campaign
from campaigns.queries import campaign_overview, campaign_rights, publication
from campaigns.queries.progress_figures import campaign_counts
from campaigns.rules.campaigns import CampaignError, Verb, can
from campaigns.rules.counts import Counts
from campaigns.rules.plans import plan_from_data
from partybuild.lib import clock

PER_PAGE = 25
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@need(Permission.VIEW_CAMPAIGN)
def campaign_list(request: Request) -> HttpResponse:
    """The campaigns that concern the post in use, the newest first."""
    found = campaign_overview.visible(request.scope).select_related("issuer")
    years = sorted(set(found.order_by().values_list("year", flat=True)), reverse=True)
    form = CampaignFilterForm(request.GET, years=years)
    filters = chosen(form)
    wanted = {key: value for key, value in (filters or {}).items() if value}
    page = page_of(request, found.filter(**wanted) if filters is not None else found.none(), PER_PAGE)
    context = {
        "form": form,
        "page": page,
        "lines": campaign_overview.lines(request.scope, list(page), clock.today()),
        "may_create": request.scope.holds(Permission.MANAGE_CAMPAIGN),
    }
    return render(request, "campaigns/campaigns/list.html", context, status=422 if filters is None else 200)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_create(request: Request) -> HttpResponse:
    """A draft from a template, issued by the organisation of the post in use."""
    issuer = own_or_404(request)
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (campaign := _drafted(request, form, issuer)):
        messages.success(request, f"已起草：{campaign}。请核对内容和审核方式，然后发布。")
        return redirect("campaigns:campaign_detail", campaign.pk)
    context = {"form": form, "issuer": issuer}
    return render(request, "campaigns/campaigns/create.html", context, status=422 if form.is_bound else 200)


def _drafted(request: Request, form: CampaignForm, issuer: Organization) -> Campaign | None:
    """The draft; None when it was refused, with the reason in the form."""
    template = form.cleaned_data["template"]
    try:
        return actions.create_campaign(
            by=request.actor,
            plan=plan_from_data(template.data),
            issuer=issuer,
            year=form.cleaned_data["year"],
            template=template,
        )
    except CampaignError as error:
        form.add_error(None, str(error))
        return None


@require_safe
@need(Permission.VIEW_CAMPAIGN)
def campaign_detail(request: Request, pk: int) -> HttpResponse:
    """One campaign whole: its sides with tasks and progress, its days, who leads it."""
    campaign = _visible(request, pk)
    parts = campaign_overview.parts(request.scope, campaign)
    context = {
        "campaign": campaign,
        "parts": parts,
        "counts": campaign_counts(request.scope, [campaign.pk]).get(campaign.pk, Counts()),
        "targets": sum(len(line.targets) for part in parts for line in part.tasks),
        "tasks": sum(len(part.tasks) for part in parts),
        "timeline": campaign_overview.timeline(request.scope, campaign, clock.today()),
        "seats": campaign.leading_group.select_related("user"),
        "stages": campaign.stages.all(),
        "cadences": campaign.cadences.all(),
        "verbs": _verbs(request, campaign),
        "may_open_tasks": request.scope.holds(Permission.VIEW_ASSIGNMENT),
        "history": history_of(campaign),
    }
    return render(request, "campaigns/campaigns/detail.html", context)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_publish(request: Request, pk: int) -> HttpResponse:
    """Publish a draft, after showing what it will ask."""
    campaign = _managed(request, pk)
    if request.method == "POST":
        return _step(request, campaign, actions.publish_campaign, "已发布。到期的任务将随月度下发送达各党组织。")
    context = {
        "campaign": campaign,
        "burden": publication.burden_of(campaign, clock.today()),
        "may": can(campaign.status, Verb.PUBLISH),
    }
    return render(request, "campaigns/campaigns/publish.html", context)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_close(request: Request, pk: int) -> HttpResponse:
    """End a published campaign."""
    campaign = _managed(request, pk)
    if request.method == "POST":
        return _step(request, campaign, actions.close_campaign, "已结束，不再下发新的任务。")
    question = "结束后不再下发新的任务，已下发的任务照常办理到截止。结束后不能恢复为已发布。"
    return _confirm(request, campaign, Verb.CLOSE, "结束活动", question)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_archive(request: Request, pk: int) -> HttpResponse:
    """Lay an ended campaign down: it stays readable and leaves the running lists."""
    campaign = _managed(request, pk)
    if request.method == "POST":
        return _step(request, campaign, actions.archive_campaign, "已归档。")
    question = "归档后任务、记录和结果照常可查，不再出现在进行中的活动里。归档后不能恢复。"
    return _confirm(request, campaign, Verb.ARCHIVE, "归档活动", question)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_delete(request: Request, pk: int) -> HttpResponse:
    """Remove a draft."""
    campaign = _managed(request, pk)
    if request.method != "POST":
        question = "草稿及其任务、指标、时间节点将全部删除，不能恢复。需要时可从方案重新起草。"
        return _confirm(request, campaign, Verb.DELETE, "删除草稿", question)
    try:
        actions.delete_draft(by=request.actor, campaign=campaign)
    except CampaignError as error:
        messages.error(request, str(error))
        return redirect("campaigns:campaign_detail", campaign.pk)
    messages.success(request, f"已删除草稿：{campaign}。")
    return redirect("campaigns:campaign_list")


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def campaign_review(request: Request, pk: int) -> HttpResponse:
    """How the records of a draft's targets will be reviewed."""
    campaign = _managed(request, pk)
    initial = {"policy": campaign.review_policy, "levels": campaign.review_levels}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_review(by=request.actor, campaign=campaign, **form.cleaned_data)
        except CampaignError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "审核方式已保存。")
            return redirect("campaigns:campaign_detail", campaign.pk)
    context = {"campaign": campaign, "form": form}
    return render(request, "campaigns/campaigns/review.html", context, status=422 if form.is_bound else 200)


def _visible(request: Request, pk: int) -> Campaign:
    campaigns = campaign_overview.visible(request.scope).select_related("issuer", "template")
    return visible_or_404(campaigns, request, pk=pk)


def _managed(request: Request, pk: int) -> Campaign:
    """A campaign that may be seen, of an issuer for which the right to manage holds."""
    campaign = _visible(request, pk)
    if not request.scope.allows(Permission.MANAGE_CAMPAIGN, campaign.issuer):
        raise PermissionDenied
    return campaign


def _verbs(request: Request, campaign: Campaign) -> dict[str, bool]:
    """The steps that the table and the rights allow."""
    may_manage = request.scope.allows(Permission.MANAGE_CAMPAIGN, campaign.issuer)
    verbs = {verb.value: may_manage and can(campaign.status, verb) for verb in Verb}
    may_copy = request.scope.holds(Permission.MANAGE_CAMPAIGN)
    may_set = campaign.status in RUNNING
    return {
        **verbs,
        "set_day": may_set and campaign_rights.may_manage(request.scope, campaign),
        "set_seats": may_set and may_manage,
        "copy": may_copy,
    }


def _step(request: Request, campaign: Campaign, action: Callable[..., Campaign], done: str) -> HttpResponse:
    """Take a step and lead back to the campaign, with what happened or why it did not."""
    try:
        action(by=request.actor, campaign=campaign)
    except CampaignError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{campaign}{done}")
    return redirect("campaigns:campaign_detail", campaign.pk)


def _confirm(request: Request, campaign: Campaign, verb: Verb, title: str, question: str) -> HttpResponse:
    """The question before a step that cannot be taken back."""
    context: dict[str, Any] = {
        "title": title,
        "question": question,
        "facts": [("活动", str(campaign)), ("发布单位", str(campaign.issuer)), ("状态", campaign.get_status_display())],
        "form": ConfirmForm(),
        "verb": verb.label,
        "danger": True,
        "cancel_url": reverse("campaigns:campaign_detail", args=[campaign.pk]),
    }
    return render(request, "confirm.html", context)
