"""The queue of a reviewer: activities and answers that wait, the longest waiting first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityStatus
from campaigns.models import Activity, Answer, Credit, Review
from campaigns.queries.activity_list import with_figures
from campaigns.queries.reviews import Record, waiting_activities, waiting_answers
from campaigns.rules.activities import WAITING
from campaigns.rules.standing import title_text
from office.queries.rules import rule_table
from partybuild.lib import clock

FLAGGED, AGAIN = "flagged", "again"
OWN, BELOW = "own", "below"
ACTIVITY, ANSWER = "activity", "answer"
SHOWN = 60


@dataclass(frozen=True)
class QueueFilter:
    """What the queue is narrowed to. ``reach``: what waits for one's own organisation, or also for those below."""

    hint: str = ""
    reach: str = OWN
    campaign: int | None = None
    organization: Organization | None = None


@dataclass(frozen=True)
class QueueItem:
    """One record that waits."""

    sort: str
    pk: int
    version: int
    organization: str
    title: str
    filed_at: datetime | None
    hints: tuple[str, ...]
    is_again: bool
    counted: int
    is_correction: bool = False

    @property
    def key(self) -> str:
        """Names the record in addresses."""
        return f"{self.sort}-{self.pk}"

    @property
    def mark(self) -> str:
        """Names this version of the record when it is marked."""
        return f"{self.key}-{self.version}"


@dataclass(frozen=True)
class Counts:
    """How many wait in all, with hints, and for the second time."""

    total: int = 0
    flagged: int = 0
    again: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.total + other.total, self.flagged + other.flagged, self.again + other.again)


@dataclass(frozen=True)
class Queue:
    """The first of those that wait, with the counts of what was asked for and of everything in reach."""

    items: Sequence[QueueItem]
    own: Counts
    everywhere: Counts
    wanted: QueueFilter

    @property
    def counts(self) -> Counts:
        """Those of the reach that was asked for."""
        return self.own if self.wanted.reach == OWN else self.everywhere

    @property
    def below(self) -> int:
        """How many wait for organisations below."""
        return self.everywhere.total - self.own.total

    @property
    def unshown(self) -> int:
        """How many of the hint asked for come after those that are shown."""
        totals = {FLAGGED: self.counts.flagged, AGAIN: self.counts.again}
        return max(totals.get(self.wanted.hint, self.counts.total) - len(self.items), 0)

    def after(self, key: str) -> str:
        """The key of the record after this one, else of the one before; empty when there is none."""
        keys = [item.key for item in self.items]
        place = keys.index(key) if key in keys else -1
        return keys[place + 1] if place + 1 < len(keys) else keys[place - 1] if place > 0 else ""

    def before(self, key: str) -> str:
        """The key of the record before this one."""
        keys = [item.key for item in self.items]
        place = keys.index(key) if key in keys else 0
        return keys[place - 1] if place > 0 else ""


def queue_for(scope: Scope, wanted: QueueFilter) -> Queue:
    """What this person may decide on, by the filter; the same number of queries however many wait."""
    unit_id = scope.grant.organization_id if scope.grant else 0
    activities = _narrowed_activities(waiting_activities(scope), wanted)
    answers = _narrowed_answers(waiting_answers(scope), wanted)
    own, everywhere = _counts(activities, unit_id)
    own_answers, all_answers = _counts(answers, unit_id)
    hint = _hint(wanted.hint) & (Q(review_unit=unit_id) if wanted.reach == OWN else Q())
    items = [*map(_activity_item, _first(with_figures(activities.filter(hint)).select_related("organization")))]
    items += map(
        _answer_item, _first(answers.filter(hint).select_related("assignment__organization", "assignment__target"))
    )
    items.sort(key=lambda item: (item.filed_at or clock.now(), item.key))
    return Queue(items[:SHOWN], own + own_answers, everywhere + all_answers, wanted)


def _first(rows: QuerySet) -> QuerySet:
    return rows.order_by("filed_at", "pk")[:SHOWN]


def _hint(hint: str) -> Q:
    if hint == FLAGGED:
        return ~Q(flags=[])
    return Q(returned_at__isnull=False) if hint == AGAIN else Q()


