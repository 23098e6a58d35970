"""What waits for a person, for the menu of every page: one query."""

from assessments.queries.rounds import waiting_sheets
from branches.permissions import Permission, Scope
from partybuild.lib import clock


def sheets_waiting(scope: Scope) -> int | None:
    """Score sheets that this person's own organisation has to fill in or to check now."""
    if not (scope.holds(Permission.SELF_CHECK) or scope.holds(Permission.SCORE)):
        return None
    return waiting_sheets(scope, clock.today()).count()
