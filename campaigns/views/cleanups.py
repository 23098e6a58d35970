"""Clean-ups (专项整治, R06): list, drawn up, one of them, self-check by class, ended, closing report."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.actions.exports import record_export
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from branches.views.lists import chosen, page_of
from campaigns.actions import cleanups as actions
from campaigns.forms.cleanups import CleanupCheckForm, CleanupEndForm, CleanupFilterForm, CleanupForm
from campaigns.models import Cleanup
from campaigns.queries import cleanups as queries
from campaigns.rules.cleanups import OFFERS, CleanupState
from office.views.files import bytes_response
from partybuild.lib.official import CONTENT_TYPE, write_document


@require_safe
@need(Permission.VIEW_WORK)
def cleanup_list(request: Request) -> HttpResponse:
    """Clean-ups in reach."""
    form = CleanupFilterForm(request.GET)
    filters = chosen(form)
    found = Cleanup.objects.none() if filters is None else queries.cleanup_list(request.scope, **filters)
    context = {
        "form": form,
        "page": page_of(request, found),
        "offers": OFFERS,
        "can_lead": request.scope.holds(Permission.LEAD_WORK),
    }
    return render(request, "campaigns/cleanups/list.html", context, status=422 if filters is None else 200)


@need(Permission.LEAD_WORK)
def cleanup_new(request: Request) -> HttpResponse:
    """Draw up a clean-up for the organisations below one's own; ``?offer=`` fills in what a source names."""
    own = _own(request)
    form = CleanupForm(request.POST if request.method == "POST" else None, offer=request.GET.get("offer", ""))
    if request.method == "POST" and form.is_valid():
        try:
            cleanup = actions.draw_up_cleanup(by=request.actor, issuer=own, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已拟定，核对后启动。")
            return redirect("campaigns:cleanup_detail", pk=cleanup.pk)
    context = {"form": form, "offers": OFFERS}
    return render(request, "campaigns/cleanups/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.VIEW_WORK)
def cleanup_detail(request: Request, pk: int) -> HttpResponse:
    """Progress by class and by organisation; for an addressed organisation its own self-check."""
    cleanup, own = _cleanup(request, pk), _own(request)
    is_asked = queries.is_addressed(cleanup, own)
    can_lead = queries.can_lead(request.scope, cleanup)
    context = {
        "cleanup": cleanup,
        "classes": queries.class_lines(request.scope, cleanup),
        "page": page_of(request, queries.place_lines(request.scope, cleanup)),
        "own": own,
        "own_lines": queries.own_lines(cleanup, own) if is_asked else [],
        "can_check": is_asked and queries.is_running(cleanup) and request.scope.allows(Permission.DO_WORK, own),
        "can_edit": can_lead and cleanup.state == CleanupState.DRAFT,
        "can_end": can_lead and queries.is_running(cleanup),
        "can_report": can_lead and cleanup.state != CleanupState.DRAFT,
        "history": history_of(cleanup) if can_lead else [],
        "can_lead": can_lead,
    }
    return render(request, "campaigns/cleanups/detail.html", context)


@need(Permission.LEAD_WORK)
def cleanup_edit(request: Request, pk: int) -> HttpResponse:
    """Change one that has not begun."""
    cleanup = _led(request, pk)
    form = CleanupForm(request.POST if request.method == "POST" else None, cleanup)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_cleanup(by=request.actor, cleanup=cleanup, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("campaigns:cleanup_detail", pk=pk)
    context = {"form": form, "cleanup": cleanup}
    return render(request, "campaigns/cleanups/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@need(Permission.LEAD_WORK)
def cleanup_begin(request: Request, pk: int) -> HttpResponse:
    """It begins."""
    cleanup = _led(request, pk)
    try:
        actions.begin_cleanup(by=request.actor, cleanup=cleanup)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "已启动，并通知到应自查的党组织。")
    return redirect("campaigns:cleanup_detail", pk=pk)


@need(Permission.DO_WORK)
def cleanup_check(request: Request, pk: int, number: int) -> HttpResponse:
    """One's own organisation checks itself on one class, by its place in the list."""
    cleanup, own = _cleanup(request, pk), _own(request)
    if not 1 <= number <= len(cleanup.classes) or not queries.is_addressed(cleanup, own):
        raise Http404
    require(request, Permission.DO_WORK, own)
    name = cleanup.classes[number - 1]
    form = CleanupCheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_class(by=request.actor, cleanup=cleanup, organization=own, name=name, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已提交自查情况。")
            return redirect("campaigns:cleanup_detail", pk=pk)
    context = {"form": form, "cleanup": cleanup, "name": name, "own": own}
    return render(request, "campaigns/cleanups/check.html", context, status=422 if form.is_bound else 200)


@need(Permission.LEAD_WORK)
def cleanup_end(request: Request, pk: int) -> HttpResponse:
    """It ends with a summary."""
    cleanup = _led(request, pk)
    form = CleanupEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_cleanup(by=request.actor, cleanup=cleanup, summary=form.cleaned_data["summary"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "已办结，可以下载整治报告。")
            return redirect("campaigns:cleanup_detail", pk=pk)
    context: dict[str, Any] = {
        "title": f"办结{cleanup.name}", "question": "办结后不再接受自查，尚未销号的问题继续在整改台账中整改。",
        "form": form, "verb": "办结", "cancel_url": reverse("campaigns:cleanup_detail", args=[pk]),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@require_safe
@need(Permission.LEAD_WORK)
def cleanup_report(request: Request, pk: int) -> HttpResponseBase:
    """The report as a Word file; the trail notes the download."""
    cleanup = _led(request, pk)
    if cleanup.state == CleanupState.DRAFT:
        raise Http404
    stream = BytesIO()
    write_document(stream, queries.report_of(request.scope, cleanup))
    record_export(by=request.actor, what=f"{cleanup.name}整治报告", count=1)
    return bytes_response(stream.getvalue(), CONTENT_TYPE, f"{cleanup.name}整治报告.docx")


def _cleanup(request: Request, pk: int) -> Cleanup:
    cleanup: Cleanup = visible_or_404(Cleanup.objects.select_related("issuer"), request, pk=pk)
    return cleanup


def _led(request: Request, pk: int) -> Cleanup:
    """One that is this person's to lead: what a superior leads is there to be read, no more."""
    cleanup = _cleanup(request, pk)
    if not queries.can_lead(request.scope, cleanup):
        raise PermissionDenied
    return cleanup


def _own(request: Request) -> Organization:
    assert request.scope.grant is not None
    return get_object_or_404(Organization, pk=request.scope.grant.organization_id)
