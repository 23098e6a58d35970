"""Who has done a task: organisations by periods, for one target at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from branches.models import Organization
from branches.permissions import Scope
from campaigns.enums import AssignmentState as State
from campaigns.models import Assignment, Target
from campaigns.queries.assignments import OVERDUE, state_filter
from campaigns.rules.assignments import shown_state
from campaigns.rules.standing import period_text

SHOWN = (("", "全部"), (OVERDUE, "有逾期的"), ("unfinished", "未完成的"), (State.DONE.value, "有完成的"))


@dataclass(frozen=True)
class Cell:
    """One organisation in one period."""

    pk: int
    state: str


@dataclass(frozen=True)
class MatrixRow:
    """One organisation with its cells in the order of the periods; None where nothing was asked."""

    organization: Organization
    cells: list[Cell | None]


@dataclass(frozen=True)
class Matrix:
    """Labels of the periods, and the rows of a page."""

    periods: list[str]
    rows: list[MatrixRow]


def organizations_of(
    scope: Scope, target: Target, today: date, *, words: str = "", shown: str = ""
) -> QuerySet[Organization]:
    """The organisations of which the target was asked, as far as the scope reaches, in the order of the tree."""
    asked = Assignment.objects.visible_to(scope).filter(lineage=target.lineage, organization=OuterRef("pk"))
    if shown == "unfinished":
        asked = asked.exclude(state__in=[State.DONE, State.EXEMPT])
    elif shown:
        asked = asked.filter(state_filter(shown, today))
    found = Organization.objects.filter(Exists(asked)).order_by("path")
    return found.filter(name__icontains=words) if words else found


def matrix_of(target: Target, organizations: Sequence[Organization], today: date) -> Matrix:
    """The states of these organisations in every period of the target; one query."""
    rows = (
        Assignment.objects.filter(lineage=target.lineage, organization__in=organizations)
        .order_by("starts_on", "pk")
        .values_list("organization_id", "period", "pk", "state", "due_on", "due_before")
    )
    periods: dict[str, None] = {}
    cells: dict[int, dict[str, Cell]] = defaultdict(dict)
    for organization_id, period, pk, state, due_on, before in rows:
        periods[period] = None
        cells[organization_id][period] = Cell(pk, shown_state(state, due_on, today, is_extended=before is not None))
    return Matrix(
        [period_text(period, today.year) or "全年" for period in periods],
        [MatrixRow(each, [cells[each.pk].get(period) for period in periods]) for each in organizations],
    )
