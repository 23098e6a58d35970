"""Figures of a board, read from the tallies and grouped upwards by path: as many queries for ten branches as for many.

What is overdue in a month that still runs is told by the assignments themselves, for tallies know no days.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet, Sum, Value
from django.db.models.expressions import Expression

from branches.models import Organization
from campaigns.models import Assignment, Campaign, Dimension, Tally
from campaigns.queries.verdicts import annotate_verdict, overdue
from desk.rules.figures import Figures, points_between, ranks
from desk.rules.windows import Window
from partybuild.lib.periods import Period


@dataclass(frozen=True)
class Selection:
    """What a board shows: everything below a place, in a window, of one campaign or of all.

    A bulletin takes the campaigns of one issuer, and only what is closed.
    """

    path: str
    window: Window
    campaign_id: int | None = None
    issuer_id: int | None = None
    is_closed: bool = False

    @property
    def child_place(self) -> int:
        """Where in a path the id of the next level stands, counted from 1."""
        return self.path.count("/") + 1


@dataclass(frozen=True)
class Line:
    """One unit, campaign or dimension: its figures, those of the window before, and its place among the others.

    ``written`` is how a unit is named in an address: name and code.
    """

    id: int | None
    name: str
    figures: Figures
    previous: Figures = field(default_factory=Figures)
    rank: int | None = None
    position: tuple[int, int] = (0, 0)
    written: str = ""

    @property
    def change(self) -> float | None:
        """Percentage points of the rate against the window before."""
        return points_between(self.figures.rate, self.previous.rate)


def totals(selection: Selection) -> tuple[Figures, Figures]:
    """All together: of the window, and of the one before. Two queries."""
    found = _grouped(selection, Value(0))
    return found.get(0, (Figures(), Figures()))


def by_unit(selection: Selection) -> list[Line]:
    """The organisations of the next level, each with all below it, and the place itself if anything is due from it."""
    child = Func(F("path"), Value("/"), Value(selection.child_place), function="SPLIT_PART", output_field=CharField())
    found = {int(key) if key else None: pair for key, pair in _grouped(selection, child).items()}
    return _unit_lines(found)


def by_organization(selection: Selection) -> list[Line]:
    """Every organisation from which something is due, whatever its level."""
    return _unit_lines(_grouped(selection, F("organization_id")))


def by_campaign(selection: Selection) -> list[Line]:
    """The campaigns that ask for something, in order of their codes."""
    found = _grouped(selection, F("campaign_id"))
    campaigns = Campaign.objects.filter(pk__in=found).order_by("-year", "code", "pk").values_list("pk", "name")
    lines = [Line(pk, name, *found[pk], position=(place, pk)) for place, (pk, name) in enumerate(campaigns)]
    return _with_figures(lines)


def by_month(selection: Selection) -> list[tuple[Period, Figures]]:
    """Twelve months up to the window's last one; without what runs late in the running month. One query."""
    months = selection.window.trend_months
    rows: Any = _tallies(selection, [month.key for month in months]).values("due_month").annotate(**_sums(Q()))
    found = {row["due_month"]: _figures(row) for row in rows}
    return [(month, found.get(month.key, Figures())) for month in months]


def by_dimension(selection: Selection) -> list[Line]:
    """The sides of the selection's campaign, counted over its assignments. Two queries."""
    if selection.campaign_id is None:
        return []
    rows: Any = (
        annotate_verdict(assignments(selection))
        .values("task__dimension")
        .annotate(
            total=Count("pk"),
            **{name: Count("pk", filter=Q(verdict=name)) for name in ("exempt", "on_time", "late")},
            overdue=Count("pk", filter=overdue(selection.window.today)),
        )
    )
    found = {
        row["task__dimension"]: Figures(row["total"], row["exempt"], row["on_time"], row["late"], row["overdue"])
        for row in rows
    }
    names = Dimension.objects.filter(campaign=selection.campaign_id).order_by("position").values_list("pk", "name")
    return [Line(pk, name, found[pk]) for pk, name in names if pk in found]