def _narrowed_activities(rows: QuerySet[Activity], wanted: QueueFilter) -> QuerySet[Activity]:
    if wanted.organization:
        rows = rows.filter(organization__path__startswith=wanted.organization.path)
    if wanted.campaign:
        credits = Credit.objects.filter(activity=OuterRef("pk"), counted=True, assignment__campaign=wanted.campaign)
        rows = rows.filter(Exists(credits))
    return rows


def _narrowed_answers(rows: QuerySet[Answer], wanted: QueueFilter) -> QuerySet[Answer]:
    if wanted.organization:
        rows = rows.filter(assignment__organization__path__startswith=wanted.organization.path)
    return rows.filter(assignment__campaign=wanted.campaign) if wanted.campaign else rows


def _counts(rows: QuerySet, unit_id: int) -> tuple[Counts, Counts]:
    """For one's own organisation, and for all in reach; one query."""
    own = Q(review_unit=unit_id)
    found = rows.order_by().aggregate(
        **{name: Count("pk", filter=part) for name, part in _PARTS.items()},
        **{f"own_{name}": Count("pk", filter=part & own) for name, part in _PARTS.items()},
    )
    return Counts(*(found[f"own_{name}"] for name in _PARTS)), Counts(*(found[name] for name in _PARTS))


_PARTS = {"total": Q(pk__isnull=False), FLAGGED: _hint(FLAGGED), AGAIN: _hint(AGAIN)}


def _activity_item(row: Activity) -> QueueItem:
    return QueueItem(
        sort=ACTIVITY,
        pk=row.pk,
        version=row.version,
        organization=row.organization.label,
        title=str(row),
        filed_at=row.filed_at,
        hints=tuple(flag["label"] for flag in row.flags),
        is_again=row.returned_at is not None,
        counted=row.counted,  # type: ignore[attr-defined]
        is_correction=row.is_correction,
    )


def _answer_item(row: Answer) -> QueueItem:
    assignment = row.assignment
    return QueueItem(
        sort=ANSWER,
        pk=row.pk,
        version=row.version,
        organization=assignment.organization.label,
        title=title_of(row),
        filed_at=row.filed_at,
        hints=tuple(flag["label"] for flag in row.flags),
        is_again=row.returned_at is not None,
        counted=1,
        is_correction=row.is_correction,
    )


@dataclass(frozen=True)
class Sampling:
    """Of what came in this month for one's own organisation to review: how many were chosen, how many are decided."""

    percent: int
    filed: int
    chosen: int
    decided: int


def sampling_of(scope: Scope) -> Sampling | None:
    """How far the month's quota is; None for a person without an organisation. One query."""
    if scope.grant is None:
        return None
    unit, today = scope.grant.organization_id, clock.today()
    by_unit = Exists(Review.objects.filter(activity=OuterRef("pk"), version=OuterRef("version"), organization=unit))
    rows = Activity.objects.filter(filed_at__gte=clock.start_of_day(today.replace(day=1))).exclude(status__in=_GONE)
    found = rows.filter(Q(review_unit=unit) | by_unit).aggregate(
        filed=Count("pk"), chosen=Count("pk", filter=Q(needs_review=True)), decided=Count("pk", filter=by_unit)
    )
    return Sampling(rule_table(today).int("review.sample_percent"), **found)


_GONE = (ActivityStatus.DRAFT, ActivityStatus.VOID)


def title_of(record: Record) -> str:
    """An activity's title, or that of the assignment that is answered."""
    if isinstance(record, Activity):
        return str(record)
    assignment = record.assignment
    return title_text(assignment.target.title, assignment.period, clock.today().year)


def record_of(scope: Scope, sort: str, pk: int) -> Record | None:
    """A filed record in a reviewer's reach, whether it waits or counts without review; None when there is none."""
    if sort == ACTIVITY:
        rows = Activity.objects.select_related("organization", "review_unit", "group", "host", "filed_by", "corrects")
        return rows.visible_to(scope, Permission.REVIEW_RECORD).filter(pk=pk, status__in=WAITING).first()
    answers = Answer.objects.select_related(
        "assignment__organization", "assignment__target__task", "assignment__campaign", "review_unit", "filed_by",
        "corrects",
    )  # fmt: skip
    return answers.visible_to(scope, Permission.REVIEW_RECORD).filter(pk=pk, status__in=WAITING).first()
