"""Which assignments a record bears on, and how it is judged for each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from branches.models import Organization
from campaigns.enums import AssignmentState, Sums
from campaigns.models import Activity, Assignment
from campaigns.queries.facts import RecordFacts, Seats, facts_of
from campaigns.queries.heirs import successors_of
from campaigns.rules import metrics
from campaigns.rules.conditions import Facts
from campaigns.rules.content import RecordContent
from campaigns.rules.judging import Verdict, judge
from members.enums import OfficeKind
from members.queries.roster import committee_on, voters_on


@dataclass(frozen=True)
class PreviewLine:
    """What a record that is being written would do for one assignment; ``after`` is the progress with it.

    What it counts for a person where his branch is exempt is shown, and asks for no review.
    """

    assignment_id: int
    title: str
    campaign_name: str
    number: str
    period: str
    counted: bool
    reason: str
    after: Decimal
    goal: Decimal
    unit: str
    amount: Decimal
    detail: str
    is_exempt: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether it counts for something that the branch is asked for."""
        return self.counted and not self.is_exempt


def bearing_on(organization_ids: Collection[int], kind: str, parts: Iterable[str], held_on: date) -> Q:
    """The assignments that a record of this kind, parts and day is considered for.

    Of exempt ones those of persons only: what somebody did there counts for him wherever he is asked, whether his
    branch is asked at the time or not.
    """
    fed = metrics.fed_by(kind, parts)
    personal = [metric.code for metric in fed if metric.is_personal]
    return Q(
        ~Q(state=AssignmentState.EXEMPT) | Q(metric__in=personal),
        organization__in=organization_ids,
        metric__in=[metric.code for metric in fed],
        starts_on__lte=held_on,
        ends_on__gte=held_on,
    )


def is_considered(assignment: Assignment, record: RecordFacts) -> bool:
    """The same in Python, for many records and assignments at once. What was closed before a merger stays without the
    records that the merger has brought."""
    metric = metrics.get(assignment.metric)
    return (
        assignment.organization_id == record.organization_id
        and (assignment.state != AssignmentState.EXEMPT or metric.is_personal)
        and assignment.starts_on <= record.held_on <= assignment.ends_on
        and metric.is_fed_by(record.facts.kind, record.facts.parts)
        and (record.since is None or assignment.closed_at is None or assignment.closed_at > record.since)
    )


def with_successors(records: Iterable[RecordFacts]) -> list[RecordFacts]:
    """The records, each once more for every organisation that goes on for its own; a query, and one a merger."""
    records = list(records)
    successors = successors_of({each.organization_id for each in records})
    passed_on = [
        replace(each, organization_id=successor, since=since)
        for each in records
        for successor, since in successors.get(each.organization_id, {}).items()
    ]
    return records + passed_on


def verdict_on(assignment: Assignment, record: RecordFacts) -> Verdict:
    """Judge a record for an assignment that it is considered for."""
    return judge(metrics.get(assignment.metric), record.facts, record.people_present)


def policies_behind(activities: Sequence[Activity]) -> dict[int, set[str]]:
    """Activity → the review policies of the campaigns for which it would count; at most six queries for any number."""
    start, end = min(each.held_on for each in activities), max(each.held_on for each in activities)
    rows = Assignment.objects.filter(
        organization__in={each.organization_id for each in activities}, starts_on__lte=end, ends_on__gte=start
    ).exclude(state=AssignmentState.EXEMPT)
    by_organization: dict[int, list[Assignment]] = {}
    for assignment in rows.select_related("campaign"):
        by_organization.setdefault(assignment.organization_id, []).append(assignment)
    return {
        activity.pk: {
            each.campaign.review_policy
            for each in by_organization.get(activity.organization_id, ())
            if is_considered(each, record) and verdict_on(each, record).counted
        }
        for activity, record in zip(activities, facts_of(activities), strict=True)
    }


def preview(organization: Organization, content: RecordContent) -> list[PreviewLine]:
    """What the record would count for when filed now, those that it counts for first."""
    record = _facts_of_content(organization, content)
    heirs = successors_of([organization.pk]).get(organization.pk, {}) if organization.dissolved_on else {}
    wanted = bearing_on([organization.pk, *heirs], content.kind, content.parts, content.held_on)
    rows = Assignment.objects.filter(wanted).select_related("target__task", "campaign").order_by("ends_on", "pk")
    lines = [_line(assignment, record) for assignment in rows]
    return sorted(lines, key=lambda line: not line.counted)


def _line(assignment: Assignment, record: RecordFacts) -> PreviewLine:
    verdict = verdict_on(assignment, record)
    metric = metrics.get(assignment.metric)
    adds = verdict.amount if verdict.counted and not metric.is_personal else Decimal(0)
    goal = Decimal(assignment.goal)
    after = assignment.done + adds
    return PreviewLine(
        assignment_id=assignment.pk,
        title=assignment.target.title,
        campaign_name=assignment.campaign.name,
        number=assignment.target.task.number,
        period=assignment.period,
        counted=verdict.counted,
        reason=verdict.reason,
        after=min(after, goal) if metric.sums == Sums.GROUPS else after,
        goal=goal,
        unit="人" if metric.is_personal else assignment.target.unit,
        amount=verdict.amount,
        detail=_detail(metric, verdict),
        is_exempt=assignment.state == AssignmentState.EXEMPT,
    )


def _detail(metric: metrics.Metric, verdict: Verdict) -> str:
    if not verdict.counted or not metric.is_personal:
        return ""
    each = f"各计 {verdict.amount.normalize():f} {metric.unit}"
    return f"到会 {verdict.people} 人{each}"


def _facts_of_content(organization: Organization, content: RecordContent) -> RecordFacts:
    """Facts of a record that is only in a form: the rights of the day come from the roster."""
    day = content.held_on
    everyone = content.present_ids | frozenset(content.absent)
    voters = frozenset(voters_on(organization, day).values_list("pk", flat=True)) & everyone
    committee = frozenset(committee_on(organization, day).values_list("pk", flat=True))
    seats = Seats.load([organization.pk])
    leaders = seats.of(organization.pk, OfficeKind.LEADER, day)
    secretaries = seats.of(organization.pk, OfficeKind.SECRETARY, day)
    facts = Facts(
        kind=content.kind,
        parts=content.parts,
        slots=content.slots,
        hours=content.hours,
        members=len(everyone),
        members_present=len(content.present_ids),
        voters=len(voters),
        voters_present=len(voters & content.present_ids),
        committee=len(committee & everyone),
        committee_present=len(committee & content.present_ids),
        leaders_present=len(leaders & content.present_ids),
        hosted_by_secretary=content.host_id in secretaries,
        hosted_by_leader=content.host_id in leaders,
    )
    people = {
        "member": len(content.present_ids),
        "leader": len(leaders & content.present_ids),
        "secretary": len(secretaries & content.present_ids),
    }
    return RecordFacts(facts, organization.pk, day, people_present=people, group_id=content.group_id)
