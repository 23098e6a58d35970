"""What a board shows, put together: as many queries at every place of the tree, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from branches.models import Organization
from branches.permissions import Scope
from desk.queries import figures
from desk.queries.figures import Line, Selection
from desk.rules.boards import Level, sorted_lines
from desk.rules.figures import Figures, total
from partybuild.lib.periods import Period

OVERDUE_SHOWN = 6


@dataclass(frozen=True)
class Board:
    """The figures of a selection: together, by unit, by campaign, by dimension of one campaign, by month."""

    now: Figures
    before: Figures
    lines: Sequence[Line]
    campaigns: Sequence[Line]
    dimensions_of: Line | None
    dimensions: Sequence[Line]
    trend: Sequence[tuple[Period, Figures]]
    overdue: Sequence[dict[str, object]]


def board_of(selection: Selection, level: Level, sort: str) -> Board:
    """Everything that the page shows. Thirteen queries."""
    campaigns = figures.by_campaign(replace(selection, campaign_id=None))
    lines = _lines(selection, level)
    shown = _dimensions_of(campaigns, selection.campaign_id)
    dimensions = figures.by_dimension(replace(selection, campaign_id=shown.id if shown else 0))
    return Board(
        now=total(line.figures for line in lines),
        before=total(line.previous for line in lines),
        lines=sorted_lines(figures.ranked(lines), sort),
        campaigns=campaigns,
        dimensions_of=shown,
        dimensions=dimensions,
        trend=figures.by_month(selection),
        overdue=figures.overdue_assignments(selection, OVERDUE_SHOWN),
    )


def _lines(selection: Selection, level: Level) -> list[Line]:
    readers = {
        Level.UNITS: figures.by_unit,
        Level.BRANCHES: figures.by_organization,
        Level.CAMPAIGNS: figures.by_campaign,
    }
    return readers[level](selection)


def _dimensions_of(campaigns: Sequence[Line], campaign_id: int | None) -> Line | None:
    """The campaign whose dimensions are shown: the chosen one, else that which asks for most."""
    if campaign_id is not None:
        return next((line for line in campaigns if line.id == campaign_id), None)
    return max(campaigns, key=lambda line: line.figures.expected, default=None)


def places(scope: Scope, organization: Organization) -> list[Organization]:
    """From the scope's own organisation down to this one; one query."""
    top = scope.grant.path if scope.grant else ""
    ids = [int(part) for part in organization.path.removeprefix(top).split("/") if part]
    own = [scope.grant.organization_id] if scope.grant else []
    found = Organization.objects.in_bulk([*own, *ids])
    return [found[pk] for pk in [*own, *ids]]
