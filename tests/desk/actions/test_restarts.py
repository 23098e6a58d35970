"""Running again."""

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from desk.actions.restarts import restart
from desk.enums import TaskName
from office.enums import RunStatus
from tests.factories.office import RunFactory
from tests.harness.queue import empty, queued

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue():
    empty()
    yield
    empty()


def test_a_failed_run_is_queued_again():
    run = restart(by=Actor.system(), run=RunFactory(status=RunStatus.FAILED, attempts=3, error="处理中断。"))
    assert (run.status, run.attempts, run.error) == (RunStatus.WAITING, 0, "")
    assert queued() == [TaskName.DO_RUN]


def test_a_run_under_way_is_left_alone():
    with pytest.raises(ValidationError, match="正在处理"):
        restart(by=Actor.system(), run=RunFactory(status=RunStatus.RUNNING))
    assert queued() == []
