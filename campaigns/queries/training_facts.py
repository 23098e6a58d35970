"""Facts that count for tasks from who was trained, over everything below an organisation. Sources: N16, N17, N25.

Persons are counted once, wherever they were trained; what they are (书记、委员、党务干部) is told by the offices.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.urls import reverse

from branches.enums import OrganizationKind
from branches.models import Organization
from campaigns.enums import ActivityKind, ActivityStatus
from campaigns.models import Attendance
from campaigns.rules.attended import covered_share
from campaigns.rules.facts import Fact
from campaigns.rules.metrics import STUDY_KINDS
from members.enums import DutyKind, OfficeKind, PartyWorkerKind
from members.models import Duty, Membership, Office, PartyWorker
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text

COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP, OrganizationKind.WORK_COMMITTEE)
BRANCHES = (OrganizationKind.BRANCH, OrganizationKind.GENERAL_BRANCH)
OFFICERS = (OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY)
_COUNTING = (ActivityStatus.FILED, ActivityStatus.APPROVED)


@dataclass(frozen=True)
class Trained:
    """What one person was trained in a period: hours in all, the last day, the last filing."""

    hours: Decimal
    held_on: date
    counts_from: datetime


def facts_of_secretaries_trained(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """The share of the branch secretaries below who were at a training in the period. N17."""
    found = []
    for pk, path in _paths(organizations):
        seats = _offices((OfficeKind.SECRETARY,), path, end).filter(organization__kind__in=BRANCHES)
        people = set(seats.values_list("member_id", flat=True))
        found += _covered("secretaries", pk, "支部书记", people, _trained(people, start, end), end)
    return found


def facts_of_week_training(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """The share of all secretaries and party staff below who had the hours of a week's training. N25 (SX)."""
    day = min(end, clock.today())
    needed = rule_table(day).decimal("training.week_hours")
    found = []
    for pk, path in _paths(organizations):
        workers = PartyWorker.objects.on(day).filter(organization__path__startswith=path)
        people = set(_offices((OfficeKind.SECRETARY,), path, end).values_list("member_id", flat=True))
        people |= set(workers.values_list("member_id", flat=True))
        trained = {one: each for one, each in _trained(people, start, end).items() if each.hours >= needed}
        found += _covered("week", pk, "书记和党务工作者", people, trained, end)
    return found


