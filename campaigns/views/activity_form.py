"""Writing an activity down: one address for the page, its parts that change while one types, and its saving."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from branches.enums import OrganizationKind
from branches.forms.refusals import add_refusal
from branches.models import Organization
from branches.permissions import Permission
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions import attachments as files
from campaigns.actions.activities import save_and_file, save_draft
from campaigns.forms.activities import ActivityForm, Mode
from campaigns.models import Activity
from campaigns.queries.activities import snapshot, words_of
from campaigns.queries.kinds import kind_rules, kinds_due
from campaigns.queries.previews import panel
from campaigns.queries.remarks import last_return
from campaigns.rules.activities import EDITABLE, OvertakenError
from campaigns.rules.differences import differences
from campaigns.rules.slots import are_asked, guess
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.htmx import is_fragment

FIELDS, COUNTS = "record-fields", "counts"
_HERE = "campaigns/activities"


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.FILE_RECORD)
def activity_create(request: Request) -> HttpResponse:
    """A new record of one's own organisation, or of one below it for which one may write."""
    choices = _organizations(request)
    wanted = request.GET.get("organization") or str(request.scope.grant.organization_id if request.scope.grant else "")
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 18:
        raise PermissionDenied
    organization = get_object_or_404(Organization.objects.visible_to(request.scope), pk=wanted)
    require(request, Permission.FILE_RECORD, organization)
    return _write(request, organization, None, choices)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.FILE_RECORD)
def activity_edit(request: Request, pk: int) -> HttpResponse:
    """A draft, or a record that came back, goes on being written."""
    activity = visible_or_404(Activity.objects.select_related("organization", "corrects"), request, pk=pk)
    require(request, Permission.FILE_RECORD, activity.organization)
    if activity.status not in EDITABLE and request.method != "POST":
        return redirect("campaigns:activity_detail", pk)
    return _write(request, activity.organization, activity, [])


def _organizations(request: Request) -> list[Organization]:
    """For whom a person may write, his own organisation first; party groups are part of their branch."""
    reached = Organization.objects.visible_to(request.scope, Permission.FILE_RECORD)
    return list(reached.in_force(clock.today()).exclude(kind=OrganizationKind.GROUP).order_by("path"))


def _write(
    request: Request, organization: Organization, activity: Activity | None, choices: list[Organization]
) -> HttpResponse:
    if request.method != "POST":
        form = _form(request, organization, activity, Mode.SHOW)
        return render(request, f"{_HERE}/write.html", _context(form, choices))
    activity = activity or _begun(request, organization)
    if is_fragment(request, FIELDS, COUNTS):
        form = _form(request, organization, activity, Mode.SHOW)
        if form.rule is None:
            return HttpResponse(status=204)  # there is nothing to ask before a kind is chosen
        part = "_fields" if is_fragment(request, FIELDS) else "_counts"
        return render(request, f"{_HERE}/{part}.html", _context(form, choices))
    if request.headers.get("X-Requested-With") == "autosave":
        return _save_silently(request, organization, activity)
    if request.POST.get("action") == "reshape":
        form = _form(request, organization, activity, Mode.SHOW)
        return render(request, f"{_HERE}/write.html", _context(form, choices))
    return _submit(request, organization, activity, choices)


def _begun(request: Request, organization: Organization) -> Activity | None:
    """The draft that an earlier request of the same form has saved."""
    form = ActivityForm(organization, {}, request.POST)
    key = form.peek("client_key", None)
    found = Activity.objects.select_related("organization").filter(client_key=key, organization=organization)
    return found.first() if key else None


def _form(request: Request, organization: Organization, activity: Activity | None, mode: Mode) -> ActivityForm:
    rules = kind_rules(rule_table(clock.today()))
    if request.method != "POST":
        return ActivityForm(organization, rules, activity=activity, kind=request.GET.get("kind", ""), mode=mode)
    return ActivityForm(organization, rules, request.POST, request.FILES, activity=activity, mode=mode)


def _context(form: ActivityForm, choices: list[Organization]) -> dict[str, Any]:
    """What the page and its parts show."""
    form.mark_compulsory()
    context = {
        "form": form,
        "organization": form.organization,
        "organizations": choices,
        "activity": form.activity,
        "due": kinds_due(form.organization, clock.today()),
        "returned": last_return(form.activity) if form.activity else None,
        "limit": settings.UPLOAD_MAX_BYTES,
        "limit_mb": settings.UPLOAD_MAX_BYTES // 1024 // 1024,
    }
    return context if form.rule is None else context | _typed(form)


