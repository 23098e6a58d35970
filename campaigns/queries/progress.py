"""The contributions that stand behind assignments, gathered for many at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from campaigns.enums import ActivityStatus, MeasuredBy
from campaigns.models import Assignment, Attendance, Credit
from campaigns.queries.people import Span, needs_of, people_of
from campaigns.rules import metrics
from campaigns.rules.metering import Contribution, Progress, measure, measure_occasions, measure_people


def progress_of(assignments: Sequence[Assignment]) -> dict[int, tuple[Progress, int | None]]:
    """Assignment id → its progress and, for personal targets, the number of people who count."""
    found: dict[int, tuple[Progress, int | None]] = {}
    personal: dict[tuple[str, Span], list[Assignment]] = defaultdict(list)
    plain, occasions = [], []
    for assignment in assignments:
        metric = metrics.get(assignment.metric)
        if metric.is_by_occasion:
            occasions.append(assignment)
        elif metric.is_personal and metric.measured_by != MeasuredBy.CHECKLIST:
            personal[assignment.metric, Span(assignment.starts_on, assignment.ends_on)].append(assignment)
        else:
            plain.append(assignment)
    found.update(_plain_progress(plain))
    found.update(_progress_by_occasion(occasions))
    for (code, span), group in personal.items():
        found.update(_personal_progress(code, span, group))
    return found


def waiting(assignments: Collection[Assignment]) -> dict[int, tuple[bool, bool]]:
    """Assignment id → whether a record of it waits for review, and whether one was returned."""
    rows = (
        Credit.objects.filter(assignment__in=[each.pk for each in assignments])
        .filter(
            Q(activity__status=ActivityStatus.RETURNED)
            | Q(answer__status=ActivityStatus.RETURNED)
            | Q(activity__status=ActivityStatus.FILED, activity__needs_review=True, counted=True)
            | Q(answer__status=ActivityStatus.FILED, answer__needs_review=True)
        )
        .values_list("assignment_id", "activity__status", "answer__status")
    )
    found: dict[int, tuple[bool, bool]] = {}
    for assignment_id, activity_status, answer_status in rows:
        pending, returned = found.get(assignment_id, (False, False))
        is_returned = ActivityStatus.RETURNED in (activity_status, answer_status)
        found[assignment_id] = (pending or not is_returned, returned or is_returned)
    return found


def _plain_progress(assignments: Sequence[Assignment]) -> dict[int, tuple[Progress, int | None]]:
    hits = {code: metric.hit for code, metric in metrics.METRICS.items() if metric.hit}
    codes = {each.pk: each.metric for each in assignments}
    contributions: dict[int, list[Contribution]] = defaultdict(list)
    rows = Credit.objects.filter(assignment__in=codes, counted=True).values_list(
        "assignment_id", "amount", "activity__counts_from", "answer__counts_from", "counts_from",
        "activity__group_id", "activity__parts",
    )  # fmt: skip
    for assignment_id, amount, activity_from, answer_from, fact_from, group_id, parts in rows:
        hit = hits.get(codes[assignment_id])
        counts_from = _known(activity_from or answer_from or fact_from)
        contributions[assignment_id].append(
            Contribution(counts_from, amount, group_id=group_id, hit=not hit or hit in (parts or ()))
        )
    return {
        each.pk: (
            measure(metrics.get(each.metric).sums, contributions[each.pk], Decimal(each.goal)),
            each.members_expected if each.is_personal else None,
        )
        for each in assignments
    }


def _progress_by_occasion(assignments: Sequence[Assignment]) -> dict[int, tuple[Progress, int | None]]:
    """Each occasion that a register tells is owed; of personal targets, each person owes all of his."""
    rows = Credit.objects.filter(
        assignment__in=[each.pk for each in assignments], fact_key__isnull=False, withdrawn_at__isnull=True
    ).values_list("assignment_id", "member_id", "counted", "counts_from")
    owed: dict[int, list[tuple[int | None, bool, datetime | None]]] = defaultdict(list)
    for assignment_id, member_id, is_counted, moment in rows:
        owed[assignment_id].append((member_id, is_counted, moment))
    found: dict[int, tuple[Progress, int | None]] = {}
    for each in assignments:
        own = owed[each.pk]
        met = [Contribution(_known(moment), person_id=person) for person, counted, moment in own if counted]
        if not each.is_personal or not own:
            found[each.pk] = measure_occasions(met, len(own), each.needed), 0 if each.is_personal else None
            continue
        needs = {person: Decimal(count) for person, count in Counter(row[0] for row in own).items() if person}
        found[each.pk] = measure_people(met, needs), len(needs)
    return found


def _personal_progress(
    code: str, span: Span, assignments: Sequence[Assignment]
) -> dict[int, tuple[Progress, int | None]]:
    metric = metrics.get(code)
    people = people_of(metric.subject, {each.organization_id for each in assignments}, span)
    everyone = {person for group in people.values() for person in group}
    by_person: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in _personal_contributions(code, span, everyone):
        by_person[contribution.person_id or 0].append(contribution)
    needs: dict[Decimal, dict[int, Decimal]] = {}
    found: dict[int, tuple[Progress, int | None]] = {}
    for each in assignments:
        if each.needed not in needs:
            needs[each.needed] = needs_of(metric.subject, metric.sums, each.needed, everyone, span)
        own = {person: needs[each.needed][person] for person in people.get(each.organization_id, ())
               if person in needs[each.needed]}  # fmt: skip
        contributions = [contribution for person in own for contribution in by_person.get(person, ())]
        found[each.pk] = (measure_people(contributions, own), len(own))
    return found


def _personal_contributions(code: str, span: Span, people: Collection[int]) -> list[Contribution]:
    """What these people did in the period wherever it was recorded: a record counts once, whoever credits it."""
    credited = Credit.objects.filter(
        assignment__metric=code,
        counted=True,
        activity__held_on__gte=span.starts_on,
        activity__held_on__lte=span.ends_on,
    )
    amounts = dict(credited.values_list("activity_id", "amount"))
    told = Credit.objects.filter(
        assignment__metric=code, counted=True, member__in=people, held_on__range=(span.starts_on, span.ends_on)
    ).values_list("member_id", "fact_key", "amount", "counts_from")
    rows = Attendance.objects.filter(activity__in=amounts, member__in=people, is_present=True).values_list(
        "member_id", "activity_id", "activity__counts_from"
    )
    facts = {(member, key): (amount, counts_from) for member, key, amount, counts_from in told}
    return [
        Contribution(_known(counts_from), amounts[activity], person_id=member) for member, activity, counts_from in rows
    ] + [
        Contribution(_known(counts_from), amount, person_id=member)
        for (member, _), (amount, counts_from) in facts.items()
    ]


def _known(moment: datetime | None) -> datetime:
    """What counts has been filed: a constraint of the records sees to the moment."""
    assert moment is not None
    return moment
