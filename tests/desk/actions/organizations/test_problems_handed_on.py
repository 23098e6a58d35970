"""Problems that are not put right follow whoever goes on for an organisation that is no more (R01)."""

import pytest

from campaigns.models import ProblemEvent
from desk.actions.organizations import dissolve, merge
from tests.desk.actions.organizations.helpers import DEED
from tests.factories.branches import BranchFactory
from tests.factories.problems import ClosedFactory, SnapshotFactory, WorkingFactory

pytestmark = pytest.mark.django_db


def test_r01_open_problems_go_to_the_successor_and_closed_ones_stay(one, branch):
    successor = BranchFactory(parent=one)
    running, closed = WorkingFactory(organization=branch), ClosedFactory(organization=branch)
    snapshot = SnapshotFactory(organization=branch)

    merge(organization=branch, successor=successor, **DEED)

    for row in (running, closed, snapshot):
        row.refresh_from_db()
    assert (running.organization, closed.organization, snapshot.organization) == (successor, branch, successor)
    assert ProblemEvent.objects.get(problem=running).verb == "hand_on"


def test_r01_a_dissolved_organisation_leaves_its_problems_to_the_superior(one, branch):
    running = WorkingFactory(organization=branch)

    dissolve(organization=branch, **DEED)

    running.refresh_from_db()
    assert running.organization == one
