"""Assignments: the list with its export, and one with everything that explains it."""

from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from branches.permissions import Permission
from branches.templatetags.words import STATES
from branches.views.access import Request, need, visible_or_404
from campaigns.actions.assignments import record_export
from campaigns.actions.extensions import own_refusal
from campaigns.enums import ActivityStatus
from campaigns.enums import AssignmentState as State
from campaigns.forms.assignments import AssignmentFilterForm
from campaigns.models import Answer, Assignment
from campaigns.queries import assignment_detail as details
from campaigns.queries.answers import correction_of
from campaigns.queries.assignments import (
    FIELDS,
    TODO,
    AssignmentLine,
    filtered,
    lines,
    streamed,
    with_given,
)
from campaigns.queries.counts import open_assignments
from campaigns.queries.fact_sources import place_of
from campaigns.queries.todo import ANSWER, link_of, record_kind
from campaigns.rules.activities import EDITABLE, shown_status
from campaigns.rules.assignments import shown_state
from campaigns.rules.extensions import Held, lock_reason
from campaigns.rules.standing import missing_text, period_text, progress_text
from campaigns.rules.targets import asked_text, basis_text, who_text
from partybuild.lib import clock, dates
from partybuild.lib.keyset import keyset_page
from partybuild.lib.workbook import Sheet, write_table

EXPORT_ROWS = 100_000
TURNING = ("after", "before")
COLUMNS = (
    "党组织", "活动", "序号", "指标", "周期", "截止日期", "状态", "进度", "尚缺", "结账结果",
)  # fmt: skip


@require_safe
@need(Permission.VIEW_ASSIGNMENT)
def assignment_list(request: Request) -> HttpResponse:
    """What is due from whom: a secretary's own, a superior's all below, by due day."""
    form = AssignmentFilterForm(request.GET, scope=request.scope)
    today = clock.today()
    found = filtered(request.scope, form.wanted(), today) if form.is_valid() else with_given(Assignment.objects.none())
    descending = request.GET.get("sort") == "-due_on"
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = keyset_page(found, FIELDS, day="due_on", descending=descending, after=after, before=before)
    context = {
        "form": form,
        "page": page,
        "lines": lines(page.rows, today),
        "notes": [(*note, _without(request, note[0])) for note in form.notes()] if form.is_valid() else [],
        "tabs": _tabs(request, today),
        "is_own": "organization" not in form.fields,
        "may_change": request.scope.holds(Permission.DISPATCH),
        "exports": request.GET.urlencode(),
        "kept": [(key, value) for key, value in request.GET.items() if key not in TURNING],
        "things": open_assignments(request.scope) if form.data.get("state") == TODO else None,
    }
    return render(request, "campaigns/assignments/list.html", context, status=200 if form.is_valid() else 422)


def _without(request: Request, name: str) -> str:
    """This address without one condition; never bare, for the bare list opens with conditions of its own."""
    kept = {key: value for key, value in request.GET.items() if key not in (name, *TURNING)}
    return f"?{urlencode({'month': '', **kept})}"


