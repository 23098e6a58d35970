"""What waits to be done, and how far it is."""

from datetime import timedelta

import pytest

from office.actions.runs import finish_piece
from office.enums import Job, RunStatus
from office.queries import runs
from partybuild.lib import clock
from tests.factories.branches import CommitteeFactory
from tests.factories.office import RunFactory

pytestmark = pytest.mark.django_db


def test_due_are_those_that_wait_or_were_left_oldest_first():
    now = clock.now()
    left = RunFactory(period="2026-01", status=RunStatus.RUNNING, attempts=1, lease_until=now - timedelta(seconds=1))
    waiting = RunFactory(period="2026-02")
    RunFactory(period="2026-03", status=RunStatus.RUNNING, attempts=1, lease_until=now + timedelta(seconds=1))
    RunFactory(period="2026-04", status=RunStatus.RUNNING, attempts=3, lease_until=now - timedelta(seconds=1))
    RunFactory(period="2026-05", status=RunStatus.DONE, finished_at=now)
    RunFactory(period="2026-06", status=RunStatus.FAILED)
    RunFactory(period="2026-07", attempts=3)

    assert list(runs.due(now)) == [left, waiting]
    assert [run.period for run in runs.given_up(now)] == ["2026-04"]
    assert [run.period for run in runs.unfinished()] == ["2026-01", "2026-02", "2026-03", "2026-04", "2026-07"]


def test_progress_counts_this_runs_pieces():
    run, other = RunFactory(expected=3), RunFactory(job=Job.CLOSE)
    first, second = CommitteeFactory(name="甲"), CommitteeFactory(name="乙")
    finish_piece(run, first, {})
    finish_piece(other, second, {})

    assert runs.progress(run) == (1, 3)
    assert runs.done_unit_ids(run) == {first.pk}
