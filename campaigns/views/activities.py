"""Activities: the list with its export, one with everything that explains it, and what may be done with it."""

from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.queries.audit import history_of
from branches.views.access import Request, need, require, visible_or_404
from campaigns.actions.activities import discard_draft, record_export, void_activity, withdraw_activity
from campaigns.actions.corrections import amend
from campaigns.enums import ActivityStatus as Status
from campaigns.forms.activities import VoidForm
from campaigns.forms.activity_filter import ActivityFilterForm
from campaigns.models import Activity
from campaigns.queries.activities import may_read
from campaigns.queries.activity_detail import changes_of, credited, view_of
from campaigns.queries.activity_list import FIELDS, ActivityLine, filtered, lines, streamed, with_figures
from campaigns.queries.remarks import all_told, last_return
from campaigns.queries.reviews import may_decide
from campaigns.rules.activities import EDITABLE, WAITING, Verb, can, shown_status
from campaigns.rules.problems import RAISED_AT
from partybuild.lib import clock, dates
from partybuild.lib.dates import day_text
from partybuild.lib.keyset import keyset_page
from partybuild.lib.workbook import Sheet, write_table

EXPORT_ROWS = 50_000
# What the page that asks is called, what it asks, the button, and what is said when it is done.
_VOID = ("作废活动记录", "作废后这条记录不再计入任何任务，不能恢复。", "作废", "已作废，不再计入任务。")
_DISCARD = ("删除草稿", "删除后不能恢复。", "删除", "草稿已删除。")
_GIVE_UP = ("放弃更正", "放弃后原记录不变，这次更正的内容不能恢复。", "放弃更正", "已放弃更正，原记录不变。")
COLUMNS = ("党组织", "类型", "主题", "日期", "地点", "时长（小时）", "到会", "应到", "状态", "计入任务数", "提交时间")
_HERE = "campaigns/activities"


@require_safe
@need(Permission.VIEW_RECORD)
def activity_list(request: Request) -> HttpResponse:
    """What was held: a branch's own records, a superior's all below, the latest first."""
    form = ActivityFilterForm(request.GET, scope=request.scope)
    found = filtered(request.scope, form.wanted()) if form.is_valid() else Activity.objects.none()
    page = keyset_page(
        with_figures(found),
        FIELDS,
        day="held_on",
        descending=request.GET.get("sort") != "held_on",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "form": form,
        "page": page,
        "lines": lines(page.rows),
        "is_own": "organization" not in form.fields,
        "may_write": request.scope.holds(Permission.FILE_RECORD),
        "exports": request.GET.urlencode(),
    }
    return render(request, f"{_HERE}/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
@need(Permission.VIEW_RECORD)
def activity_export(request: Request) -> HttpResponseBase:
    """The filtered list as a workbook."""
    form = ActivityFilterForm(request.GET, scope=request.scope)
    back = f"{reverse('campaigns:activity_list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    found = filtered(request.scope, form.wanted())
    if found.order_by()[: EXPORT_ROWS + 1].count() > EXPORT_ROWS:
        messages.error(request, f"超过 {EXPORT_ROWS:,} 条，不能一次导出。请按月份、类型或党组织缩小范围。")
        return redirect(back)
    today = clock.today()
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    rows = (_cells(line) for line in streamed(found))
    note = f"截至{dates.day_text(today)}"
    count = write_table(file, [Sheet("活动记录", COLUMNS, rows, title="活动记录", note=note)])
    record_export(by=request.actor, count=count)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"活动记录{today:%Y%m%d}.xlsx")


def _cells(line: ActivityLine) -> list[object]:
    return [
        line.organization,
        line.kind,
        line.title,
        line.held_on,
        line.place,
        line.hours,
        line.present,
        line.expected,
        line.status,
        line.counted,
        line.filed_at,
    ]


@require_safe
@need(Permission.VIEW_RECORD)
def activity_detail(request: Request, pk: int) -> HttpResponse:
    """One record: what it says, what it counts for, what reviewers said, and what may be done with it."""
    activity = _readable(request, pk)
    tasks = credited(activity)
    context = {
        "activity": activity,
        "view": view_of(activity),
        "mark": shown_status(activity.status, activity.needs_review),
        "tasks": tasks,
        "counted": sum(task.counted for task in tasks),
        "may_open_tasks": request.scope.holds(Permission.VIEW_ASSIGNMENT),
        "changes": changes_of(activity) if activity.status != Status.DRAFT else [],
        "decisions": all_told(activity),
        "returned": last_return(activity),
        "history": history_of(activity),
        "corrections": _corrections(request, activity),
        "raise_url": _raise_url(request, activity),
        **_verbs(request, activity),
    }
    return render(request, f"{_HERE}/detail.html", context)