def _typed(form: ActivityForm) -> dict[str, Any]:
    """People, files and what the record would count for, by what is typed, saved or not."""
    draft = form.typed()
    attachments = list(form.activity.attachments.select_related("file")) if form.activity else []
    chosen = form.slots() if form.is_bound else {}
    for each in attachments:
        each.slot = chosen.get(each.pk, each.slot)
    content = draft.content(frozenset(each.slot for each in attachments))
    missing = list(form.missing(draft).values())
    return {
        "attachments": attachments,
        "asks_slots": are_asked(draft.kind, draft.parts),
        "listed": form.people(),
        "present_count": sum(line.is_present for line in draft.attendance),
        "panel": panel(form.organization, content, missing=missing, activity=form.activity, title=draft.title),
    }


def _save_silently(request: Request, organization: Organization, activity: Activity | None) -> HttpResponse:
    """The form saves itself while one types: nothing before a kind is chosen, nothing that is not in order."""
    form = _form(request, organization, activity, Mode.SAVE)
    if form.rule is None:
        return HttpResponse(status=204)
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        saved = _save(request, form, is_silent=True)
    except ValidationError as error:
        return HttpResponse("".join(error.messages), status=409, content_type="text/plain; charset=utf-8")
    address = reverse("campaigns:activity_edit", args=[saved.pk])
    return JsonResponse(
        {
            "saved_at": f"{clock.in_zone(saved.saved_at):%H:%M}",
            "autosave_url": address,
            "page_url": address,
            "upload_url": reverse("campaigns:attachment_add", args=[saved.pk]),
            "fields": {"seen_at": saved.saved_at.isoformat()},
        }
    )


def _submit(
    request: Request, organization: Organization, activity: Activity | None, choices: list[Organization]
) -> HttpResponse:
    form = _form(request, organization, activity, Mode.SAVE)
    is_filing = request.POST.get("action") == "file"
    if form.is_valid():
        try:
            saved = _file(request, form) if is_filing else _save(request, form)
        except OvertakenError as error:
            return _overtaken(request, form, choices, error)
        except ValidationError as error:
            add_refusal(form, error)
            form.activity = form.activity or _begun(request, organization)
        else:
            if is_filing:
                messages.success(request, _filed_words(saved))
                return redirect("campaigns:activity_detail", saved.pk)
            messages.success(request, "草稿已保存，可以随时继续填写。")
            return redirect("campaigns:activity_edit", saved.pk)
    return render(request, f"{_HERE}/write.html", _context(form, choices), status=422)


def _overtaken(
    request: Request, form: ActivityForm, choices: list[Organization], error: OvertakenError
) -> HttpResponse:
    """Nothing was saved: what another window has saved and what was typed here are shown side by side."""
    form.activity = form.activity or _begun(request, form.organization)
    assert form.activity is not None  # somebody has saved it
    form.activity.refresh_from_db()
    add_refusal(form, error)
    changes = differences(snapshot(form.activity) | {"attachments": []}, words_of(form.draft(), form.names()))
    form.has_seen(form.activity.saved_at)
    context = _context(form, choices) | {"overtaken": True, "changes": changes}
    return render(request, f"{_HERE}/write.html", context, status=409)


def _filed_words(activity: Activity) -> str:
    if activity.is_correction:
        return "更正已提交，等待审核。审核通过前，以原记录的内容计入任务。"
    counted = activity.credits.filter(counted=True).count()
    return f"已提交，计入 {counted} 项任务。" if counted else "已提交。任务下发后自动计入。"


def _file(request: Request, form: ActivityForm) -> Activity:
    """File what was typed; files that came along are kept first, for they may be what makes the record count."""
    is_filed = form.activity is not None and form.activity.status not in EDITABLE
    if form.has_files_to_settle() and not is_filed:
        _save(request, form, is_silent=True)
    key = form.activity.client_key if form.activity else form.cleaned_data["client_key"]
    return save_and_file(
        by=request.actor, organization=form.organization, client_key=key, draft=form.draft(),
        window=form.the_window(),
    )  # fmt: skip


def _save(request: Request, form: ActivityForm, *, is_silent: bool = False) -> Activity:
    key = form.activity.client_key if form.activity else form.cleaned_data["client_key"]
    saved = save_draft(
        by=request.actor, organization=form.organization, client_key=key, draft=form.draft(), is_silent=is_silent,
        window=form.the_window(),
    )  # fmt: skip
    for attachment in saved.attachments.all():
        if attachment.pk == form.removed():
            files.remove_attachment(by=request.actor, attachment=attachment)
        elif (slot := form.slots().get(attachment.pk, attachment.slot)) != attachment.slot:
            files.change_slot(by=request.actor, attachment=attachment, slot=slot)
    for upload in form.cleaned_data["uploads"]:
        try:
            files.add_attachment(by=request.actor, record=saved, upload=upload, slot=guess(upload.name))
        except ValidationError as error:
            raise ValidationError({"uploads": [f"{upload.name}：{text}" for text in error.messages]}) from error
    return saved
