"""What a move does to dues. Single step: only compositions in ``desk`` may take it."""

from datetime import date

from django.db import transaction

from branches.models import Organization
from members.models import DuesEntry, DuesMonth, Member
from members.rules.dues import first_of


@transaction.atomic
def carry_dues(*, member: Member, to: Organization, on: date) -> int:
    """What is unpaid for the month of the move, and later, goes along: he pays where he is on the month's last day.

    A month that his old branch has closed stays there. How many entries went along.
    """
    rows = DuesEntry.objects.filter(member=member, month__gte=first_of(on), paid=0).exclude(organization=to)
    closed = set(
        DuesMonth.objects.filter(
            closed_at__isnull=False, organization__in=rows.values("organization"), month__gte=first_of(on)
        ).values_list("organization", "month")
    )
    kept = [pk for pk, place, month in rows.values_list("pk", "organization", "month") if (place, month) in closed]
    return rows.exclude(pk__in=kept).update(organization=to)
