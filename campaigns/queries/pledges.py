"""Pledges (承诺践诺, C14): the list, the board, what waits, figures."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from campaigns.models import Pledge
from campaigns.models.pledge import PledgeQuerySet
from campaigns.rules.pledges import PledgeState, shown_state
from members.rules.registers import Figures
from partybuild.lib import clock


def pledges_for(
    scope: Scope,
    *,
    q: str = "",
    organization: Organization | None = None,
    year: int | None = None,
    state: str = "",
    kind: str = "",
) -> PledgeQuerySet:
    """The pledges that the scope sees. ``state``: a state, ``late``, or ``own``."""
    found = narrowed(
        Pledge.objects.visible_to(scope), q=q, words_in=("text", "member__name", "project"),
        organization=organization, year=year, kind=kind,
    )  # fmt: skip
    if state == "late":
        found = found.late(clock.today())
    elif state == "own":
        found = found.filter(member=scope.member_id, member__isnull=False)
    elif state:
        found = found.filter(state=state)
    return found.select_related("organization", "member").order_by("-year", "organization__path", "pk")


def board_of(organization: Organization, year: int, kind: str = "") -> PledgeQuerySet:
    """What an organisation's board shows: its public pledges of a year, person by person."""
    found = Pledge.objects.filter(organization=organization, year=year).on_board()
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("member").order_by("kind", "member__initials", "member_id", "pk")


def pledge_figures(scope: Scope) -> Figures:
    """For the hub: all pledges, and those past their day of which nothing was said."""
    seen = Pledge.objects.visible_to(scope)
    return Figures(seen.count(), seen.late(clock.today()).count(), "项逾期未登记践诺", "?state=late")


def pledges_to_judge(scope: Scope) -> int:
    """Pledges of one's branch that are reported and not judged, or not yet public."""
    return Pledge.objects.visible_to(scope, Permission.DO_WORK).filter(state=PledgeState.REPORTED).count()


def pledges_to_publish(scope: Scope) -> int:
    """Pledges of members that their branch has not made public."""
    return Pledge.objects.visible_to(scope, Permission.DO_WORK).filter(state=PledgeState.DRAFT).count()


def own_pledges_late(scope: Scope) -> int:
    """One's own pledges past their day."""
    if scope.member_id is None:
        return 0
    return Pledge.objects.filter(member=scope.member_id).late(clock.today()).count()


def export_rows(pledges: Iterable[Pledge], on: date) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, row in enumerate(pledges, 1):
        yield [
            number, row.organization.name, row.member.name if row.member else "（党组织承诺）", row.get_kind_display(),
            row.year, row.text, row.project, row.made_on, row.published_on, row.due_on, row.result, row.reported_on,
            shown_state(row.state, row.due_on, on), row.closed_on,
        ]  # fmt: skip
