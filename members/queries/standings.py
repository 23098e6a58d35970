"""Registers of marks: members out of reach with their search log, and former members."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import StandingKind
from members.models import Membership, Standing
from members.models.standing import StandingQuerySet
from members.rules.registers import Figures
from members.rules.standings import removal_due_on, suspension_due_on
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import add_months


@dataclass(frozen=True)
class LostLine:
    """A member out of reach: since when, how often looked for, and what is due."""

    standing: Standing
    branch: str
    searches: int
    last_search: date | None
    suspended_on: date | None
    due: str
    is_due: bool


def lost_standings(scope: Scope, *, state: str = "open") -> StandingQuerySet:
    """Marks of 失联 in the scope by the first day; ``state`` open or found."""
    places = Membership.objects.filter(path_filter(scope, Permission.VIEW_PARTY_WORK, "organization__path"))
    found = Standing.objects.filter(kind=StandingKind.LOST, member__in=places.values("member"))
    found = found.filter(ends_on__isnull=state != "found")
    return found.order_by("starts_on", "pk")


def lost_lines(rows: QuerySet[Standing], on: date) -> list[LostLine]:
    """With branch, searches and what the rules ask; two queries."""
    rules = rule_table(on)
    suspend, remove, every = (
        rules.int(f"standing.{code}") for code in ("suspend_after_months", "remove_after_months", "search_every_months")
    )
    branch = Membership.objects.filter(member=OuterRef("member")).order_by("-starts_on", "-pk")
    suspended = Standing.objects.filter(member=OuterRef("member"), kind=StandingKind.SUSPENDED, ends_on=None)
    shown = rows.select_related("member").annotate(
        branch=Subquery(branch.values("organization__name")[:1]),
        suspended_on=Subquery(suspended.values("starts_on")[:1]),
        searched=Count("searches"),
        last_search=Max("searches__on"),
    )
    found = []
    for row in shown:
        due = _due(row, on, suspend, remove, every)
        found.append(LostLine(row, row.branch or "", row.searched, row.last_search, row.suspended_on, due, due != ""))
    return found


def _due(row: Standing, on: date, suspend: int, remove: int, every: int) -> str:
    suspended_on, last_search = row.suspended_on, row.last_search  # type: ignore[attr-defined]
    if row.ends_on is not None:
        return ""
    if suspended_on is not None:
        return f"停止党籍已满 {remove} 个月，应研究除名" if removal_due_on(suspended_on, remove) <= on else ""
    if suspension_due_on(row.starts_on, suspend) <= on:
        return f"失联已满 {suspend} 个月，应研究停止党籍"
    if add_months(last_search or row.starts_on, every) <= on:
        return f"已有 {every} 个月没有查找"
    return ""


def lost_figures(scope: Scope) -> Figures:
    """What the hub shows: members out of reach, and those with whom something is due."""
    lines = lost_lines(lost_standings(scope), clock.today())
    return Figures(len(lines), sum(line.is_due for line in lines), "人有到期应办事项")
