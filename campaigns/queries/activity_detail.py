"""One activity with everything that belongs to it, for its page and for the reviewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.enums import AbsenceReason, ActivityPart
from campaigns.models import Activity, Answer, Assignment, Attachment, Credit
from campaigns.queries.assignments import FIELDS, line_of, with_given
from campaigns.queries.fact_changes import LEADERS
from campaigns.rules.differences import Difference, differences
from campaigns.rules.slots import are_asked
from campaigns.rules.standing import title_text
from partybuild.lib import clock


@dataclass(frozen=True)
class ActivityView:
    """A record as it is read."""

    activity: Activity
    present: tuple[str, ...]
    absent: tuple[str, ...]
    parts: tuple[str, ...]
    attachments: Sequence[Attachment]

    @property
    def asks_slots(self) -> bool:
        """Whether the material is told apart."""
        return are_asked(self.activity.kind, self.activity.parts)

    @property
    def expected(self) -> int:
        """How many the list holds."""
        return len(self.present) + len(self.absent)


@dataclass(frozen=True)
class CreditedTask:
    """A task that the record was considered for: how far the task is, or why the record does not count."""

    assignment_id: int
    title: str
    source: str
    counted: bool
    reason: str
    progress: str
    missing: str
    amount: float
    goal: float
    is_own: bool = True


def view_of(activity: Activity) -> ActivityView:
    """The record with its people and files; two queries."""
    sheet = activity.attendances.order_by("member__initials", "member_id").values_list(
        "member__name", "is_present", "reason"
    )
    rows = list(sheet)
    return ActivityView(
        activity=activity,
        present=tuple(name for name, is_present, _ in rows if is_present),
        absent=tuple(_absent(name, reason) for name, is_present, reason in rows if not is_present),
        parts=tuple(ActivityPart(part).label for part in activity.parts),
        attachments=list(activity.attachments.select_related("file")),
    )


def _absent(name: str, reason: str) -> str:
    return f"{name}（{AbsenceReason(reason).label}）" if reason else name


def credited(activity: Activity) -> list[CreditedTask]:
    """Every task that the record was considered for, those that it counts for first: of its own organisation, and those
    of leaders who were there, which stand with the organisations above. Three queries."""
    credits = {credit.assignment_id: credit for credit in _leaders_credits(activity)}
    credits |= {credit.assignment_id: credit for credit in Credit.objects.filter(activity=activity)}
    today = clock.today()
    assignments = with_given(Assignment.objects.filter(pk__in=credits)).order_by("due_on", "pk")
    rows = assignments.values(*FIELDS, "pk", "due_on")
    found = []
    for row in rows:
        line, credit = line_of(row, today), credits[row["pk"]]
        found.append(
            CreditedTask(
                assignment_id=line.pk,
                title=title_text(line.title, row["period"], today.year),
                source=f"{line.campaign} {line.number}",
                counted=credit.counted,
                reason=credit.reason,
                progress=line.progress,
                missing=line.missing,
                amount=float(line.standing.done),
                goal=float(line.standing.goal),
                is_own=row["organization_id"] == activity.organization_id,
            )
        )
    return sorted(found, key=lambda each: not each.counted)


def _leaders_credits(activity: Activity) -> list[Credit]:
    """What the record counts for leaders, the counted ones last, so that they stand for their task."""
    rows = Credit.objects.filter(
        assignment__organization__in=[*activity.organization.ancestor_ids, activity.organization_id],
        assignment__metric__in=LEADERS,
        fact_key__startswith=f"activity:{activity.pk}:",
        withdrawn_at__isnull=True,
    )
    return list(rows.order_by("counted", "pk"))


def changes_of(record: Activity | Answer) -> list[Difference]:
    """What the last filing changed against the one before; empty for a record that was filed once. One query."""
    if record.is_correction:
        return _corrected(record)
    contents = list(record.versions.order_by("-number").values_list("content", flat=True)[:2])
    return differences(contents[1], contents[0]) if len(contents) == 2 else []


def _corrected(correction: Activity | Answer) -> list[Difference]:
    """What the last filing of a correction changes in what was approved when it was begun. Two queries."""
    assert correction.corrects is not None  # only a correction is compared
    told = correction.versions.order_by("-number").values_list("content", flat=True).first()
    before = correction.corrects.versions.order_by("-number").values_list("content", "filed_at")
    if isinstance(correction, Activity):
        before = before.filter(filed_at__lte=correction.created_at)
    content, _ = before.first() or ({}, None)
    return differences(content, told) if told is not None else []