def facts_of_committee_secretaries(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Different secretaries and deputies of committees over the tree who were trained. N16."""
    return _counted("committee_secretaries", "机关党委书记、副书记", organizations, start, end, _committee_officers)


def facts_of_branch_officers(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Different officers of branches and dedicated party staff over the tree who were trained. N16."""
    return _counted("branch_officers", "支部书记、委员和专职党务干部", organizations, start, end, _branch_officers)


def facts_of_members_trained(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Different members over the tree who took part in training and study. N16."""
    return _counted("members", "党员", organizations, start, end, _members, STUDY_KINDS)


def facts_of_initial_training(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """New secretaries: the training that the appointment makes due, noted there or by a record of training. N17."""
    duties = Duty.objects.filter(
        kind=DutyKind.APPOINTMENT_TRAINING, waived_on=None, due_on__range=(start, end),
        occasion__office__organization__in=organizations,
    ).select_related("occasion__office").order_by("pk")  # fmt: skip
    found = []
    for duty in duties:
        office = duty.occasion.office
        assert office is not None
        trained = _trained([duty.member_id], duty.occasion.happened_on, duty.due_on).get(duty.member_id)
        done = duty.done_on if duty.done_on and duty.done_on <= duty.due_on else trained.held_on if trained else None
        found.append(
            Fact(
                key=f"initial:{duty.pk}",
                organization_id=office.organization_id,
                held_on=done or duty.due_on,
                counts_from=trained.counts_from if trained else clock.start_of_day(done or duty.due_on),
                amount=Decimal(1),
                text=f"新任书记初任培训（期限{day_text(duty.due_on)}）",
                url=reverse("members:duty_list"),
                counted=done is not None,
                reason="" if done else f"期限{day_text(duty.due_on)}，还没有参加培训的记录。",
                member_id=duty.member_id,
            )
        )
    return found


def _covered(
    name: str, organization_id: int, who: str, people: set[int], trained: dict[int, Trained], end: date
) -> list[Fact]:
    """One standing figure; none where there is nobody to be trained."""
    if not people:
        return []
    own = [trained[one] for one in people if one in trained]
    last = max(own, key=lambda each: each.counts_from, default=None)
    share = covered_share(trained, people)
    return [
        Fact(
            key=f"{name}:{organization_id}",
            organization_id=organization_id,
            held_on=last.held_on if last else end,
            counts_from=last.counts_from if last else clock.start_of_day(end),
            amount=share,
            text=f"{who}{len(people)}人，已参加培训{len(own)}人",
            url=f"{reverse('campaigns:activity_list')}?kind={ActivityKind.TRAINING}",
            counted=last is not None,
            reason="" if last else f"还没有{who}参加培训的记录。",
        )
    ]


def _counted(
    name: str, who: str, organizations: Collection[int], start: date, end: date, belong: Any,
    kinds: Iterable[str] = (ActivityKind.TRAINING,),
) -> list[Fact]:  # fmt: skip
    """One standing figure for each organisation: different persons who were there; none while nobody was."""
    found = []
    for pk, path in _paths(organizations):
        people = belong(path, start, end)
        rows = _present(start, end, kinds).filter(member__in=people)
        last = rows.aggregate(held_on=Max("activity__held_on"), counts_from=Max("activity__counts_from"))
        count = rows.values("member").distinct().count()
        if count:
            found.append(
                Fact(
                    key=f"{name}:{pk}",
                    organization_id=pk,
                    held_on=last["held_on"],
                    counts_from=last["counts_from"],
                    amount=Decimal(count),
                    text=f"已培训{who}{count}人（同一人只计一次）",
                    url=f"{reverse('campaigns:activity_list')}?kind={ActivityKind.TRAINING}",
                )
            )
    return found


def _committee_officers(path: str, start: date, end: date) -> "QuerySet[Any]":
    held = _held(OFFICERS, path, start, end).filter(organization__kind__in=COMMITTEES)
    return held.order_by().values("member")


def _branch_officers(path: str, start: date, end: date) -> "QuerySet[Any]":
    held = _held((*OFFICERS, OfficeKind.COMMITTEE_MEMBER), path, start, end).exclude(organization__kind__in=COMMITTEES)
    staff = PartyWorker.objects.filter(
        kind=PartyWorkerKind.FULL_TIME, organization__path__startswith=path, starts_on__lte=end
    ).exclude(ends_on__lte=start)
    return held.order_by().values("member").union(staff.order_by().values("member"))


def _members(path: str, start: date, end: date) -> "QuerySet[Any]":
    rows = Membership.objects.filter(organization__path__startswith=path, starts_on__lte=end)
    return rows.exclude(ends_on__lte=start).order_by().values("member")


def _held(kinds: Iterable[str], path: str, start: date, end: date) -> "QuerySet[Office]":
    rows = Office.objects.filter(kind__in=kinds, organization__path__startswith=path, starts_on__lte=end)
    return rows.exclude(ends_on__lte=start)


def _offices(kinds: Iterable[str], path: str, end: date) -> "QuerySet[Office]":
    """Those held on the last day of the period, or today."""
    return Office.objects.on(min(end, clock.today())).filter(kind__in=kinds, organization__path__startswith=path)


def _paths(organizations: Collection[int]) -> list[tuple[int, str]]:
    return list(Organization.objects.filter(pk__in=organizations).order_by("pk").values_list("pk", "path"))


def _present(start: date, end: date, kinds: Iterable[str]) -> "QuerySet[Attendance]":
    return Attendance.objects.filter(
        Q(activity__status__in=_COUNTING), activity__held_on__range=(start, end), activity__kind__in=list(kinds),
        is_present=True,
    )  # fmt: skip


def _trained(people: Collection[int], start: date, end: date) -> dict[int, Trained]:
    """Person → his training in the period; those without are left out. One query."""
    rows = (
        _present(start, end, (ActivityKind.TRAINING,))
        .filter(member__in=people)
        .order_by()
        .values("member_id")
        .annotate(hours=Sum("activity__hours"), day=Max("activity__held_on"), moment=Max("activity__counts_from"))
    )
    return {row["member_id"]: Trained(row["hours"], row["day"], row["moment"]) for row in rows}
