"""What happens to score sheets when organisations change. Single steps: only compositions may import them.

A published round never changes. In a round that is under way a moved organisation is checked by its new superior; one
that is no more is left out of it, and the trail keeps the points that its sheet had.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from assessments.enums import RoundStatus
from assessments.models import Round, Submission
from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.queries.units import units_below


@transaction.atomic
def follow_move(*, organization: Organization) -> int:
    """The sheets that what has moved has in open rounds get their new unit and path; how many."""
    paths = dict(Organization.objects.below(organization).values_list("pk", "path"))
    units = {pk: unit for unit, found in units_below(organization.path, date.min).items() for pk in found}
    sheets = _open_sheets(units)
    for sheet in sheets:
        sheet.unit_id, sheet.path = units[sheet.organization_id], paths[sheet.organization_id]
    Submission.objects.bulk_update(sheets, ["unit", "path"], batch_size=500)
    return len(sheets)


@transaction.atomic
def leave_rounds(*, by: Actor, organization: Organization) -> int:
    """Take the sheets of an organisation that is no more out of the open rounds; how many."""
    sheets = _open_sheets([organization.pk])
    for sheet in sheets:
        detail = {
            "round": sheet.round.key,
            "total": str(sheet.total),
            "note": f"{sheet.round.name}：党组织已撤销或并入",
        }
        audit.record(by=by, verb="移出评估", obj=sheet, organization=organization, detail=detail)
        sheet.delete()
    return len(sheets)


def _open_sheets(organizations: Collection[int]) -> list[Submission]:
    """Round first, then sheets, as everywhere: a round that is being published is waited for."""
    rounds = Round.objects.unpublished().filter(submissions__organization__in=organizations).order_by("pk")
    held = list(Round.objects.filter(pk__in=rounds.values("pk")).order_by("pk").select_for_update(no_key=True))
    open_ones = [round_.pk for round_ in held if round_.status != RoundStatus.PUBLISHED]
    sheets = Submission.objects.filter(round__in=open_ones, organization__in=organizations)
    return list(sheets.select_related("round").order_by("pk"))
