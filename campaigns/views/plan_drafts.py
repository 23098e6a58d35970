"""Drafts of plans: the list, how one begins, one whole, and its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, own_or_404, require, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.actions import plan_drafts as actions
from campaigns.actions.plan_uploads import draft_from_document
from campaigns.forms.campaigns import ConfirmForm
from campaigns.forms.plan_drafts import DraftFilterForm, PlanTextForm, SeenForm
from campaigns.models import PlanDraft
from campaigns.queries.plan_drafts import draft_page, found_by
from campaigns.rules.plan_drafts.states import DraftVerb, PlanDraftError, can
from office.views.files import file_response
from partybuild.lib.htmx import render_page_or_fragment

PER_PAGE = 25
require_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_list(request: Request) -> HttpResponse:
    """The drafts of the organisations for which one may make campaigns, the latest first."""
    form = DraftFilterForm(request.GET)
    filters = chosen(form)
    found = PlanDraft.objects.visible_to(request.scope).select_related("issuer", "changed_by").defer("text", "reading")
    if filters is None:
        found = found.none()
    else:
        found = found.filter(found_by(filters["q"])) if filters["q"] else found
        found = found.filter(state=filters["state"]) if filters["state"] else found
    page = page_of(request, found, PER_PAGE)
    lines = [(draft, len(parts.doubtful), len(parts.unseen)) for draft in page if (parts := draft.parts)]
    context = {"form": form, "page": page, "lines": lines}
    return render(request, "campaigns/plan_drafts/list.html", context, status=422 if filters is None else 200)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_new(request: Request) -> HttpResponse:
    """A plan as a file or as text; it is read at once."""
    issuer = own_or_404(request)
    form = PlanTextForm(request.POST, request.FILES) if request.method == "POST" else PlanTextForm()
    if form.is_bound and form.is_valid():
        try:
            draft = draft_from_document(
                by=request.actor, issuer=issuer, file=form.cleaned_data["file"], text=form.cleaned_data["text"]
            )
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect("campaigns:plan_draft_detail", draft.pk)
    context = {"form": form, "issuer": issuer}
    return render(request, "campaigns/plan_drafts/new.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_detail(request: Request, pk: int) -> HttpResponse:
    """The document with its marked sentences, and beside it the plan that it amounts to."""
    return draft_answer(request, visible(request, pk))


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_publish(request: Request, pk: int) -> HttpResponse:
    """Make the campaign's draft; while parts are unseen the page lists them instead."""
    draft = managed(request, pk)
    page = draft_page(draft)
    form = SeenForm(request.POST if request.method == "POST" else None, initial={"seen": page.content.revision})
    if form.is_bound and form.is_valid():
        try:
            campaign = actions.publish_draft(by=request.actor, draft=draft, seen=form.cleaned_data["seen"])
        except PlanDraftError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已生成：{campaign}。请核对将要求什么，然后发布。")
            return redirect("campaigns:campaign_publish", campaign.pk)
    context = {"draft": draft, "page": page, "form": form, "may": can(draft.state, DraftVerb.PUBLISH)}
    return render(request, "campaigns/plan_drafts/publish.html", context, status=422 if form.is_bound else 200)


@require_form
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_drop(request: Request, pk: int) -> HttpResponse:
    """Give a draft up, after asking."""
    draft = managed(request, pk)
    if request.method == "POST":
        return _step(request, draft, actions.drop_draft, "已放弃。需要时可以重新编辑。", "campaigns:plan_draft_list")
    context = {
        "title": "放弃草稿",
        "question": "放弃后不能再生成创建活动。草稿仍留在列表中，需要时可以重新编辑。",
        "facts": [("草稿", draft.name), ("发布单位", str(draft.issuer)), ("状态", draft.get_state_display())],
        "form": ConfirmForm(),
        "verb": "放弃",
        "danger": True,
        "cancel_url": reverse("campaigns:plan_draft_detail", args=[draft.pk]),
    }
    return render(request, "confirm.html", context)


@require_POST
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_take_up(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft that was given up."""
    return _step(request, managed(request, pk), actions.take_up_draft, "可以继续编辑。")


@require_safe
@need(Permission.MANAGE_CAMPAIGN)
def plan_draft_file(request: Request, pk: int) -> HttpResponseBase:
    """The document as it was sent."""
    draft = get_object_or_404(
        PlanDraft.objects.visible_to(request.scope).select_related("file"), pk=pk, file__isnull=False
    )
    assert draft.file is not None
    return file_response(request, draft.file, draft.file_name)


def visible(request: Request, pk: int) -> PlanDraft:
    """A draft within the scope."""
    drafts = PlanDraft.objects.select_related("issuer", "campaign", "created_by", "changed_by")
    return visible_or_404(drafts, request, pk=pk)


def managed(request: Request, pk: int) -> PlanDraft:
    """A draft of an issuer for which the right to make campaigns holds."""
    draft = visible(request, pk)
    require(request, Permission.MANAGE_CAMPAIGN, draft.issuer)
    return draft


def draft_answer(request: Request, draft: PlanDraft, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a draft, or its parts for htmx."""
    context = {
        "draft": draft,
        "page": draft_page(draft),
        "may_edit": can(draft.state, DraftVerb.EDIT),
        "may_take_up": can(draft.state, DraftVerb.TAKE_UP),
        **more,
    }
    if not request.headers.get("HX-Request"):
        context["history"] = history_of(draft)
    page, fragment = "campaigns/plan_drafts/detail.html", "campaigns/plan_drafts/_draft.html"
    return render_page_or_fragment(request, page, fragment, "draft", context, status)


def _step(
    request: Request, draft: PlanDraft, action: Any, done: str, target: str = "campaigns:plan_draft_detail"
) -> HttpResponse:
    try:
        action(by=request.actor, draft=draft)
    except PlanDraftError as error:
        messages.error(request, str(error))
        return redirect("campaigns:plan_draft_detail", draft.pk)
    messages.success(request, f"{draft}：{done}")
    return redirect(target) if target.endswith("list") else redirect(target, draft.pk)
