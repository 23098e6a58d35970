"""What the rules may know of records, gathered for many at once or told by a form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q

from campaigns.enums import ActivityStatus, Subject
from campaigns.models import Activity, Attachment, Attendance
from campaigns.rules.conditions import Facts
from members.enums import OfficeKind
from members.models import Office

_COUNTED = ("members", "members_present", "voters", "voters_present", "committee", "committee_present")
COUNTING = frozenset({ActivityStatus.FILED.value, ActivityStatus.APPROVED.value})


@dataclass(frozen=True)
class RecordFacts:
    """A record as the rules see it, with what places it in time.

    ``since``: it came to this organisation with one that was merged into it, at that moment.
    """

    facts: Facts
    organization_id: int
    held_on: date
    activity_id: int | None = None
    status: str = ActivityStatus.DRAFT
    counts_from: datetime | None = None
    people_present: dict[str, int] = field(default_factory=dict)
    group_id: int | None = None
    since: datetime | None = None

    @property
    def is_counting(self) -> bool:
        return self.status in COUNTING


def facts_of(activities: Sequence[Activity]) -> list[RecordFacts]:
    """Facts of saved records, in their order; four queries for any number."""
    ids = [activity.pk for activity in activities]
    sheets = _attendance(ids)
    slots = _slots(ids)
    seats = Seats.load({activity.organization_id for activity in activities})
    present = _present_ids(ids) if seats.holders else {}
    return [
        _record_facts(activity, sheets.get(activity.pk, {}), slots.get(activity.pk, frozenset()), seats, present)
        for activity in activities
    ]


def _record_facts(
    activity: Activity,
    sheet: dict[str, int],
    slots: frozenset[str],
    seats: "Seats",
    present: dict[int, frozenset[int]],
) -> RecordFacts:
    day, organization_id = activity.held_on, activity.organization_id
    there = present.get(activity.pk, frozenset())
    leaders = len(seats.of(organization_id, OfficeKind.LEADER, day) & there)
    secretaries = seats.of(organization_id, OfficeKind.SECRETARY, day)
    facts = Facts(
        kind=activity.kind,
        parts=frozenset(activity.parts),
        slots=slots,
        hours=Decimal(activity.hours),
        members=sheet.get("members", 0),
        members_present=sheet.get("members_present", 0),
        voters=sheet.get("voters", 0),
        voters_present=sheet.get("voters_present", 0),
        committee=sheet.get("committee", 0),
        committee_present=sheet.get("committee_present", 0),
        leaders_present=leaders,
        hosted_by_secretary=activity.host_id in secretaries,
        hosted_by_leader=activity.host_id in seats.of(organization_id, OfficeKind.LEADER, day),
    )
    people = {
        Subject.MEMBER.value: facts.members_present,
        Subject.LEADER.value: leaders,
        Subject.SECRETARY.value: len(secretaries & there),
    }
    return RecordFacts(
        facts, organization_id, day, activity.pk, activity.status, activity.counts_from, people, activity.group_id
    )


@dataclass(frozen=True)
class Seats:
    """Who holds the offices that rules ask about: (organisation, kind) → (member, from, to) of each holder."""

    holders: dict[tuple[int, str], list[tuple[int, date, date | None]]]

    @classmethod
    def load(cls, organization_ids: Iterable[int]) -> "Seats":
        """Secretaries and leaders of these organisations, of all times; one query."""
        rows = Office.objects.filter(
            organization__in=organization_ids, kind__in=[OfficeKind.SECRETARY, OfficeKind.LEADER]
        ).values_list("organization_id", "kind", "member_id", "starts_on", "ends_on")
        holders: dict[tuple[int, str], list[tuple[int, date, date | None]]] = {}
        for organization_id, kind, member_id, starts_on, ends_on in rows:
            holders.setdefault((organization_id, kind), []).append((member_id, starts_on, ends_on))
        return cls(holders)

    def of(self, organization_id: int, kind: str, day: date) -> frozenset[int]:
        """Members who hold the office on the day."""
        return frozenset(
            member
            for member, start, end in self.holders.get((organization_id, kind), ())
            if start <= day and (end is None or end > day)
        )


def _attendance(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    present = Q(is_present=True)
    rows = (
        Attendance.objects.filter(activity__in=ids)
        .values("activity_id")
        .annotate(
            members=Count("pk"),
            members_present=Count("pk", filter=present),
            voters=Count("pk", filter=Q(can_vote=True)),
            voters_present=Count("pk", filter=Q(can_vote=True) & present),
            committee=Count("pk", filter=Q(in_committee=True)),
            committee_present=Count("pk", filter=Q(in_committee=True) & present),
        )
        .order_by()
    )
    return {row["activity_id"]: {name: row[name] for name in _COUNTED} for row in rows}  # type: ignore[literal-required]


def _slots(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for activity_id, slot in Attachment.objects.filter(activity__in=ids).values_list("activity_id", "slot"):
        found.setdefault(activity_id, set()).add(slot)
    return {activity_id: frozenset(slots) for activity_id, slots in found.items()}


def _present_ids(ids: Sequence[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    rows = Attendance.objects.filter(activity__in=ids, is_present=True).values_list("activity_id", "member_id")
    for activity_id, member_id in rows:
        found.setdefault(activity_id, set()).add(member_id)
    return {activity_id: frozenset(members) for activity_id, members in found.items()}
