"""Assignments in lists: filtered within the scope, and as plain lines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from branches.models import Organization
from branches.permissions import Scope
from campaigns.enums import AssignmentState as State
from campaigns.enums import Outcome, Subject
from campaigns.models import Assignment, Target
from campaigns.queries.verdicts import OPEN, annotate_verdict, overdue
from campaigns.rules.assignments import UNFINISHED, shown_state
from campaigns.rules.standing import Standing, missing_text, period_text, progress_text
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind

OVERDUE, EXTENDED, TODO, DUE = "overdue", "extended", "todo", "due"
RESULTS = {
    DUE: "应完成（不含免报）",
    "done": "已完成（含补报）",
    Outcome.ON_TIME.value: "按时完成",
    Outcome.LATE.value: "补报完成",
    OVERDUE: "到期未完成",
    Outcome.MISSING.value: "结账未完成",
    OPEN: "尚未完成",
    Outcome.EXEMPT.value: "免报",
}
"""What ``AssignmentFilter.result`` may be, in words."""
FIELDS = (
    "target__title", "target__unit", "task__number", "task_id", "campaign_id", "campaign__name", "organization_id",
    "organization__name", "organization__short_name", "period", "metric", "subject", "state", "done", "needed",
    "members_expected", "exempt_reason", "outcome", "given__status", "cut_off_on",
    "due_before",
)  # fmt: skip


@dataclass(frozen=True)
class AssignmentFilter:
    """What a list of assignments is narrowed to; empty values do not narrow.

    ``due_in`` is any period of the calendar: it holds what falls due in it. ``state`` is one of the words of the screen
    or ``todo``; ``result`` is one of ``RESULTS``, a verdict as the counts see it.
    """

    campaign: int | None = None
    dimension: int | None = None
    task: int | None = None
    target: int | None = None
    owner: int | None = None  # the one organisation of which a secretary is told
    organization: Organization | None = None
    is_own: bool = False  # only what is due from that organisation itself
    due_in: Period | None = None
    due_on: date | None = None
    state: str = ""
    result: str = ""
    words: str = ""


def with_given(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Each with the answer that was ``given`` to it, as ``FIELDS`` asks for it; corrections stand beside and not in."""
    return assignments.annotate(given=FilteredRelation("answers", condition=Q(answers__corrects=None)))


def filtered(scope: Scope, wanted: AssignmentFilter, today: date) -> QuerySet[Assignment]:
    """The assignments that the scope reaches and the filter keeps."""
    narrowed = with_given(Assignment.objects.visible_to(scope).filter(_parts(wanted)))
    if wanted.organization:
        place = {"path" if wanted.is_own else "path__startswith": wanted.organization.path}
        narrowed = narrowed.filter(**place)
    if wanted.due_in:
        narrowed = narrowed.filter(due_on__range=(wanted.due_in.starts_on, wanted.due_in.ends_on))
    if wanted.state:
        narrowed = narrowed.filter(state_filter(wanted.state, today))
    if wanted.result:
        narrowed = _with_result(narrowed, wanted.result, today)
    return narrowed.filter(_words(wanted.words)) if wanted.words else narrowed


def _parts(wanted: AssignmentFilter) -> Q:
    parts = {
        "organization": wanted.owner,
        "campaign": wanted.campaign,
        "task__dimension": wanted.dimension,
        "task": wanted.task,
        "target": wanted.target,
        "due_on": wanted.due_on,
    }
    return Q(**{field: value for field, value in parts.items() if value is not None})


def state_filter(state: str, today: date) -> Q:
    """The rows that show this word: what is past its day is 逾期, what has got more time 已延期, and neither is 未开始
    or 进行中.

    ``todo`` is what an organisation has yet to do of this month, and of earlier ones until they are closed.
    """
    if state == TODO:
        month = periods.containing(PeriodKind.MONTH, today)
        return Q(state__in=sorted(UNFINISHED), closed_at__isnull=True, due_on__lte=month.ends_on)
    running = Q(state__in=[State.OPEN, State.PROGRESS])
    if state == OVERDUE:
        return running & Q(due_on__lt=today)
    if state == EXTENDED:
        return running & Q(due_on__gte=today, due_before__isnull=False)
    if state in (State.OPEN, State.PROGRESS):
        return Q(state=state, due_on__gte=today, due_before__isnull=True)
    return Q(state=state)


def _with_result(rows: QuerySet[Assignment], result: str, today: date) -> QuerySet[Assignment]:
    if result == OVERDUE:
        return rows.filter(overdue(today))
    if result == DUE:
        return annotate_verdict(rows).exclude(verdict=Outcome.EXEMPT)  # type: ignore[misc]
    verdicts = [Outcome.ON_TIME.value, Outcome.LATE.value] if result == "done" else [result]
    return annotate_verdict(rows).filter(verdict__in=verdicts)  # type: ignore[misc]


def _words(words: str) -> Q:
    """Found in the small tables first, so that the large one is only compared by key."""
    tasks = Q(task__title__icontains=words) | Q(task__number=words)
    targets = Target.objects.filter(Q(title__icontains=words) | tasks)
    organizations = Organization.objects.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return Q(target__in=targets.values("pk")) | Q(organization__in=organizations.values("pk"))


@dataclass(frozen=True)
class AssignmentLine:
    """One assignment as a row of a list."""

    pk: int
    title: str
    period: str
    number: str
    campaign_id: int
    campaign: str
    organization_id: int
    organization: str
    due_on: date
    state: str
    standing: Standing
    outcome: str

    @property
    def progress(self) -> str:
        return progress_text(self.standing)

    @property
    def missing(self) -> str:
        return missing_text(self.standing)

    @property
    def outcome_label(self) -> str:
        return Outcome(self.outcome).label if self.outcome else ""


def line_of(row: Mapping[str, Any], today: date) -> AssignmentLine:
    """A row of ``FIELDS`` with ``pk`` and ``due_on``, in words."""
    standing = Standing(
        metric=row["metric"],
        state=row["state"],
        done=row["done"],
        needed=row["needed"],
        unit=row["target__unit"],
        people=(row["members_expected"] or 0) if row["subject"] != Subject.ORGANIZATION else None,
        exempt_reason=row["exempt_reason"],
        answer_status=row["given__status"] or "",
    )
    return AssignmentLine(
        pk=row["pk"],
        title=row["target__title"],
        period=period_text(row["period"], today.year),
        number=row["task__number"],
        campaign_id=row["campaign_id"],
        campaign=row["campaign__name"],
        organization_id=row["organization_id"],
        organization=row["organization__short_name"] or row["organization__name"],
        due_on=row["due_on"],
        state=shown_state(row["state"], row["due_on"], today, is_extended=row["due_before"] is not None),
        standing=standing,
        outcome=row["outcome"],
    )


def lines(rows: Iterable[Mapping[str, Any]], today: date) -> list[AssignmentLine]:
    """Rows of a page, in words."""
    return [line_of(row, today) for row in rows]


def streamed(assignments: QuerySet[Assignment], today: date, *, chunk: int = 2000) -> Iterator[AssignmentLine]:
    """All rows for an export, ordered by due day and organisation, without keeping them."""
    rows = assignments.order_by("due_on", "path", "pk").values(*FIELDS, "pk", "due_on")
    return (line_of(row, today) for row in rows.iterator(chunk_size=chunk))
