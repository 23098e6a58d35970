"""The servers of one test run, in a folder of their own that disappears with it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from services.binaries import wanted_source
from services.identity import database_identity
from services.postgres import Postgres
from services.processes import began, end_leftovers, is_recorded_alive
from services.redis import Redis

PREFIX = f"partybuild-tests-{os.getuid()}-"


class TestServices:
    """One database cluster without a guarantee on disk, and one Redis."""

    __test__ = False  # not a test, whatever pytest makes of the name

    def __init__(self) -> None:
        self.folder = Path()
        self._servers: list[Postgres | Redis] = []

    def start(self) -> dict[str, str]:
        """Start both; returns DATABASE_URL and REDIS_URL."""
        clear_abandoned()
        self.folder = _new_folder()
        source = wanted_source()
        database = Postgres(self.folder / "postgres", self.folder / "postgres.log", source, is_durable=False)
        broker = Redis(self.folder / "redis", self.folder / "redis.log", source)
        self._servers = [broker, database]
        try:
            return {"DATABASE_URL": database.start(), "REDIS_URL": broker.start()}
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End both and remove everything they wrote."""
        for server in self._servers:
            server.stop()
        self._servers = []
        if self.folder.name.startswith(PREFIX):
            shutil.rmtree(self.folder, ignore_errors=True)


def clear_abandoned() -> None:
    """End the servers and remove the folders of runs that were killed."""
    for parent in {Path(tempfile.gettempdir()), Path("/var/tmp")}:
        for folder in parent.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError, ValueError):
                content = json.loads((folder / "owner.json").read_text(encoding="utf-8"))
                if not is_recorded_alive(content):
                    end_leftovers(folder.glob("*/*.pid"))
                    shutil.rmtree(folder, ignore_errors=True)


def _new_folder() -> Path:
    """A folder in the usual place for temporary files, or in /var/tmp when the database's user cannot get there."""
    identity = database_identity()
    is_open = identity is None or identity.can_enter(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=None if is_open else "/var/tmp"))
    folder.chmod(0o711)
    pid = os.getpid()
    (folder / "owner.json").write_text(json.dumps({"pid": pid, "began": began(pid)}), encoding="utf-8")
    return folder
