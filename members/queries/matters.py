"""The register of matters (O11): its rows, what is wrong with one, what waits for the superior."""

from collections.abc import Iterable, Iterator
from datetime import date

from branches.models import Organization
from branches.permissions import Permission, Scope
from branches.queries.filters import narrowed
from members.models import Matter
from members.models.matter import MatterQuerySet
from members.rules.matters import Meeting, Shares, findings
from members.rules.registers import Figures
from office.queries.rules import rule_table


def matters_for(
    scope: Scope, *, kind: str = "", organization: Organization | None = None, state: str = ""
) -> MatterQuerySet:
    """The matters that the scope sees. ``state``: no_meeting, waiting, answered."""
    found = narrowed(Matter.objects.visible_to(scope), organization=organization, kind=kind)
    if state == "no_meeting":
        found = found.without_meeting()
    elif state == "waiting":
        found = found.waiting()
    elif state == "answered":
        found = found.filter(answered_on__isnull=False)
    return found.select_related("organization").order_by("-happened_on", "-pk")


def matter_findings(matter: Matter, on: date) -> list[str]:
    """What is wrong with how it was decided, by the rule table of the day."""
    table = rule_table(on)
    shares = Shares(
        table.fraction("matter.present_share"),
        table.fraction("matter.present_share_personnel"),
        table.fraction("matter.votes_share"),
    )
    meeting = Meeting(matter.expected, matter.present, matter.votes_for, matter.votes_against, matter.votes_abstain)
    return findings(matter.kind, bool(matter.meeting), meeting, shares)


def matter_figures(scope: Scope) -> Figures:
    """For the hub: all matters, and those that should have come before a meeting and did not."""
    seen = Matter.objects.visible_to(scope)
    return Figures(seen.count(), seen.without_meeting().count(), "件应经会议集体决定而未经", "?state=no_meeting")


def waiting_matters(scope: Scope) -> int:
    """Requests from below that wait for an answer."""
    waiting = Matter.objects.visible_to(scope, Permission.APPROVE_PARTY_WORK).waiting()
    own = scope.grant.organization_id if scope.grant else None
    return waiting.exclude(organization=own, organization__parent__isnull=False).count()


def export_rows(matters: Iterable[Matter]) -> Iterator[list[object]]:
    """Rows of the workbook."""
    for number, matter in enumerate(matters, 1):
        yield [
            number, matter.organization.name, matter.get_kind_display(), matter.title, matter.happened_on,
            matter.meeting or ("未登记会议" if matter.lacks_meeting else ""), matter.held_on, matter.expected,
            matter.present, matter.votes_for, matter.votes_against, matter.votes_abstain, matter.decision,
            matter.reported_on, matter.state, matter.answer, matter.answered_on,
        ]  # fmt: skip
