"""Records of one organisation, for pages that lead down to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from branches.models import Organization
from branches.permissions import Scope
from campaigns.enums import ActivityKind, ActivityStatus
from campaigns.models import Activity

SHOWN = 20


@dataclass(frozen=True)
class RecordLine:
    """One activity as a row of a list."""

    pk: int
    title: str
    held_on: date
    status: str


def records_in(
    scope: Scope, organization: Organization, since: date, until: date, limit: int = SHOWN
) -> list[RecordLine]:
    """What the organisation held on these days, the latest first; drafts and void ones left out. One query."""
    rows: Any = (
        Activity.objects.visible_to(scope)
        .filter(organization=organization, held_on__range=(since, until), corrects=None)
        .exclude(status__in=[ActivityStatus.DRAFT, ActivityStatus.VOID])
        .order_by("-held_on", "-pk")
        .values_list("pk", "title", "kind", "held_on", "status")
    )
    return [
        RecordLine(pk, title or ActivityKind(kind).label, held_on, ActivityStatus(status).label)
        for pk, title, kind, held_on, status in rows[:limit]
    ]
