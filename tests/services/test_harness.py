"""The harness itself: what every test may rely on."""

import os
from pathlib import Path

import pytest
from django.db import connection

from office.models import Rule
from partybuild.lib import clock
from partybuild.lib.queue import send
from services.testing import PREFIX
from tests.harness import queue
from tests.plugin import own_folder, run_folder

TICK = "desk.tick"


def wait_for_words(worker, words):
    for _ in range(200):
        if words in worker.child.last_words(200):
            return True
        worker.rest()
    return False


@pytest.mark.django_db
def test_the_defaults_are_there():
    assert Rule.objects.exists()


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_the_defaults_are_there_again_after_a_flush(time):
    assert Rule.objects.exists()
    Rule.objects.all().delete()


@pytest.mark.django_db
def test_this_process_has_a_database_a_queue_and_folders_of_its_own():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")

    assert run_folder().name.startswith(PREFIX)
    assert connection.settings_dict["NAME"].endswith(f"_{worker}" if worker else "test_partybuild")
    assert os.environ["REDIS_URL"].endswith(f"/{int(worker[2:]) + 1 if worker else 0}")
    assert Path(os.environ["MEDIA_ROOT"]) == own_folder() / "media"


def test_the_clock_is_moved_for_a_test_and_only_for_it(move_clock):
    move_clock("2026-02-28T23:00:00")
    assert clock.now().isoformat() == "2026-02-28T23:00:00+08:00"


def test_a_worker_does_what_is_queued(celery_worker_process):
    assert send(TICK)

    assert wait_for_words(celery_worker_process, f"Task {TICK}")


def test_a_killed_worker_does_nothing_and_the_next_one_does_it(new_celery_worker):
    new_celery_worker().kill()
    send(TICK)
    assert queue.queued() == [TICK]

    assert wait_for_words(new_celery_worker(), f"Task {TICK}")


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_nobody_does_it():
    send(TICK)

    assert queue.queued(TICK) == [TICK]
    queue.empty()


def test_the_browser_shows_the_portal_to_who_is_logged_in(live, client):
    page = live.goto("/healthz")

    assert page.inner_text("body").startswith("{")
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    assert page.evaluate("navigator.language") == "zh-CN"
