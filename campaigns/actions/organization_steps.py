"""What happens to tasks when organisations or their people change. Single steps: only compositions may import them.

Source: model.md "The life of an assignment". Closed rows never change. Locks are taken in one order: organisations,
assignments by id, tallies by id.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from campaigns.actions import crediting
from campaigns.enums import AssignmentState, Subject
from campaigns.models import Assignment


@transaction.atomic
def recount_people(*, organizations: Collection[int], since: date) -> int:
    """Count the open personal tasks of these organisations again, from the people who are there now; how many."""
    for organization_id in sorted(organizations):
        crediting.lock_organization(organization_id, for_dispatch=True)
    rows = Assignment.objects.filter(organization__in=organizations, closed_at=None, ends_on__gte=since)
    personal = rows.exclude(subject=Subject.ORGANIZATION).exclude(state=AssignmentState.EXEMPT)
    locked = list(personal.order_by("pk").select_for_update())
    crediting.recount(locked)
    return len(locked)