def overdue_assignments(selection: Selection, limit: int) -> list[dict[str, Any]]:
    """What has been overdue longest; plain rows for a list. One query."""
    rows: Any = (
        assignments(selection)
        .filter(overdue(selection.window.today))
        .order_by("due_on", "pk")
        .values(
            "pk", "due_on", "organization__name", "organization__short_name", "target__title", "campaign__name",
            "task__number",
        )
    )  # fmt: skip
    return list(rows[:limit])


def ranked(lines: Iterable[Line]) -> list[Line]:
    """The same lines with their places by rate; those without a rate have none."""
    lines = list(lines)
    places = ranks([line.figures.rate for line in lines])
    return [replace(line, rank=place) for line, place in zip(lines, places, strict=True)]


def _grouped(selection: Selection, key: Expression | F | Value) -> dict[Any, tuple[Figures, Figures]]:
    """Key → figures of the window and of the one before. Two queries, also when there is nothing."""
    window = selection.window
    now, before = Q(due_month__in=window.months), Q(due_month__in=window.previous_months)
    # Months that are over: what is still open in them is overdue.
    past = Q(due_month__in=window.past_months)
    rows: Any = (
        _tallies(selection, [*window.months, *window.previous_months])
        .annotate(key=key)
        .values("key")
        .annotate(**_sums(now), **_sums(before, "before_"), overdue_open=Sum("open", filter=past, default=0))
    )
    running = dict(_overdue_in_running(selection, key))
    found: dict[Any, tuple[Figures, Figures]] = {}
    for row in rows:
        late = row["missing_sum"] + row["overdue_open"] + running.get(row["key"], 0)
        found[row["key"]] = (_figures(row, overdue=late), _figures(row, "before_"))
    return found


def _overdue_in_running(selection: Selection, key: Expression | F | Value) -> QuerySet[Any, tuple[Any, int]]:
    """Of the months that are not over, what is past its day and not complete, by key."""
    window = selection.window
    return (
        _of(selection, Assignment.objects.all())
        .filter(due_on__gte=window.running_since, due_on__lt=window.today, completed_at__isnull=True, outcome="")
        .exclude(state="exempt")
        .annotate(key=key)
        .order_by()
        .values_list("key")
        .annotate(count=Count("pk"))
    )


_COUNTS = ("expected", "exempt", "on_time", "late", "missing")


def _sums(months: Q, prefix: str = "") -> dict[str, Sum]:
    return {f"{prefix}{name}_sum": Sum(name, filter=months or None, default=0) for name in _COUNTS}


def _figures(row: dict[str, int], prefix: str = "", overdue: int = 0) -> Figures:
    expected, exempt, on_time, late = (row[f"{prefix}{name}_sum"] for name in _COUNTS[:4])
    return Figures(expected, exempt, on_time, late, overdue)


def _tallies(selection: Selection, months: Collection[str]) -> QuerySet[Tally]:
    rows = _of(selection, Tally.objects.filter(due_month__in=months)).order_by()
    return rows.filter(frozen_at__isnull=False) if selection.is_closed else rows


def assignments(selection: Selection) -> QuerySet[Assignment]:
    """The rows behind the figures of the window."""
    # By the day and not by the month, for there is an index on the day.
    period = selection.window.period
    found = Assignment.objects.filter(due_on__range=(period.starts_on, period.ends_on))
    rows = _of(selection, found).order_by()
    return rows.exclude(outcome="") if selection.is_closed else rows


def _of(selection: Selection, rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.filter(path__startswith=selection.path)
    if selection.issuer_id is not None:
        rows = rows.filter(campaign__issuer=selection.issuer_id)
    return rows.filter(campaign=selection.campaign_id) if selection.campaign_id is not None else rows


def _unit_lines(found: dict[int | None, tuple[Figures, Figures]]) -> list[Line]:
    """Lines in the order of the tree; the place itself, which has no key of its own, comes last."""
    rows = Organization.objects.filter(pk__in=[key for key in found if key]).order_by("position", "pk")
    lines = [
        Line(pk, short or name, *found[pk], position=(position, pk), written=f"{name}（{code}）")
        for pk, name, short, code, position in rows.values_list("pk", "name", "short_name", "code", "position")
    ]
    if None in found:
        lines.append(Line(None, "本级", *found[None], position=(10**9, 0)))
    return _with_figures(lines)


def _with_figures(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.figures.expected or line.previous.expected]
