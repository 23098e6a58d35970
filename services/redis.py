"""A Redis or Valkey of our own on a free loopback port, with a generated password."""

from __future__ import annotations

import secrets
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from services.binaries import find_redis
from services.errors import ServiceError
from services.paths import ensure_folder, write_private
from services.ports import LOOPBACK, free_port
from services.processes import PAUSE, Child

START_SECONDS = 20.0
ATTEMPTS = 3
DATABASES = 64


@dataclass
class Redis:
    """The broker. It keeps nothing on disk: the database is the truth, and the next tick fills a lost queue again."""

    folder: Path
    log: Path
    source: str = ""
    name: str = field(default="broker", init=False)
    url: str = field(default="", init=False)
    child: Child | None = field(default=None, init=False)

    def start(self) -> str:
        """Start the server; returns the URL of its database 0."""
        ensure_folder(self.folder)
        program = find_redis(self.source)
        if program is None:
            where = {"system": "请安装 redis-server", "wheel": "请执行 make setup"}
            hint = where.get(self.source, "请安装 redis-server，或执行 make setup")
            raise ServiceError(f"没有找到 Redis 或 Valkey，{hint}。")
        password = secrets.token_urlsafe(24)
        for _ in range(ATTEMPTS):
            port = free_port()
            if self._launch(program, port, password):
                self.url = f"redis://:{password}@{LOOPBACK}:{port}/0"
                return self.url
        words = self.child.last_words() if self.child else ""
        raise ServiceError(f"消息服务没有启动成功，详情见 {self.log}。\n{words}")

    def stop(self) -> None:
        """Shut the server down."""
        if self.child:
            self.child.stop()

    def _launch(self, program: Path, port: int, password: str) -> bool:
        """Start the server on this port; False when it ended at once, for instance because the port was taken."""
        settings = self.folder / "redis.conf"
        lines = [
            f"bind {LOOPBACK}",
            f"port {port}",
            f"requirepass {password}",
            f"databases {DATABASES}",
            f'dir "{self.folder}"',
            'save ""',
            "appendonly no",
            "daemonize no",
        ]
        write_private(settings, "\n".join(lines) + "\n")
        self.child = Child(self.name, [program, settings], self.log, self.folder / "broker.pid", folder=self.folder)
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while self.child.is_alive() and time.monotonic() < deadline:
            if _answers(port, password):
                return True
            time.sleep(PAUSE)
        self.child.stop()
        return False


def _answers(port: int, password: str) -> bool:
    """Whether the server on this port knows our password: then it is ours."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1.0) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode("ascii"))
            reply = b""
            while b"PONG" not in reply and not reply.startswith(b"-"):
                piece = connection.recv(256)
                if not piece:
                    return False
                reply += piece
            return b"PONG" in reply
    except OSError:
        return False
