"""The review desk: the queue, the record with its evidence, the checks and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from branches.forms.refusals import add_refusal
from branches.permissions import Permission
from branches.views.access import Request, need, require
from campaigns.actions.reviews import BulkResult, Marked, approve, approve_many, opened_key, return_for_rework
from campaigns.forms.reviews import DecisionForm, MarkedForm, QueueFilterForm
from campaigns.models import Activity, Answer
from campaigns.queries.activity_detail import changes_of, credited, view_of
from campaigns.queries.answer_detail import view_of_answer
from campaigns.queries.likeness import Likeness, likeness_of, twins_of
from campaigns.queries.remarks import all_told, items_of
from campaigns.queries.review_queue import ACTIVITY, ANSWER, Queue, queue_for, record_of, sampling_of, title_of
from campaigns.queries.reviews import Record, checks_of, refusal_of
from campaigns.rules.reviews import FREQUENT_REMARKS
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.htmx import is_fragment

DESK = "desk"
OPENED = "opened_records"
_REMEMBERED = 600
_NAMED = 8


@require_safe
@need(Permission.REVIEW_RECORD)
def review_desk(request: Request) -> HttpResponse:
    """What waits for a decision, and one of it opened; in its fragment the next one after each decision."""
    filters = QueueFilterForm(request.GET, scope=request.scope)
    queue = queue_for(request.scope, filters.wanted())
    key = filters.record_key()
    record = _named(request, *key) if key else None
    return _desk(request, filters, queue, record)


def _named(request: Request, sort: str, pk: int) -> Record | None:
    """The record of the address: 404 outside the scope, None when somebody has decided on it meanwhile."""
    model = Activity if sort == ACTIVITY else Answer
    if not model.objects.visible_to(request.scope, Permission.REVIEW_RECORD).filter(pk=pk).exists():
        raise Http404
    return record_of(request.scope, sort, pk)


def _desk(
    request: Request,
    filters: QueueFilterForm,
    queue: Queue,
    record: Record | None,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if record is None and queue.items:
        record = record_of(request.scope, queue.items[0].sort, queue.items[0].pk)
    context = {
        "filters": filters,
        "queue": queue,
        "remarks": FREQUENT_REMARKS,
        "kept": _kept(request),
        "desk_url": reverse("campaigns:review_desk"),
    }
    if record is not None:
        context |= _opened(request, record, queue, form)
    template = "_desk" if is_fragment(request, DESK) else "desk"
    if template == "desk":
        context["sampling"] = sampling_of(request.scope)
    return render(request, f"campaigns/reviews/{template}.html", context, status=status)


def _kept(request: Request) -> str:
    """The filters of the address, for links and for what follows a decision."""
    query = request.GET.copy()
    query.pop("record", None)
    return query.urlencode()


def _opened(request: Request, record: Record, queue: Queue, form: DecisionForm | None) -> dict[str, Any]:
    """Everything about the record that is open; that it was shown to this person is remembered."""
    key = f"{ACTIVITY if isinstance(record, Activity) else ANSWER}-{record.pk}"
    _remember(request, opened_key(record, record.version))
    return {
        "record": record,
        "current": key,
        "next_key": queue.after(key),
        "before_key": queue.before(key),
        "form": form or DecisionForm(items_of(record), initial={"version": record.version}),
        "refusal": refusal_of(request.scope, record),
        "decisions": all_told(record),
        "changes": changes_of(record),
        **_of(request, record),
    }


def _of(request: Request, record: Record) -> dict[str, Any]:
    """What belongs to the sort of record, with what looks like it."""
    found = likeness_of(record, rule_table(clock.today()))
    own = _of_activity(record, found) if isinstance(record, Activity) else _of_answer(record)
    return {"twins": twins_of(request.scope, record, found), **own}


def _of_activity(activity: Activity, found: Likeness) -> dict[str, Any]:
    tasks = credited(activity)
    return {
        "activity": activity,
        "view": view_of(activity),
        "checks": checks_of(activity, rule_table(clock.today()), found),
        "tasks": tasks,
        "counted": sum(task.counted for task in tasks),
        "decide_url": reverse("campaigns:review_activity", args=[activity.pk]),
    }


def _of_answer(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer,
        "view": view_of_answer(answer),
        "decide_url": reverse("campaigns:review_answer", args=[answer.pk]),
    }


def _remember(request: Request, key: str) -> None:
    opened = request.session.get(OPENED, [])
    if key not in opened:
        request.session[OPENED] = [*opened[-_REMEMBERED:], key]


@require_POST
@need(Permission.REVIEW_RECORD)
def review_activity(request: Request, pk: int) -> HttpResponse:
    """Decide on an activity."""
    return _decide(request, ACTIVITY, pk)


@require_POST
@need(Permission.REVIEW_RECORD)
def review_answer(request: Request, pk: int) -> HttpResponse:
    """Decide on an answer."""
    return _decide(request, ANSWER, pk)


def _decide(request: Request, sort: str, pk: int) -> HttpResponse:
    model = Activity if sort == ACTIVITY else Answer
    record: Record | None = model.objects.filter(pk=pk).first()
    if record is None:
        raise Http404
    require(request, Permission.REVIEW_RECORD, record.organization)
    filters = QueueFilterForm(request.GET, scope=request.scope)
    following = queue_for(request.scope, filters.wanted()).after(f"{sort}-{pk}")
    form = DecisionForm(items_of(record), request.POST)
    if form.is_valid():
        try:
            messages.success(request, _carry_out(request, record, form))
            return _next(request, filters, following)
        except ValidationError as error:
            add_refusal(form, error)
    still = record_of(request.scope, sort, pk)
    if still is None:
        messages.error(request, "".join(str(text) for text in form.non_field_errors()))
    queue = queue_for(request.scope, filters.wanted())
    return _desk(request, filters, queue, still, form if still else None, status=422)


def _carry_out(request: Request, record: Record, form: DecisionForm) -> str:
    """Approve or return; what to tell afterwards."""
    data = form.cleaned_data
    name = f"{record.organization.label}“{title_of(record)}”"
    if data["decision"] == "approve":
        done = approve(by=request.actor, record=record, version=data["version"], remark=data["remark"])  # type: ignore[type-var]
        return f"已通过：{name}。" if done.status != "filed" else f"已通过，报上一级审核：{name}。"
    return_for_rework(  # type: ignore[type-var]
        by=request.actor, record=record, version=data["version"], remark=data["remark"], items=form.remarks()
    )
    return f"已退回：{name}。"


def _next(request: Request, filters: QueueFilterForm, following: str) -> HttpResponse:
    """After a decision the next one is there."""
    if is_fragment(request, DESK):
        queue = queue_for(request.scope, filters.wanted())
        sort, _, pk = following.partition("-")
        return _desk(request, filters, queue, record_of(request.scope, sort, int(pk)) if following else None)
    query = "&".join(part for part in (_kept(request), f"record={following}" if following else "") if part)
    return redirect(f"{reverse('campaigns:review_desk')}?{query}")


@require_POST
@need(Permission.REVIEW_RECORD)
def review_bulk(request: Request) -> HttpResponse:
    """Approve the marked records that are in order and were opened; the rest stays, and is named."""
    filters = QueueFilterForm(request.GET, scope=request.scope)
    form = MarkedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "".join(str(text) for text in form.errors.get("marked", [])))
        return _desk(request, filters, queue_for(request.scope, filters.wanted()), None, status=422)
    marked = []
    for sort, pk, version in form.cleaned_data["marked"]:
        record = record_of(request.scope, sort, pk)
        if record is not None:
            marked.append(Marked(record, version))
    result = approve_many(by=request.actor, marked=marked, opened=frozenset(request.session.get(OPENED, [])))
    _tell(request, result, len(form.cleaned_data["marked"]) - len(marked))
    return _next(request, filters, "")


def _tell(request: Request, result: BulkResult, gone: int) -> None:
    if result.approved:
        messages.success(request, f"已通过 {len(result.approved)} 条。")
    if gone:
        messages.warning(request, f"{gone} 条已由他人办理，没有重复处理。")
    if result.held:
        held = result.held[:_NAMED]
        named = [f"{record.organization.label}“{title_of(record)}”（{reason}）" for record, reason in held]
        more = f"等 {len(result.held)} 条" if len(result.held) > _NAMED else ""
        messages.warning(request, f"{len(result.held)} 条没有一并通过，请逐条审核：{'；'.join(named)}{more}。")
