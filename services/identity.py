"""The ordinary user as whom the database server runs when we are root: it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from services.errors import ServiceError

# The system's own database user, else the one user without any rights that every system has.
CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """Who runs a server: a numeric user and group."""

    uid: int
    gid: int

    def prefix(self) -> list[str]:
        """The words to put before a command so that it runs as this user."""
        return [setpriv(), f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through every parent of the folder and the folder itself."""
        # A folder of the user's own home may be closed to us, so start from one that is open to all.
        return subprocess.run([*self.prefix(), "test", "-x", str(folder)], cwd="/", check=False).returncode == 0


def database_identity() -> Identity | None:
    """The user for the database server; None when we are an ordinary user and run it ourselves."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(entry.pw_uid, entry.pw_gid)
    raise ServiceError("以 root 运行时需要一个普通用户来启动数据库，本机既没有 postgres 用户也没有 nobody 用户。")


def setpriv() -> str:
    """The program that changes the user and sets the signal for a parent's death (util-linux)."""
    found = shutil.which("setpriv")
    if not found:
        raise ServiceError("以 root 运行时需要 setpriv 命令，请安装 util-linux。")
    return found
