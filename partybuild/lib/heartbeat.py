"""A sign of life of the workers, kept in the broker: it lapses by itself when the last worker is gone."""

import logging
from functools import lru_cache
from typing import Any

from celery import bootsteps
from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

KEY = "partybuild:worker"
EVERY_SECONDS = 2.0
LASTS_SECONDS = 7
_PATIENCE = 1.0


@lru_cache(maxsize=2)
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE)


def beat() -> None:
    """Say that a worker is there. A broker that is away is the worker's trouble, not that of this sign."""
    try:
        _redis(settings.REDIS_URL).set(KEY, "1", ex=LASTS_SECONDS)
    except RedisError:
        logger.warning("the worker's sign of life could not be written")


def missing() -> list[str]:
    """Of ``broker`` and ``worker`` those that are not there; one question to the broker."""
    try:
        is_there = _redis(settings.REDIS_URL).exists(KEY)
    except RedisError:
        return ["broker", "worker"]
    return [] if is_there else ["worker"]


class HeartbeatStep(bootsteps.StartStopStep):
    """Lets a Celery worker give the sign from its own loop, so that one that hangs falls silent."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._timer: Any = None

    def start(self, worker: Any) -> None:
        beat()
        self._timer = worker.timer.call_repeatedly(EVERY_SECONDS, beat)

    def stop(self, worker: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
