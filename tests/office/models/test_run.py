"""Runs that the database refuses."""

import pytest
from django.db import IntegrityError

from office.enums import RunStatus
from office.models import RunPiece
from partybuild.lib import clock
from tests.factories.branches import CommitteeFactory
from tests.factories.office import RunFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"job": "picnic"}, "run_job_known"),
        ({"status": "asleep"}, "run_status_known"),
        ({"status": RunStatus.DONE}, "run_done_has_time"),
    ],
)
def test_bad_rows(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        RunFactory(**fields)


def test_a_run_twice():
    RunFactory(subject="SX-2026")

    with pytest.raises(IntegrityError, match="run_once"):
        RunFactory(subject="SX-2026")


def test_a_piece_twice():
    run, unit = RunFactory(), CommitteeFactory()
    RunPiece.objects.create(run=run, unit=unit, done_at=clock.now())

    with pytest.raises(IntegrityError, match="run_piece_once"):
        RunPiece.objects.create(run=run, unit=unit, done_at=clock.now())
