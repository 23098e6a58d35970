"""Which queue a test's work goes to: a worker's, or one that nobody attends."""

import json
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from celery import current_app

WITH_WORKER = "celery"
WITHOUT_WORKER = "unattended"

_current = WITHOUT_WORKER


def route_by_test() -> None:
    """Route everything this process queues by what the running test has asked for."""
    current_app.conf.task_routes = (_route,)


@contextmanager
def attended() -> Generator[None]:
    """From an empty queue to an empty queue, work goes to the workers."""
    global _current
    empty()
    _current = WITH_WORKER
    try:
        yield
    finally:
        _current = WITHOUT_WORKER
        empty()


def empty() -> None:
    """Throw away what is queued, also what a killed worker had taken and not finished."""
    with current_app.connection_for_write() as connection:
        client = connection.default_channel.client
        client.delete(WITH_WORKER, WITHOUT_WORKER, "unacked", "unacked_index")


def queued(name: str = "") -> list[str]:
    """The names of the tasks that wait in the current queue, oldest first; for tests of what an action queues."""

    with current_app.connection_for_write() as connection:
        waiting = connection.default_channel.client.lrange(_current, 0, -1)
    names = [json.loads(message)["headers"]["task"] for message in reversed(waiting)]
    return [found for found in names if not name or found == name]


def _route(name: str, args: Any, kwargs: Any, options: Any, task: Any = None, **rest: Any) -> dict[str, str]:
    return {"queue": _current}
