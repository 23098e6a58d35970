"""Sheets of the branches' standards, and what they come to (O16); ``standards_of`` feeds the stars (A04)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope
from members.enums import SheetState
from members.models import StandardSheet
from members.models.standard import StandardSheetQuerySet
from members.rules.registers import Figures
from members.rules.standards import Wording, wordings
from office.queries.rules import rule_table
from partybuild.lib import clock

ALL, WANTING, NONE = "", "wanting", "none"
STATES = ((ALL, "全部"), (WANTING, "未经核验"), (NONE, "未建立"), *SheetState.choices)
Line = tuple[Organization, StandardSheet | None]


@dataclass(frozen=True)
class StandardResult:
    """What a sheet comes to: items met of those that are worded, and whether the superior has confirmed it."""

    met: int
    total: int
    is_confirmed: bool


def standard_wordings(on: date) -> list[Wording]:
    """The items of a sheet, by the rule table of the day."""
    table = rule_table(on)
    return wordings(table.list("standard.items.standardised"), table.list("standard.items.seven"))


_COUNTED = ("met", "total")


def with_results(sheets: StandardSheetQuerySet) -> StandardSheetQuerySet:
    """Sheets with ``met`` and ``total``; a slot that nobody has worded does not count."""
    return sheets.annotate(
        met=Count("items", filter=Q(items__is_met=True)), total=Count("items", filter=Q(items__is_open=False))
    )


def standards_of(year: int, organizations: Collection[int] | None = None) -> dict[int, StandardResult]:
    """Branch id → what its sheet of the year comes to. One query."""
    sheets = StandardSheet.objects.filter(year=year)
    if organizations is not None:
        sheets = sheets.filter(organization__in=organizations)
    rows: Any = with_results(sheets).values("organization", *_COUNTED, "state")
    return {
        row["organization"]: StandardResult(row["met"], row["total"], row["state"] == SheetState.CONFIRMED)
        for row in rows
    }


def standard_lines(
    scope: Scope, on: date, *, year: int, state: str = ALL, organization: Organization | None = None
) -> list[Line]:
    """The branches of the scope with their sheet of the year, or None."""
    sheets = with_results(StandardSheet.objects.filter(year=year)).select_related("organization")
    branches = _branches(scope, on).prefetch_related(Prefetch("standard_sheets", sheets, to_attr="sheets_of_year"))
    if organization is not None:
        branches = branches.below(organization)
    lines: list[Line] = [(branch, next(iter(branch.sheets_of_year), None)) for branch in branches.order_by("path")]
    return [line for line in lines if _is_asked_for(line[1], state)]


def standard_rows(lines: Iterable[Line]) -> Iterator[list[object]]:
    """The list as rows of a workbook."""
    for number, (branch, sheet) in enumerate(lines, 1):
        if sheet is None:
            yield [number, branch.name, branch.code, "未建立", None, None, ""]
            continue
        yield [
            number, branch.name, branch.code, sheet.get_state_display(), *_result(sheet), sheet.check_remark,
        ]  # fmt: skip


def _result(sheet: Any) -> tuple[int, int]:
    """What ``with_results`` has counted: items that are met, items in all."""
    return sheet.met, sheet.total


def standard_figures(scope: Scope) -> Figures:
    """Sheets of this year, and how many branches have none that was confirmed."""
    today = clock.today()
    sheets = StandardSheet.objects.visible_to(scope).filter(year=today.year)
    confirmed = sheets.filter(state=SheetState.CONFIRMED).values("organization")
    missing = _branches(scope, today).exclude(pk__in=confirmed).count()
    return Figures(sheets.count(), missing, "个党支部本年没有经核验的自查表", f"?state={WANTING}")


def sheets_to_check(scope: Scope) -> int:
    """Sheets of this year below the scope that wait for the superior's check."""
    waiting = StandardSheet.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK)
    own = scope.grant.organization_id if scope.grant else None
    return waiting.filter(state=SheetState.SUBMITTED, year=clock.today().year).exclude(organization=own).count()


def _branches(scope: Scope, on: date) -> OrganizationQuerySet:
    reached = Organization.objects.visible_to(scope, Permission.VIEW_PARTY_WORK)
    return reached.filter(kind=OrganizationKind.BRANCH).in_force(on)


def _is_asked_for(sheet: StandardSheet | None, state: str) -> bool:
    if state == ALL:
        return True
    if state == WANTING:
        return sheet is None or sheet.state != SheetState.CONFIRMED
    return sheet is None if state == NONE else sheet is not None and sheet.state == state