def _raise_url(request: Request, activity: Activity) -> str:
    """From a meeting at which points were raised (N33): the form that makes one a problem to be put right, a to-do of
    its organisation with a day. Empty for others, and for drafts."""
    may = request.scope.holds(Permission.DO_WORK) or request.scope.holds(Permission.LEAD_WORK)
    origin = RAISED_AT.get(activity.kind)
    if not may or origin is None or activity.status not in (Status.FILED, Status.APPROVED):
        return ""
    note = f"{day_text(activity.held_on)}{activity}"[:128]
    return f"{reverse('campaigns:problem_new')}?{urlencode({'origin': origin, 'origin_note': note})}"


def _readable(request: Request, pk: int) -> Activity:
    rows = Activity.objects.select_related(
        "organization", "group", "host", "recorder", "review_unit", "filed_by", "corrects"
    )
    activity: Activity = visible_or_404(rows, request, pk=pk)
    if not may_read(request.scope, activity):
        raise PermissionDenied
    return activity


def _corrections(request: Request, activity: Activity) -> list[tuple[Activity, str, str]]:
    """Corrections of the record that the person may read, the latest first, each with its mark."""
    rows = activity.corrections.exclude(status=Status.VOID).select_related("organization").order_by("-pk")
    return [(row, *shown_status(row.status, row.needs_review)) for row in rows if may_read(request.scope, row)]


def _verbs(request: Request, activity: Activity) -> dict[str, bool]:
    """What the table, the state and the person's rights allow."""
    writes = request.scope.allows(Permission.FILE_RECORD, activity.organization)
    is_decided = activity.reviews.filter(version=activity.version).exists()
    return {
        "may_edit": writes and activity.status in EDITABLE,
        "may_withdraw": writes and _can(activity, Verb.WITHDRAW) and not is_decided,
        "may_amend": writes and _can(activity, Verb.AMEND) and not _is_being_corrected(activity),
        "may_discard": writes and activity.status == Status.DRAFT and not activity.version,
        "may_void": _may_void(request, activity),
        "may_review": may_decide(request.scope, activity),
    }


def _can(activity: Activity, verb: Verb) -> bool:
    return can(activity.status, verb, is_correction=activity.is_correction)


def _is_being_corrected(activity: Activity) -> bool:
    return activity.corrections.filter(status__in=EDITABLE | WAITING).exists()


def _may_void(request: Request, activity: Activity) -> bool:
    """One's own record as long as nobody has approved it; an approved one is for the reviewer to declare void."""
    if not _can(activity, Verb.VOID) or not (activity.version or activity.status != Status.DRAFT):
        return False
    permission = Permission.REVIEW_RECORD if activity.status == Status.APPROVED else Permission.FILE_RECORD
    return request.scope.allows(permission, activity.organization)


@require_POST
@need(Permission.FILE_RECORD)
def activity_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a filed record back to go on writing it."""
    activity = _readable(request, pk)
    require(request, Permission.FILE_RECORD, activity.organization)
    try:
        withdraw_activity(by=request.actor, activity=activity)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("campaigns:activity_detail", pk)
    messages.success(request, "已撤回，修改后请再次提交。")
    return redirect("campaigns:activity_edit", pk)


@require_POST
@need(Permission.FILE_RECORD)
def activity_amend(request: Request, pk: int) -> HttpResponse:
    """Begin to correct an approved record, or go on with it."""
    activity = _readable(request, pk)
    require(request, Permission.FILE_RECORD, activity.organization)
    try:
        correction = amend(by=request.actor, record=activity)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("campaigns:activity_detail", pk)
    return redirect("campaigns:activity_edit", correction.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.FILE_RECORD, Permission.REVIEW_RECORD)
def activity_void(request: Request, pk: int) -> HttpResponse:
    """Declare a record void, with the reason."""
    activity = _readable(request, pk)
    if not _may_void(request, activity):
        raise PermissionDenied
    title, question, verb, done = _GIVE_UP if activity.is_correction else _VOID
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_activity(by=request.actor, activity=activity, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, done)
            return redirect("campaigns:activity_detail", activity.corrects_id or pk)
    context = {
        "title": title,
        "question": question,
        "facts": [("党组织", activity.organization), ("主题", activity), ("日期", dates.day_text(activity.held_on))],
        "form": form,
        "verb": verb,
        "danger": True,
        "cancel_url": reverse("campaigns:activity_detail", args=[pk]),
    }
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@need(Permission.FILE_RECORD)
def activity_discard(request: Request, pk: int) -> HttpResponse:
    """Delete a draft that was never filed."""
    activity = _readable(request, pk)
    require(request, Permission.FILE_RECORD, activity.organization)
    title, question, verb, done = _GIVE_UP if activity.is_correction else _DISCARD
    if request.method == "POST":
        try:
            discard_draft(by=request.actor, activity=activity)
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
            return redirect("campaigns:activity_detail", pk)
        messages.success(request, done)
        if activity.is_correction:
            return redirect("campaigns:activity_detail", activity.corrects_id)
        return redirect("campaigns:activity_list")
    context = {
        "title": title,
        "question": question,
        "facts": [("主题", activity), ("日期", dates.day_text(activity.held_on))],
        "verb": verb,
        "danger": True,
        "cancel_url": reverse("campaigns:activity_detail", args=[pk]),
    }
    return render(request, "confirm.html", context)
