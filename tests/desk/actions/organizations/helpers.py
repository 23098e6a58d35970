"""Short words of the tests on changed organisations."""

from datetime import date

from branches.permissions import Actor
from campaigns.models import Assignment
from members.models import Membership
from tests.factories.campaigns import (
    AssignmentFactory,
)

SYSTEM = Actor.system()
DAY = date(2026, 3, 10)
DEED = {"by": SYSTEM, "effective_on": DAY, "reason": "机构改革"}


def due(organization, target, **fields):
    return AssignmentFactory(target=target, organization=organization, **fields)


def closed(organization, target):
    return due(organization, target, period="2026-02", starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28),
               due_on=date(2026, 2, 28), due_month="2026-02", closed_at="2026-03-13T09:00+08:00", outcome="missing",
               closed_path=organization.path)  # fmt: skip


def read(row):
    return Assignment.objects.get(pk=row.pk)


def places_on(day):
    return sorted(Membership.objects.on(day).values_list("member", "organization"))
