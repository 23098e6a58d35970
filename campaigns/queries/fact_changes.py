"""What has changed in registers that are asked, not told: whose tasks are to be counted anew, and for which metrics.

The floors below do not know of tasks; the audit trail says what they have written.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from branches.models import AuditEntry
from campaigns.models import Activity, FactMark
from members.models import Duty, Member, Membership, Occasion, Office

DUTIES = (
    "talk.must", "event.integrity_education", "event.integrity_talk", "event.appointment_talk",
    "event.appointment_training", "training.initial",
)  # fmt: skip
LEADERS = ("life.guided", "life.leader_attendance", "life.double", "lecture.linked_unit")
TRAININGS = (
    "training.committee_secretaries", "training.branch_officers", "training.members", "training.branch_secretaries",
    "training.initial", "coverage.training",
)  # fmt: skip

WATCHED: dict[str, tuple[str, ...]] = {
    "members.YearFacts": ("ratio.dedicated_staff", "funds.per_head", "funds.growth"),
    "members.Room": ("room.standard",),
    "members.PartyWorker": ("staff.named", "coverage.training"),
    "members.Term": ("term.election",),
    "members.TermExtension": ("term.election",),
    "members.Matter": ("report.to_superior",),
    "members.Duty": DUTIES,
    "members.Occasion": DUTIES,
    "members.Office": (*DUTIES, *LEADERS, *TRAININGS),
    "members.Member": ("event.integrity_education", "talk.must", "funds.per_head"),
    "members.Membership": ("event.integrity_education", "talk.must", "funds.per_head"),
    "campaigns.Activity": (*LEADERS, *TRAININGS, "coverage.started"),
    "campaigns.Answer": ("coverage.started",),
}
"""Kind of row, as the audit trail names it → the metrics whose facts it may change."""


@dataclass
class Changes:
    """Metrics and organisations to be counted anew; ``below`` is up to which transaction the trail was read."""

    below: int
    codes: set[str] = field(default_factory=set)
    organizations: set[int] = field(default_factory=set)


def changes_since(mark: FactMark, below: int) -> Changes:
    """What was written since the mark and can no longer be added to."""
    rows = (
        AuditEntry.objects.filter(
            transaction_id__gte=mark.below_transaction, transaction_id__lt=below, object_type__in=WATCHED
        )
        .order_by()
        .values_list("object_type", "object_id", "organization_id")
        .distinct()
    )
    found = Changes(below)
    objects: dict[str, set[int]] = {}
    for kind, pk, organization_id in rows:
        found.codes.update(WATCHED[kind])
        if organization_id is not None:
            found.organizations.add(organization_id)
        if pk is not None:
            objects.setdefault(kind, set()).add(pk)
    found.organizations |= _homes(_people(objects))
    return found


def _people(objects: dict[str, set[int]]) -> set[int]:
    """Whom the changed rows concern, where their tasks may lie with other organisations than the row's own."""
    found: set[int] = set()
    for model, kind in ((Duty, "members.Duty"), (Occasion, "members.Occasion"), (Office, "members.Office")):
        if kind in objects:
            found.update(model.objects.filter(pk__in=objects[kind]).values_list("member_id", flat=True))
    if "campaigns.Activity" in objects:
        found |= _officers_at(objects["campaigns.Activity"])
    return found


def _officers_at(activities: Collection[int]) -> set[int]:
    """Who holds an office, among those present and the hosts."""
    there = Q(attendances__activity__in=activities, attendances__is_present=True)
    hosts = Q(pk__in=Activity.objects.filter(pk__in=activities, host__isnull=False).values("host"))
    return set(Member.objects.filter(there | hosts, offices__isnull=False).values_list("pk", flat=True))


def _homes(people: Iterable[int]) -> set[int]:
    people = set(people)
    if not people:
        return set()
    offices = Office.objects.filter(member__in=people).values_list("organization_id", flat=True)
    memberships = Membership.objects.filter(member__in=people).values_list("organization_id", flat=True)
    return set(offices) | set(memberships)
