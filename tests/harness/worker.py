"""A real Celery worker in a process of its own, on the database and the queue of the test that asks for it."""

import os
import signal
import sys
import time
from pathlib import Path

from celery import current_app
from django.db import connection

from services.processes import PAUSE, Child

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60.0
IDLE_SECONDS = 30.0


class CeleryWorker:
    """One worker; `kill` ends it as a power cut would, `stop` lets it finish."""

    def __init__(self, folder: Path, *, name: str = "worker", concurrency: int = 1) -> None:
        self.name = f"{name}@{os.getpid()}"
        command = [sys.executable, "-m", "celery", "-A", "partybuild", "worker", "--loglevel", "INFO"]
        command += ["--hostname", self.name, "--concurrency", str(concurrency), "--without-gossip", "--without-mingle"]
        self.child = Child(name, command, folder / f"{name}.log", folder / f"{name}.pid", folder=ROOT)

    def ensure_started(self) -> None:
        """Start it unless it runs."""
        if not self.child.is_alive():
            self.start()

    def start(self) -> "CeleryWorker":
        """Start and wait until it answers."""
        self.child.environ = {**os.environ, "DATABASE_URL": test_database_url()}
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while self.child.is_alive() and time.monotonic() < deadline:
            if current_app.control.inspect([self.name], timeout=0.5).ping():
                return self
        words = self.child.last_words(30)
        self.child.kill()
        raise AssertionError(f"the Celery worker did not start:\n{words}")

    def kill(self) -> None:
        """SIGKILL to the worker and its pool."""
        self.child.kill()

    def stop(self) -> None:
        """Warm shutdown."""
        self.child.stop()

    def wait_until_idle(self) -> None:
        """Until it has nothing in hand: a flush of the database must not meet it in the middle of a task."""
        deadline = time.monotonic() + IDLE_SECONDS
        while self.child.is_alive() and time.monotonic() < deadline:
            inspect = current_app.control.inspect([self.name], timeout=2.0)
            answers = [inspect.active() or {}, inspect.reserved() or {}]
            if not any(tasks for answer in answers for tasks in answer.values()):
                return
            time.sleep(PAUSE)
        self.kill()

    @staticmethod
    def rest() -> None:
        """A moment for the worker."""
        time.sleep(PAUSE)

    def pause(self) -> None:
        """Hold the worker and its pool still."""
        assert self.child.process is not None
        os.killpg(self.child.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        assert self.child.process is not None
        os.killpg(self.child.process.pid, signal.SIGCONT)


def test_database_url() -> str:
    """The URL of the database that this process's tests use, which pytest-django has named."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


test_database_url.__test__ = False
