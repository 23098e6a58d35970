"""How other programs of this checkout find the database and the broker that are up."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from typing import NoReturn

from services.paths import ROOT, VAR, write_private
from services.processes import began, is_recorded_alive

NOTE = VAR / "services.json"
NAMES = ("DATABASE_URL", "REDIS_URL")
# The same database as its owner, for what changes its structure or the rights on it.
OWNER = "OWNER_DATABASE_URL"
AS_OWNER = frozenset({"migrate", "grant_app_role", "dbshell"})
# What these do is about the code or about help: they work with no database in sight.
WITHOUT_SERVICES = frozenset(
    {
        "help",
        "version",
        "--help",
        "-h",
        "--version",
        "check",
        "collectstatic",
        "compilemessages",
        "findstatic",
        "makemessages",
        "makemigrations",
        "show_urls",
        "startapp",
        "diffsettings",
    }
)


def note_running(values: dict[str, str], path: Path = NOTE) -> None:
    """Write down the addresses, and that they hold as long as this very process runs."""
    pid = os.getpid()
    write_private(path, json.dumps({"pid": pid, "began": began(pid), "environ": values}))


def forget(path: Path = NOTE) -> None:
    """Take the note back, if it is ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    if content.get("pid") == os.getpid():
        path.unlink(missing_ok=True)


def running(path: Path = NOTE) -> dict[str, str]:
    """The addresses that were written down; empty when whoever wrote them has ended."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        values = dict(content["environ"])
        return values if is_recorded_alive(content) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def load_file(environ: MutableMapping[str, str] = os.environ, path: Path = ROOT / ".env") -> None:
    """Put the lines `NAME=value` of the file .env into the environment; what is set there already wins."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            environ.setdefault(name.strip(), value.strip().strip("\"'"))


def load_running(environ: MutableMapping[str, str] = os.environ) -> bool:
    """Put the file .env and the addresses of what is up into the environment; what is set there already wins.

    Returns whether both a database and a broker are known now.
    """
    load_file(environ)
    if not all(environ.get(name) for name in NAMES):
        take_over(environ, running())
    return all(environ.get(name) for name in NAMES)


def take_over(environ: MutableMapping[str, str], values: dict[str, str]) -> None:
    """Add what is not set; the owner's address only together with that of the database which it belongs to."""
    foreign = {OWNER} if environ.get("DATABASE_URL") else set()
    for name, value in values.items():
        if name not in foreign and not environ.get(name):
            environ[name] = value


def act_as_owner(words: Iterable[str] | None = None, environ: MutableMapping[str, str] = os.environ) -> None:
    """For manage.py: what changes the structure of the database is done by its owner, where one is named."""
    rest = list(sys.argv[1:] if words is None else words)
    if rest and rest[0] in AS_OWNER and environ.get("OWNER_DATABASE_URL"):
        environ["DATABASE_URL"] = environ[OWNER]


def require_running(words: Iterable[str] | None = None) -> None:
    """For manage.py: load what is up, or say that nothing is and leave with status 2."""
    rest = list(sys.argv[1:] if words is None else words)
    if load_running() or not rest or rest[0] in WITHOUT_SERVICES or {"--help", "-h"} & set(rest):
        return
    _leave(
        "数据库和消息服务没有启动：请先在另一个终端执行 make services 或 make run，或设置 DATABASE_URL 和 REDIS_URL。"
    )


def _leave(sentence: str) -> NoReturn:
    # The terminal's own encoding may not know Chinese; a sentence in the wrong letters is better than a traceback.
    sys.stderr.buffer.write(f"{sentence}\n".encode())
    sys.stderr.flush()
    raise SystemExit(2)
