"""The people of personal targets: who counts in an organisation on a day, and what each has to reach."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet

from campaigns.enums import Subject, Sums
from campaigns.rules.metering import need_of_person
from members.models import Membership, Office
from partybuild.lib import clock


@dataclass(frozen=True)
class Span:
    """A period by its days, both included; people are judged on its last day, or today while it runs."""

    starts_on: date
    ends_on: date

    @property
    def judged_on(self) -> date:
        return min(self.ends_on, clock.today())


def people_of(subject: str, organization_ids: Collection[int], span: Span) -> dict[int, list[int]]:
    """Organisation → ids of the subject's people on the day of judgement."""
    day = span.judged_on
    held: QuerySet[Any] = Office.objects.on(day).filter(kind=subject)
    if subject == Subject.MEMBER:
        held = Membership.objects.counted(day)
    rows = held.filter(organization__in=organization_ids).order_by("pk").values_list("organization_id", "member_id")
    found: dict[int, list[int]] = {}
    for organization_id, member_id in rows:
        people = found.setdefault(organization_id, [])
        if member_id not in people:
            people.append(member_id)
    return found


def needs_of(subject: str, sums: Sums, needed: Decimal, people: Collection[int], span: Span) -> dict[int, Decimal]:
    """What each of these people has to reach; those who were there too short a time are left out.

    Presence is membership anywhere in the tree: who moved between branches was there all the time.
    """
    if subject != Subject.MEMBER:
        return dict.fromkeys(people, needed)
    joined = dict(
        Membership.objects.filter(member__in=people)
        .exclude(ends_on__lte=span.starts_on)
        .values_list("member_id")
        .annotate(first=Min("starts_on"))
    )
    needs = {}
    for person in people:
        presence = (joined.get(person, span.starts_on), span.ends_on)
        need = need_of_person(sums, needed, (span.starts_on, span.ends_on), presence)
        if need is not None:
            needs[person] = need
    return needs
