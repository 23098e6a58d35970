"""The periodic runs of the months, and how far each is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Min, Prefetch, QuerySet

from branches.models import Organization
from branches.permissions import Permission, Scope
from campaigns.models import Assignment, Campaign
from campaigns.queries.units import units_below
from office.enums import Job, RunStatus
from office.models import Document, Run, RunPiece
from partybuild.lib import periods
from partybuild.lib.periods import Period, PeriodKind

MONTHLY = (Job.DISPATCH, Job.CLOSE, Job.BULLETIN)
MONTHS_SHOWN = 24


@dataclass
class MonthLine:
    """A month with its runs; what has not been asked for is None."""

    month: Period
    dispatch: Run | None = None
    close: Run | None = None
    bulletin: Run | None = None
    documents: Sequence[Document] = field(default_factory=list)


def month_lines(scope: Scope, today: date) -> list[MonthLine]:
    """The months since the first publication or run, latest first, at most two years. Three queries."""
    runs = list(_runs(scope).filter(job__in=MONTHLY, subject=""))
    lines = {month.key: MonthLine(month) for month in _months(runs, today)}
    for run in runs:
        if line := lines.get(run.period):
            setattr(line, run.job, run)
            if run.job == Job.BULLETIN:
                line.documents = list(run.documents.all())
    return list(lines.values())


def run_for(scope: Scope, pk: int) -> Run | None:
    """One run with its documents as far as the scope reaches; what goes on every day has no page."""
    return _runs(scope).exclude(job__in=[Job.DAILY, Job.CHANGES]).filter(pk=pk).first()


def may_act(scope: Scope) -> bool:
    """Whether this person starts runs: they go over every campaign, so it takes a post at the top of a tree."""
    return scope.holds(Permission.DISPATCH) and scope.grant is not None and scope.grant.path.count("/") == 1


@dataclass(frozen=True)
class PieceLine:
    """A unit's part of a run; without a time it is not done."""

    unit: str
    done_at: Any
    result: dict[str, int]


def pieces_of(run: Run, scope: Scope) -> list[PieceLine]:
    """The units of a run within the scope, those that are not done first. Up to four queries."""
    done = {piece.unit_id: piece for piece in RunPiece.objects.filter(run=run)}
    wanted = set(done) | (set() if run.status == RunStatus.DONE else expected_units(run))
    units = Organization.objects.filter(pk__in=wanted).visible_to(scope, Permission.DISPATCH).order_by("position", "pk")
    lines = [
        PieceLine(str(unit), done[unit.pk].done_at, done[unit.pk].result)
        if unit.pk in done
        else PieceLine(str(unit), None, {})
        for unit in units
    ]
    return sorted(lines, key=lambda line: line.done_at is not None)


def expected_units(run: Run) -> set[int]:
    """The units that the run has to go over."""
    month = periods.parse(run.period)
    if run.job == Job.CLOSE:
        return set(Assignment.objects.filter(due_month=month.key).values_list("unit_id", flat=True).distinct())
    if run.job != Job.DISPATCH:
        return set()
    paths = Campaign.objects.published().values_list("issuer__path", flat=True).distinct()
    return {unit for path in paths for unit in units_below(path, month.ends_on)}


def _runs(scope: Scope) -> QuerySet[Run]:
    seen = Document.objects.visible_to(scope).select_related("issuer").defer("body")
    return Run.objects.annotate(pieces_done=Count("pieces")).prefetch_related(Prefetch("documents", seen))


def _months(runs: Iterable[Run], today: date) -> list[Period]:
    first = Campaign.objects.exclude(published_on=None).aggregate(first=Min("published_on"))["first"]
    starts = [periods.parse(run.period).starts_on for run in runs]
    start = min([*starts, *([first] if first else [])], default=today)
    last = max([today, *starts])
    return periods.overlapping(PeriodKind.MONTH, min(start, today), last)[::-1][:MONTHS_SHOWN]
