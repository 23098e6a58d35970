"""What one organisation has to do, for its home page: due, sent back, of this month, of this year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from branches.models import Organization
from campaigns.enums import ActivityStatus, Decision, MeasuredBy
from campaigns.enums import AssignmentState as State
from campaigns.models import Activity, Answer, Assignment, Credit, Review
from campaigns.queries.assignments import FIELDS, AssignmentLine, line_of, with_given
from campaigns.queries.fact_sources import Place, place_of
from campaigns.rules import metrics
from campaigns.rules.assignments import UNFINISHED
from campaigns.rules.standing import title_text
from partybuild.lib.periods import Period

RECORD, ANSWER, FACT = "record", "answer", "fact"
SOON_DAYS = 3


@dataclass(frozen=True)
class TodoItem:
    """One assignment with what is missing of it. ``link``: ``record`` (note an activity), ``answer`` (fill it in)
    or ``fact`` (kept in the register at ``place``).

    ``kind`` is the kind of activity to propose, empty where no kind alone would do. ``amount`` and ``goal`` are the
    figures of a bar. ``also`` counts assignments of other campaigns that stand at the same point and move with the same
    records: they are told once.
    """

    assignment_id: int
    title: str
    campaign: str
    number: str
    progress: str
    missing: str
    due_on: date
    state: str
    link: str
    kind: str
    amount: float
    goal: float
    also: int = 0
    place: Place | None = None


@dataclass(frozen=True)
class ReturnedItem:
    """A record that was sent back, with the remark and until when it may come again without being late."""

    link: str
    pk: int
    title: str
    remark: str
    by: str
    at: datetime | None
    resubmit_by: date | None


def due_soon(organization: Organization, today: date, days: int = SOON_DAYS) -> list[TodoItem]:
    """What is not finished and overdue (until its month is closed) or due within the days; the latest first."""
    wanted = Q(due_on__lte=today + timedelta(days=days), closed_at__isnull=True, state__in=sorted(UNFINISHED))
    return _items(_of(organization, wanted), today)


def month_progress(organization: Organization, month: Period, today: date) -> list[TodoItem]:
    """Everything due in the month, exempt ones left out; what is open comes first."""
    wanted = Q(due_on__range=(month.starts_on, month.ends_on)) & ~Q(state=State.EXEMPT)
    items = _items(_of(organization, wanted), today)
    return sorted(items, key=lambda item: item.state == State.DONE)


def year_targets(organization: Organization, year: int, today: date) -> list[TodoItem]:
    """The targets of half a year and longer that end in the year, those with figures to watch first."""
    half = timedelta(days=150)
    wanted = Q(ends_on__year=year) & ~Q(state=State.EXEMPT)
    rows = [row for row in _of(organization, wanted) if row["ends_on"] - row["starts_on"] > half]
    items = _items(rows, today)
    return sorted(items, key=lambda item: (item.goal <= 1, item.link == ANSWER, item.due_on))


def returned(organization: Organization) -> list[ReturnedItem]:
    """Records that were sent back and wait to be put right, the most urgent first. Three queries."""
    activities = list(Activity.objects.filter(organization=organization, status=ActivityStatus.RETURNED))
    answers = list(
        Answer.objects.filter(assignment__organization=organization, status=ActivityStatus.RETURNED).select_related(
            "assignment__target"
        )
    )
    reviews = _last_reviews(activities, answers)
    items = [_returned(RECORD, each, str(each), each.pk, reviews.get((RECORD, each.pk))) for each in activities]
    items += [
        _returned(ANSWER, each, each.assignment.target.title, each.assignment_id, reviews.get((ANSWER, each.pk)))
        for each in answers
    ]
    return sorted(items, key=lambda item: (item.resubmit_by is None, item.resubmit_by or date.max, item.pk))


def record_kind(metric: str) -> str:
    """The kind of activity that the metric has foremost in mind; empty when only a content decides."""
    kinds = metrics.get(metric).kinds
    return next((kind.value for kind in type(next(iter(kinds))) if kind in kinds), "") if kinds else ""


def link_of(metric: str) -> str:
    """``record`` when activities feed the metric, ``fact`` when a register does, else ``answer``."""
    links = {MeasuredBy.RECORDS: RECORD, MeasuredBy.FACTS: FACT}
    return links.get(metrics.get(metric).measured_by, ANSWER)


def refusals(assignment_ids: Iterable[int]) -> dict[int, str]:
    """Assignment → why its latest refused record does not count; records that were sent back are told elsewhere."""
    rows = (
        Credit.objects.filter(assignment__in=list(assignment_ids), counted=False)
        .filter(activity__status__in=[ActivityStatus.FILED, ActivityStatus.APPROVED])
        .order_by("activity__held_on", "pk")
        .values_list("assignment_id", "reason")
    )
    return dict(rows)


def _of(organization: Organization, wanted: Q) -> list[dict[str, Any]]:
    rows = with_given(Assignment.objects.filter(wanted, organization=organization)).order_by("due_on", "pk")
    return list(rows.values(*FIELDS, "pk", "due_on", "starts_on", "ends_on"))


def _items(rows: Sequence[Mapping[str, Any]], today: date) -> list[TodoItem]:
    """In words, each need told once however many campaigns have it; two queries with that for the rows."""
    reasons = refusals(row["pk"] for row in rows if row["state"] in UNFINISHED)
    found: dict[tuple[Any, ...], TodoItem] = {}
    for row in rows:
        item = _item(line_of(row, today), row, today, reasons.get(row["pk"], ""))
        same = (row["metric"], row["period"], row["due_on"], item.state, item.progress, item.missing)
        key = same if item.link != ANSWER else (row["pk"],)
        found[key] = replace(found[key], also=found[key].also + 1) if key in found else item
    return list(found.values())


def _item(line: AssignmentLine, row: Mapping[str, Any], today: date, reason: str) -> TodoItem:
    return TodoItem(
        assignment_id=line.pk,
        title=title_text(line.title, row["period"], today.year),
        campaign=line.campaign,
        number=line.number,
        progress=line.progress,
        missing="，".join(part for part in (line.missing, reason.rstrip("。")) if part),
        due_on=line.due_on,
        state=line.state,
        link=link_of(row["metric"]),
        kind=record_kind(row["metric"]),
        place=place_of(row["metric"]),
        amount=float(line.standing.done),
        goal=float(line.standing.goal),
    )


def _last_reviews(activities: Sequence[Activity], answers: Sequence[Answer]) -> dict[tuple[str, int], Review]:
    reviews = (
        Review.objects.filter(Q(activity__in=activities) | Q(answer__in=answers), decision=Decision.RETURN)
        .select_related("reviewer")
        .order_by("decided_at", "pk")
    )
    return {(RECORD, each.activity_id) if each.activity_id else (ANSWER, each.answer_id or 0): each for each in reviews}


def _returned(link: str, record: Activity | Answer, title: str, pk: int, review: Review | None) -> ReturnedItem:
    return ReturnedItem(
        link=link,
        pk=pk,
        title=f"{title}（更正）" if record.is_correction else title,
        remark=review.told if review else "",
        by=review.reviewer.name if review else "",
        at=record.returned_at,
        resubmit_by=None if record.is_correction else record.resubmit_by,
    )
