import logging
import time
from enum import StrEnum

import pytest
from celery import Celery, current_app
from django.db import transaction

from partybuild.lib import queue


class TaskName(StrEnum):
    COUNT = "tests.count"


@pytest.fixture
def celery_with():
    """Makes a Celery application with the given broker the current one for the test."""
    before = current_app._get_current_object()
    apps = []

    def make(broker):
        app = Celery("lib-tests", broker=broker, set_as_current=False)
        app.conf.task_default_queue = "lib-tests"
        app.set_current()
        apps.append(app)
        return app

    yield make
    before.set_current()
    for app in apps:
        app.close()


def received(app):
    with app.connection_for_read() as connection, connection.SimpleQueue("lib-tests") as waiting:
        messages = []
        while waiting.qsize():
            message = waiting.get(block=False)
            message.ack()
            messages.append((message.headers["task"], message.payload[0]))
        return messages


def test_send_queues_the_task_by_its_name_with_its_arguments(celery_with):
    app = celery_with("memory://")

    assert queue.send(TaskName.COUNT, 7, "2026-03") is True

    assert received(app) == [("tests.count", [7, "2026-03"])]


def test_a_broker_that_is_down_is_logged_and_breaks_nothing(celery_with, caplog):
    app = celery_with("redis://127.0.0.1:1/0")
    app.conf.broker_transport_options = {"max_retries": 0}
    started = time.monotonic()

    with caplog.at_level(logging.ERROR):
        assert queue.send(TaskName.COUNT, 7) is False

    assert time.monotonic() - started < 2
    assert "task tests.count could not be queued" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_work_is_queued_after_the_commit_and_not_at_all_after_a_rollback(celery_with):
    app = celery_with("memory://")

    with transaction.atomic():
        queue.after_commit(TaskName.COUNT, 1)
        assert received(app) == []
    assert received(app) == [("tests.count", [1])]

    with transaction.atomic():
        queue.after_commit(TaskName.COUNT, 2)
        transaction.set_rollback(True)
    assert received(app) == []
