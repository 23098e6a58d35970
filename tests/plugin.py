"""Starts what the tests stand on before Django reads its settings: one database cluster, one Redis, one media folder.

The process that was called starts them; the parallel processes under it share them, each with its own database (made
by pytest-django), Redis number, media folder and clock.
"""

import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest

from services.errors import ServiceError
from services.testing import TestServices

RUN_FOLDER = "PARTYBUILD_TEST_RUN"

_services: TestServices | None = None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Runs around pytest-django's hook of the same name, which imports the settings."""
    options = early_config.known_args_namespace
    if not (options.help or options.version):
        _prepare()
    try:
        return (yield)
    except BaseException:
        _finish()
        raise


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Ends what this process has started; a killed run's servers end with it, and the next run clears its folder."""
    _finish()


def run_folder() -> Path:
    """The folder of this test run, shared by its parallel processes."""
    return Path(os.environ[RUN_FOLDER])


def own_folder() -> Path:
    """The folder of this process within the run: its media, its clock, its worker's log."""
    return run_folder() / (os.environ.get("PYTEST_XDIST_WORKER") or "main")


def _prepare() -> None:
    global _services
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        _services = TestServices()
        try:
            urls = _services.start()
        except ServiceError as error:
            raise pytest.UsageError(str(error)) from error
        os.environ.update(urls)
        os.environ[RUN_FOLDER] = str(_services.folder)
    number = int(re.sub(r"\D", "", worker)) + 1 if worker else 0
    os.environ["REDIS_URL"] = re.sub(r"/\d+$", f"/{number}", os.environ["REDIS_URL"])
    own = own_folder()
    (own / "media").mkdir(parents=True, exist_ok=True)
    os.environ["VAR_DIR"] = str(own)
    os.environ["MEDIA_ROOT"] = str(own / "media")
    os.environ["CLOCK_FILE"] = str(own / "clock")
    # A connection kept by a thread of the live server would be in the way when the database is dropped.
    os.environ["CONN_MAX_AGE"] = "0"
    # The browser's driver keeps an event loop in this thread, in which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def _finish() -> None:
    global _services
    if _services:
        _services.stop()
        _services = None
