"""Facts that count for the tasks of leaders, from records that other organisations hold: their branches, linked units.

A leader's committee has the task, the branch has the record. Sources: N09, N10, N27, N30.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from campaigns.enums import ActivityKind, ActivityPart, ActivityStatus, Subject
from campaigns.models import Activity, Attendance, Contact
from campaigns.queries.people import Span, people_of
from campaigns.rules.attended import (
    Attended,
    double_life_refusal,
    guided_refusal,
    halted_refusal,
    linked_lecture_refusal,
    reports_refusal,
)
from campaigns.rules.facts import Fact
from campaigns.rules.metrics import ORGANIZATION_LIFE_KINDS
from members.models import Member, Membership

ONE = Decimal(1)
MEETINGS = Q(kind=ActivityKind.ORGANIZATION_LIFE)
LIFE = Q(kind__in=ORGANIZATION_LIFE_KINDS)
LECTURES = Q(kind__in=[ActivityKind.PARTY_LECTURE, ActivityKind.INTEGRITY_LECTURE]) | Q(
    parts__overlap=[ActivityPart.LECTURE, ActivityPart.INTEGRITY_LECTURE]
)
_COUNTING = (ActivityStatus.FILED, ActivityStatus.APPROVED)


def facts_of_guidance(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Leaders who guided an organisation life meeting: as its host, or there with that content marked. N09."""
    return _facts("guided", organizations, start, end, MEETINGS, guided_refusal)


def facts_of_two_reports(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """一集中两报告: a leader in his own branch, with both of his reports in the same record. N10."""
    return _facts("reports", organizations, start, end, LIFE, reports_refusal)


def facts_of_linked_lectures(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """Leaders who lectured in a branch that is not their own. N30."""
    return _facts("lecture", organizations, start, end, LECTURES, linked_lecture_refusal, only_hosts=True)


def facts_of_double_life(organizations: Collection[int], start: date, end: date) -> list[Fact]:
    """双重组织生活: each leader in his branch's life and at the democratic life meeting; both make one. N27."""
    people = _leaders(organizations, start, end)
    kinds = LIFE | Q(kind=ActivityKind.DEMOCRATIC_LIFE)
    by_person: dict[int, list[Attended]] = defaultdict(list)
    for each in _attended({person for _, person in people}, start, end, kinds):
        if each.is_present and not halted_refusal(each):
            by_person[each.member_id].append(each)
    return [_double(organization, by_person[person]) for organization, person in people if by_person[person]]


def _double(organization_id: int, attended: Iterable[Attended]) -> Fact:
    both = [each for each in attended if each.is_own or each.kind == ActivityKind.DEMOCRATIC_LIFE]
    last = max(both or attended, key=lambda each: each.counts_from)
    democratic = sum(each.kind == ActivityKind.DEMOCRATIC_LIFE for each in both)
    in_branch = len(both) - democratic
    reason = double_life_refusal(in_branch, democratic)
    return Fact(
        key=f"double:{last.member_id}",
        organization_id=organization_id,
        held_on=last.held_on,
        counts_from=last.counts_from,
        amount=Decimal(min(in_branch, democratic)),
        text=f"{last.name}：参加所在支部组织生活{in_branch}次，民主生活会{democratic}次",
        url=reverse("campaigns:activity_detail", args=[last.activity_id]),
        counted=not reason,
        reason=reason,
        member_id=last.member_id,
    )


def _facts(
    name: str,
    organizations: Collection[int],
    start: date,
    end: date,
    kinds: Q,
    refusal: Callable[[Attended], str],
    *,
    only_hosts: bool = False,
) -> list[Fact]:
    """A fact for each activity and leader. A fixed number of queries for any number."""
    people = _leaders(organizations, start, end)
    found = []
    for each in _attended({person for _, person in people}, start, end, kinds):
        if only_hosts and not each.is_host:
            continue
        reason = refusal(each)
        found += [
            Fact(
                key=f"activity:{each.activity_id}:{name}:{each.member_id}",
                organization_id=organization,
                held_on=each.held_on,
                counts_from=each.counts_from,
                amount=ONE,
                text=f"{each.name}：{each.title}",
                url=reverse("campaigns:activity_detail", args=[each.activity_id]),
                counted=not reason,
                reason=reason,
                member_id=each.member_id,
            )
            for organization, person in people
            if person == each.member_id
        ]
    return found


def _leaders(organizations: Collection[int], start: date, end: date) -> list[tuple[int, int]]:
    people = people_of(Subject.LEADER, organizations, Span(start, end))
    return [(organization, person) for organization, group in people.items() for person in group]


def _attended(people: Collection[int], start: date, end: date, kinds: Q) -> list[Attended]:
    """What these people chaired or were at in the period, of these kinds, in order of the day."""
    if not people:
        return []
    asked = Activity.objects.filter(kinds, status__in=_COUNTING, held_on__range=(start, end))
    present = set(
        Attendance.objects.filter(activity__in=asked, member__in=people, is_present=True).values_list(
            "activity_id", "member_id"
        )
    )
    hosting = set(asked.filter(host__in=people).values_list("pk", "host_id"))
    names = dict(Member.objects.filter(pk__in=people).values_list("pk", "name"))
    homes, links = _homes(people), _links(people)
    activities = Activity.objects.in_bulk({activity for activity, _ in present | hosting})
    found = []
    for pair in sorted(present | hosting, key=lambda pair: (activities[pair[0]].held_on, pair)):
        activity, member = activities[pair[0]], pair[1]
        assert activity.counts_from is not None
        found.append(
            Attended(
                activity_id=activity.pk,
                member_id=member,
                name=names[member],
                title=str(activity),
                kind=activity.kind,
                parts=frozenset(activity.parts),
                held_on=activity.held_on,
                counts_from=activity.counts_from,
                is_present=pair in present,
                is_host=pair in hosting,
                is_own=any(
                    home == activity.organization_id and since <= activity.held_on and (not to or to > activity.held_on)
                    for home, since, to in homes.get(member, ())
                ),
                is_linked=member not in links or activity.organization_id in links[member],
            )
        )
    return found


def _links(people: Collection[int]) -> dict[int, set[int]]:
    """Leader → the organisations that he keeps contact with, as far as they are in the tree."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Contact.objects.filter(leader__in=people, partner_organization__isnull=False)
    for leader, organization in rows.values_list("leader_id", "partner_organization_id"):
        if leader is not None and organization is not None:
            found[leader].add(organization)
    return dict(found)


def _homes(people: Collection[int]) -> dict[int, list[tuple[int, date, date | None]]]:
    found: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    rows = Membership.objects.filter(member__in=people)
    for member, organization, starts_on, ends_on in rows.values_list(
        "member_id", "organization_id", "starts_on", "ends_on"
    ):
        found[member].append((organization, starts_on, ends_on))
    return found
