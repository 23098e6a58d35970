"""The health address, asked with and without what the portal stands on."""

import time

import pytest
from django.db import connection
from django.urls import reverse
from redis import Redis

from partybuild.lib import heartbeat


@pytest.fixture
def broker(settings) -> Redis:
    """The broker, without a sign of life of an earlier test's worker."""
    redis = Redis.from_url(settings.REDIS_URL)
    redis.delete(heartbeat.KEY)
    yield redis
    redis.close()


@pytest.fixture
def no_broker(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


@pytest.fixture
def no_database(transactional_db):
    """A database that refuses connections."""
    connection.close()
    port = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = 1
    yield
    connection.close()
    connection.settings_dict["PORT"] = port


def test_the_address():
    assert reverse("office:healthz") == "/healthz"


def test_with_a_real_worker_all_is_well(client, broker, celery_worker_process):
    heartbeat.beat()

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_a_worker_gives_its_sign_by_itself_and_falls_silent_when_killed(broker, new_celery_worker):
    worker = new_celery_worker()
    _wait_until(lambda: heartbeat.missing() == [])
    broker.delete(heartbeat.KEY)
    _wait_until(lambda: heartbeat.missing() == [])
    worker.kill()
    assert 0 < broker.ttl(heartbeat.KEY) <= heartbeat.LASTS_SECONDS
    broker.delete(heartbeat.KEY)
    time.sleep(heartbeat.EVERY_SECONDS + 0.5)

    assert heartbeat.missing() == ["worker"]


@pytest.mark.django_db
def test_without_a_worker(client, no_worker):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "missing": ["worker"]})


@pytest.mark.django_db
def test_without_a_broker(client, no_broker):
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "missing": ["broker", "worker"]}


def test_without_a_database(client, broker, no_database):
    heartbeat.beat()

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "unavailable", "missing": ["database"]})


@pytest.mark.django_db
def test_it_is_only_read(client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").content == b""


def test_a_beat_without_a_broker_does_no_harm(no_broker):
    heartbeat.beat()


def _wait_until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