def _tabs(request: Request, today: date) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is the current one, of the views that are wanted most."""
    wanted = [
        ("待办", {"state": "todo"}),
        ("本月到期", {"month": f"{today:%Y-%m}"}),
        ("逾期", {"state": "overdue"}),
        ("已退回", {"state": "returned"}),
        ("全部", {"month": ""}),
    ]
    form = AssignmentFilterForm(request.GET, scope=request.scope)
    now = {key: value for key, value in form.data.items() if value and key in form.fields}
    return [(label, f"?{urlencode(query)}", now == {k: v for k, v in query.items() if v}) for label, query in wanted]


@require_safe
@need(Permission.VIEW_ASSIGNMENT)
def assignment_export(request: Request) -> HttpResponseBase:
    """The filtered list as a workbook."""
    form = AssignmentFilterForm(request.GET, scope=request.scope)
    back = f"{reverse('campaigns:assignment_list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    today = clock.today()
    found = filtered(request.scope, form.wanted(), today)
    if found.order_by()[: EXPORT_ROWS + 1].count() > EXPORT_ROWS:
        messages.error(request, f"超过 {EXPORT_ROWS:,} 条，不能一次导出。请按活动、到期时间或党组织缩小范围。")
        return redirect(back)
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    rows = (_cells(line) for line in streamed(found, today))
    count = write_table(file, [Sheet("任务", COLUMNS, rows, title="任务清单", note=f"截至{dates.day_text(today)}")])
    record_export(by=request.actor, count=count)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"任务清单{today:%Y%m%d}.xlsx")


def _cells(line: AssignmentLine) -> list[object]:
    return [
        line.organization,
        line.campaign,
        line.number,
        line.title,
        line.period or "全年",
        line.due_on,
        STATES.get(line.state, line.state),
        line.progress,
        line.missing,
        line.outcome_label,
    ]


@require_safe
@need(Permission.VIEW_ASSIGNMENT)
def assignment_detail(request: Request, pk: int) -> HttpResponse:
    """One assignment: what it asks, by when, what counts and what does not, what is missing, and what to do."""
    rows = Assignment.objects.select_related("target", "task", "campaign", "organization", "unit")
    assignment = visible_or_404(rows, request, pk=pk)
    answer = details.answer_of(assignment)
    correction = correction_of(answer)
    credits = details.credit_lines(assignment)
    context = {
        "assignment": assignment,
        "answer": answer,
        "answer_mark": shown_status(answer.status, answer.needs_review) if answer else None,
        "correction": correction,
        "correction_mark": shown_status(correction.status, correction.needs_review) if correction else None,
        "credits": credits,
        "place": place_of(assignment.metric),
        "people": details.missing_people(assignment),
        "may_see_people": request.scope.allows(Permission.VIEW_MEMBER, assignment.organization),
        "step": _step(request, assignment, answer, correction, credits),
        "history": details.history(assignment, answer),
        **_extension(request, assignment),
        **_words(assignment, answer),
    }
    return render(request, "campaigns/assignments/detail.html", context)


def _extension(request: Request, assignment: Assignment) -> dict[str, object]:
    """What may be done about its deadline, and by whom."""
    lock = lock_reason(Held(assignment.state, assignment.due_on, assignment.closed_at is not None))
    may_ask = request.scope.allows(Permission.ANSWER_ASSIGNMENT, assignment.organization)
    return {
        "extensions": list(assignment.extensions.select_related("asked_by", "answered_by")),
        "may_ask": may_ask and not lock,
        "may_change": request.scope.allows(Permission.DISPATCH, assignment.organization)
        and not own_refusal(request.actor, assignment),
        "lock": lock if assignment.closed_at else "",
    }


def _words(assignment: Assignment, answer: Answer | None) -> dict[str, object]:
    """What it asks and how it stands, in words."""
    demand, today = assignment.target.demand, clock.today()
    standing = details.standing_of(assignment, answer)
    return {
        "standing": standing,
        "period": period_text(assignment.period, today.year),
        "state": shown_state(assignment.state, assignment.due_on, today, is_extended=assignment.due_before is not None),
        "progress": progress_text(standing),
        "missing": missing_text(standing),
        "asked": asked_text(demand),
        "who": who_text(demand),
        "basis": basis_text(demand),
        "closing": details.closing_of(assignment, standing),
        "is_by_records": standing.is_by_records,
    }


@dataclass(frozen=True)
class Step:
    """The one button that moves an assignment on."""

    label: str
    url: str


def _step(
    request: Request,
    assignment: Assignment,
    answer: Answer | None,
    correction: Answer | None,
    credits: list[details.CreditLine],
) -> Step | None:
    """What the person may do about it now: put a returned record right, note an activity, fill in; else nothing."""
    if correction:
        return _correcting(request, assignment, correction)
    if assignment.state in (State.DONE, State.EXEMPT, State.PENDING):
        return None
    if link_of(assignment.metric) == ANSWER:
        return _answering(request, assignment, answer)
    if not request.scope.allows(Permission.FILE_RECORD, assignment.organization):
        return None
    if place := place_of(assignment.metric):
        return Step(f"到{place.label}登记", reverse(place.url_name))
    returned = next((line for line in credits if line.mark == "returned"), None)
    if returned:
        return Step("补正记录", reverse("campaigns:activity_edit", args=[returned.activity_id]))
    query = urlencode({"kind": record_kind(assignment.metric), "assignment": assignment.pk})
    return Step("记活动", f"{reverse('campaigns:activity_create')}?{query}")


def _answering(request: Request, assignment: Assignment, answer: Answer | None) -> Step | None:
    """Fill the answer in while it is open; one that was approved and does not suffice is corrected on its own page."""
    status = answer.status if answer else ActivityStatus.DRAFT
    labels = {ActivityStatus.RETURNED: "补正填报", ActivityStatus.APPROVED: "查看并更正填报"}
    if status not in EDITABLE and status != ActivityStatus.APPROVED:
        return None
    return _written_on_its_page(request, assignment, labels.get(ActivityStatus(status), "填报"))


def _correcting(request: Request, assignment: Assignment, correction: Answer) -> Step | None:
    """Go on with a correction, also of an assignment that is done; one that waits for the reviewer is let be."""
    if correction.status not in EDITABLE:
        return None
    label = "补正更正" if correction.status == ActivityStatus.RETURNED else "继续更正"
    return _written_on_its_page(request, assignment, label)


def _written_on_its_page(request: Request, assignment: Assignment, label: str) -> Step | None:
    may = request.scope.allows(Permission.ANSWER_ASSIGNMENT, assignment.organization)
    return Step(label, reverse("campaigns:assignment_answer", args=[assignment.pk])) if may else None
