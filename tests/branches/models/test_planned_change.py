"""Each constraint of planned changes, held against a row that breaks it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from branches.enums import PlannedState
from branches.models import PlannedChange
from branches.rules.planned_changes import TRANSITIONS, can
from tests.factories.branches import LONG_AGO_AT, BranchFactory, OrganizationChangeFactory, PlannedChangeFactory

pytestmark = pytest.mark.django_db


def refused(name, **fields):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        PlannedChangeFactory(**fields)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("planned_change_kind_known", {"kind": "sell"}),
        ("planned_change_state_known", {"state": "lost", "ended_at": LONG_AGO_AT}),
        ("planned_change_towards", {"kind": "move"}),
        ("planned_change_ended", {"ended_at": LONG_AGO_AT}),
        ("planned_change_ended", {"state": "cancelled", "outcome": "不办了"}),
        ("planned_change_done", {"state": "done", "ended_at": LONG_AGO_AT}),
        ("planned_change_outcome", {"state": "failed", "ended_at": LONG_AGO_AT}),
    ],
)
def test_o01_what_a_planned_change_may_not_be(name, fields):
    refused(name, **fields)


def test_o01_a_renaming_has_no_other_side():
    refused("planned_change_towards", other=BranchFactory())


def test_o01_nothing_goes_into_itself():
    branch = BranchFactory()

    refused("planned_change_other_differs", kind="merge", organization=branch, other=branch)


def test_o01_what_waits_has_done_nothing():
    change = OrganizationChangeFactory()

    refused("planned_change_done", organization=change.organization, change=change)


def test_o01_one_of_a_kind_waits_for_a_day():
    first = PlannedChangeFactory()

    refused("planned_change_once", organization=first.organization)
    PlannedChangeFactory(organization=first.organization, effective_on=date(2099, 1, 2))
    PlannedChangeFactory(organization=first.organization, state="cancelled", outcome="重报", ended_at=LONG_AGO_AT)


def test_o01_due_is_what_waits_with_its_day_come_oldest_first():
    later = PlannedChangeFactory(effective_on=date(2026, 3, 5))
    first = PlannedChangeFactory(effective_on=date(2026, 3, 1))
    PlannedChangeFactory(effective_on=date(2026, 3, 6))
    PlannedChangeFactory(effective_on=date(2026, 3, 1), state="cancelled", outcome="不办了", ended_at=LONG_AGO_AT)

    assert list(PlannedChange.objects.due(date(2026, 3, 5))) == [first, later]


def test_o01_a_planned_change_ends_once():
    assert {state for state in PlannedState if can(PlannedState.PLANNED, state)} == {"done", "cancelled", "failed"}
    assert not any(TRANSITIONS[state] for state in PlannedState if state != PlannedState.PLANNED)
