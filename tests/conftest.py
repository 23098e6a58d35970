"""Fixtures for every room. The servers themselves are started by `tests/plugin.py`."""

from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands
from django.db import connection
from pytest_django.plugin import blocking_manager_key
from redis import Redis

from partybuild.lib import heartbeat
from tests.harness import queue
from tests.harness.browser import CHROMIUM_FLAGS, Live, chromium_or_fail
from tests.harness.worker import CeleryWorker
from tests.plugin import own_folder

END_OTHER_SESSIONS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def pytest_configure() -> None:
    """From here on a worker gets only what a test with a worker queues."""
    queue.route_by_test()


def load_defaults() -> None:
    """Put in what every installation starts with; a test finds it as an installation would."""
    if "load_defaults" in get_commands():
        call_command("load_defaults", verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database of this process, with the defaults in it."""
    with django_db_blocker.unblock():
        load_defaults()
    yield
    # A killed worker's session may outlive it for a moment, and would be in the way when the database is dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_OTHER_SESSIONS)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """A transactional test ends with a flush, which takes the defaults along: put them back for the next one."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    is_transactional = marker is not None and (marker.kwargs.get("transaction") or marker.kwargs.get("reset_sequences"))
    result = yield
    if nextitem and (is_transactional or names & {"transactional_db", "live_server", "django_db_reset_sequences"}):
        with item.config.stash[blocking_manager_key].unblock():
            load_defaults()
    return result


@pytest.fixture(autouse=True)
def _real_time_again() -> Generator[None]:
    """No test inherits another's clock."""
    yield
    (own_folder() / "clock").unlink(missing_ok=True)


@pytest.fixture
def move_clock() -> Callable[[datetime | str], None]:
    """Sets the portal's clock, also in the worker and the live server: `move_clock("2026-03-05T10:00:00+08:00")`."""

    def move(moment: datetime | str) -> None:
        from partybuild.lib.clock import move_to

        move_to(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)

    return move


@pytest.fixture(scope="session")
def _shared_celery_worker(django_db_setup) -> Generator[CeleryWorker]:
    worker = CeleryWorker(own_folder())
    yield worker
    worker.stop()


@pytest.fixture
def celery_worker_process(_shared_celery_worker: CeleryWorker, transactional_db) -> Generator[CeleryWorker]:
    """A real worker that does what this test queues; started at the first use and kept for the run.

    Without it (or `new_celery_worker`) what a transactional test queues is done by nobody.
    """
    _shared_celery_worker.ensure_started()
    with queue.attended():
        yield _shared_celery_worker
        queue.empty()
        _shared_celery_worker.wait_until_idle()


@pytest.fixture
def new_celery_worker(
    _shared_celery_worker: CeleryWorker, transactional_db, tmp_path: Path
) -> Generator[Callable[..., CeleryWorker]]:
    """Starts workers for this test alone, for instance to kill one: `worker = new_celery_worker(concurrency=2)`."""
    _shared_celery_worker.kill()
    started: list[CeleryWorker] = []

    def start(*, concurrency: int = 1) -> CeleryWorker:
        worker = CeleryWorker(tmp_path, name=f"worker{len(started)}", concurrency=concurrency)
        started.append(worker)
        return worker.start()

    with queue.attended():
        yield start
        for worker in started:
            worker.kill()


@pytest.fixture(scope="session")
def base_url() -> None:
    """The live server's address differs from run to run; pytest-base-url's own fixture warns under pytest 9."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Chromium of the system: Playwright's own cannot be downloaded everywhere."""
    return {**browser_type_launch_args, "executable_path": chromium_or_fail(), "args": [*CHROMIUM_FLAGS]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """An office computer in China."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture
def live(transactional_db, live_server, page, new_context) -> Live:
    """The live server with a browser window: `live.login(user).goto("/")`, `live.open_as(other, "/")`."""
    return Live(live_server.url, page, new_context)


@pytest.fixture
def trail(db) -> Callable[[], Any]:
    """The audit entries since the test began, oldest first: `trail().get().verb`."""
    from branches.models import AuditEntry

    last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return lambda: AuditEntry.objects.filter(pk__gt=last).order_by("pk")


@pytest.fixture
def no_worker(request, settings) -> None:
    """No Celery worker of this test process, and no sign of life that an earlier test's worker left in the broker."""
    request.getfixturevalue("_shared_celery_worker").kill()
    redis = Redis.from_url(settings.REDIS_URL)
    redis.delete(heartbeat.KEY)
    redis.close()
