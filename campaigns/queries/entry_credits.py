"""What an entry counts for: the tasks that it was considered for, and why it does not count for one."""

from dataclasses import dataclass

from django.db.models import Q

from branches.permissions import Scope
from campaigns.models import Assignment, Credit, Entry
from campaigns.rules.standing import title_text
from campaigns.rules.targets import amount_text
from partybuild.lib import clock


@dataclass(frozen=True)
class FactCredit:
    """One task: how much was counted for it, or why nothing; ``assignment_id`` None where it may not be opened."""

    assignment_id: int | None
    title: str
    source: str
    counted: bool
    told: str


def credited(entry: Entry, scope: Scope) -> list[FactCredit]:
    """The tasks of an entry, those that it counts for first; two queries."""
    keys = Q(fact_key=f"entry:{entry.pk}") | Q(
        fact_key=f"community:{entry.member_id}", assignment__starts_on__lte=entry.held_on,
        assignment__ends_on__gte=entry.held_on, assignment__metric="community.service",
    )  # fmt: skip
    if entry.kind not in ("enrolment", "service", "service_report"):
        keys = Q(fact_key=f"entry:{entry.pk}")
    return fact_credits(keys, scope)


def fact_credits(keys: Q, scope: Scope) -> list[FactCredit]:
    """The tasks behind these facts; a task that the scope does not reach is named without a link."""
    rows = list(
        Credit.objects.filter(keys, withdrawn_at__isnull=True)
        .select_related("assignment__target__task", "assignment__campaign")
        .order_by("-counted", "assignment__due_on", "pk")
    )
    seen = set(
        Assignment.objects.visible_to(scope)
        .filter(pk__in=[row.assignment_id for row in rows])
        .values_list("pk", flat=True)
    )
    return [_line(row, row.assignment_id in seen) for row in rows]


def _line(credit: Credit, is_seen: bool) -> FactCredit:
    assignment = credit.assignment
    title = title_text(assignment.target.title, assignment.period, clock.today().year)
    return FactCredit(
        assignment_id=assignment.pk if is_seen else None,
        title=title,
        source=f"{assignment.campaign.name} {assignment.target.task.number}",
        counted=credit.counted,
        told=f"计 {amount_text(credit.amount, assignment.target.unit)}" if credit.counted else credit.reason,
    )
