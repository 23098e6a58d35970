"""How assignments stand as the counts see them: frozen once their month is closed, else told from the dates.

The same reading as ``actions.tallies``: a list that is filtered by it has as many rows as the figure that led there.
"""

from datetime import date

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from campaigns.enums import AssignmentState, Outcome
from campaigns.models import Assignment

OPEN = "open"
"""The verdict on what is neither complete nor closed."""


def annotate_verdict(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Adds ``verdict``: an ``Outcome`` or ``open``."""
    return assignments.annotate(
        verdict=Case(
            When(~Q(outcome=""), then=F("outcome")),
            When(state=AssignmentState.EXEMPT, then=Value(Outcome.EXEMPT.value)),
            When(completed_at__isnull=True, then=Value(OPEN)),
            When(completed_at__date__lte=F("grace_until"), then=Value(Outcome.ON_TIME.value)),
            When(completed_at__date__lte=F("cut_off_on"), then=Value(Outcome.LATE.value)),
            default=Value(Outcome.MISSING.value),
            output_field=CharField(),
        )
    )


def overdue(today: date) -> Q:
    """Not done in time: closed as missing, complete after the cut-off, or not complete although the day is over."""
    too_late = Q(completed_at__isnull=True, due_on__lt=today) | Q(completed_at__date__gt=F("cut_off_on"))
    return Q(outcome=Outcome.MISSING) | (Q(outcome="") & ~Q(state=AssignmentState.EXEMPT) & too_late)
