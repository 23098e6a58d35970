"""Activities in lists: filtered within the scope, and as plain lines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from branches.models import Organization
from branches.permissions import Scope
from campaigns.enums import ActivityKind, ActivityStatus
from campaigns.models import Activity, Attendance, Credit
from campaigns.models.activity import ActivityQuerySet
from campaigns.queries.activities import listed
from campaigns.rules.activities import shown_status
from partybuild.lib.periods import Period

PENDING, COUNTING = "pending", "counting"
STATES = {
    ActivityStatus.DRAFT.value: "草稿",
    PENDING: "待审核",
    COUNTING: "已提交，计入",
    ActivityStatus.RETURNED.value: "已退回",
    ActivityStatus.APPROVED.value: "已通过",
    ActivityStatus.AMENDING.value: "更正待审",
    ActivityStatus.VOID.value: "已作废",
}
FIELDS = (
    "title", "kind", "organization_id", "organization__name", "organization__short_name", "status", "needs_review",
    "filed_at", "flags", "hours", "place", "present", "expected", "counted",
)  # fmt: skip


@dataclass(frozen=True)
class ActivityFilter:
    """What a list of activities is narrowed to; empty values do not narrow. Void records are shown when asked for."""

    organization: Organization | None = None
    kind: str = ""
    held_in: Period | None = None
    state: str = ""
    campaign: int | None = None
    words: str = ""


@dataclass(frozen=True)
class ActivityLine:
    """One activity as a row of a list."""

    pk: int
    title: str
    kind: str
    organization: str
    held_on: date
    mark: str
    status: str
    present: int
    expected: int
    counted: int
    flags: tuple[str, ...]
    filed_at: datetime | None
    hours: Any
    place: str


def filtered(scope: Scope, wanted: ActivityFilter) -> ActivityQuerySet:
    """The records of the scope that meet the conditions."""
    found = listed(scope).filter(_state(wanted.state))
    if wanted.organization:
        found = found.filter(organization__path__startswith=wanted.organization.path)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.held_in:
        found = found.filter(held_on__range=(wanted.held_in.starts_on, wanted.held_in.ends_on))
    if wanted.campaign:
        credits = Credit.objects.filter(activity=OuterRef("pk"), assignment__campaign=wanted.campaign, counted=True)
        found = found.filter(Exists(credits))
    return found.filter(_words(wanted.words)) if wanted.words else found


def _state(state: str) -> Q:
    if state in (PENDING, COUNTING):
        return Q(status=ActivityStatus.FILED, needs_review=state == PENDING)
    return Q(status=state) if state else ~Q(status__in=[ActivityStatus.VOID, ActivityStatus.AMENDED])


def _words(words: str) -> Q:
    kinds = [kind.value for kind in ActivityKind if words in kind.label]
    return (
        Q(title__icontains=words)
        | Q(minutes__icontains=words)
        | Q(place__icontains=words)
        | Q(kind__in=kinds)
        | Q(organization__name__icontains=words)
        | Q(organization__short_name__icontains=words)
    )


def with_figures(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Each with who was there, out of how many, and for how many tasks it counts; no joins that multiply rows."""
    sheet = Attendance.objects.filter(activity=OuterRef("pk"))
    credits = Credit.objects.filter(activity=OuterRef("pk"), counted=True)
    return activities.annotate(
        present=_count(sheet.filter(is_present=True)), expected=_count(sheet), counted=_count(credits)
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("activity").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def line_of(row: Mapping[str, Any]) -> ActivityLine:
    """A row of ``FIELDS`` with ``pk`` and ``held_on``, in words."""
    mark, status = shown_status(row["status"], row["needs_review"])
    kind = ActivityKind(row["kind"]).label
    return ActivityLine(
        pk=row["pk"],
        title=row["title"] or kind,
        kind=kind,
        organization=row["organization__short_name"] or row["organization__name"],
        held_on=row["held_on"],
        mark=mark,
        status=status,
        present=row["present"],
        expected=row["expected"],
        counted=row["counted"],
        flags=tuple(flag["label"] for flag in row["flags"]) if mark == "pending" else (),
        filed_at=row["filed_at"],
        hours=row["hours"],
        place=row["place"],
    )


def lines(rows: Iterable[Mapping[str, Any]]) -> list[ActivityLine]:
    """Rows of a page, in words."""
    return [line_of(row) for row in rows]


def streamed(activities: QuerySet[Activity], *, chunk: int = 2000) -> Iterator[ActivityLine]:
    """All rows for an export, ordered by day and organisation, without keeping them."""
    rows = with_figures(activities).order_by("held_on", "organization__path", "pk").values(*FIELDS, "pk", "held_on")
    return (line_of(row) for row in rows.iterator(chunk_size=chunk))
