"""Starts database, broker, web, worker and beat, and stops them in the right order however it ends."""

from __future__ import annotations

import fcntl
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from services import env
from services.binaries import wanted_source
from services.errors import ServiceError
from services.install import Installer
from services.output import Follower, say
from services.paths import ROOT, VAR, ensure_folder
from services.ports import LOOPBACK, require_port
from services.postgres import Postgres
from services.processes import PAUSE, Child, end_leftovers
from services.redis import Redis
from services.signals import StopRequestedError, ignore_further

LOGS = VAR / "log"
PIDS = VAR / "run"
ACCOUNTS = VAR / "demo-accounts.txt"
HEALTH_SECONDS = 90.0
STOP_ORDER = ("web", "beat", "worker", "broker", "database")


class Supervisor:
    """One `make run` (with a port) or `make services` (without)."""

    def __init__(self, *, port: int | None) -> None:
        self.port = port
        self.address = os.environ.get("HOST") or LOOPBACK
        self.environ: dict[str, str] = dict(os.environ)
        self.follower = Follower()
        self.servers: list[Postgres | Redis | Child] = []
        self.locks: list[IO[str]] = []

    def check_first(self) -> None:
        """Refuse what cannot work, before anything is installed or started."""
        ensure_folder(VAR)
        wanted_source()
        env.load_file(self.environ)
        if self.port is not None:
            with self._lock("run") as is_ours:
                if not is_ours:
                    raise ServiceError("平台已经在这个文件夹里运行，请先在原来的终端按 Ctrl-C 停止。")
                # What a killed run has left may still hold the port.
                end_leftovers(PIDS / f"{name}.pid" for name in ("web", "beat", "worker"))
            require_port(self.address, self.port)

    def start(self) -> None:
        """Start everything; the caller calls `stop` whatever happens."""
        for folder in (LOGS, PIDS):
            ensure_folder(folder)
        if self.port is not None:
            self._hold("run", "平台已经在这个文件夹里运行，请先在原来的终端按 Ctrl-C 停止。")
        self.environ.setdefault("PROFILE", "demo")
        self.environ.setdefault("PYTHONUNBUFFERED", "1")
        database = self._start_servers()
        if self.port is None:
            return
        installer = Installer(self.environ, database, LOGS)
        installer.run()
        self.follower.start()
        self._start_portal(self.port)
        # The demo takes longest: the portal comes up beside it. Nothing ticks before it is there.
        installer.load_demo()
        self._wait_until_healthy(self.port)
        # Only now: until here it has said little but that the worker is not ready yet.
        self.follower.add("web", LOGS / "web.log")
        self._start_beat()

    def stop(self) -> None:
        """Stop web, beat, worker, broker, database, in this order."""
        for server in sorted(self.servers, key=lambda server: STOP_ORDER.index(server.name)):
            try:
                server.stop()
            except Exception as error:  # the others must be stopped all the same
                say(f"停止时出错：{error}", stream=sys.stderr)
        self.servers = []
        env.forget()
        self.follower.stop()
        for lock in self.locks:
            lock.close()

    def watch(self) -> None:
        """Wait until a process ends by itself, which none of them should."""
        while True:
            for child in self._children():
                if not child.is_alive():
                    raise ServiceError(f"{child.name} 意外退出，其余服务已停止，详情见 {child.log}。")
            time.sleep(PAUSE * 10)

    def _start_servers(self) -> Postgres | None:
        """Start the database and the broker that are not given; returns the database when it is ours."""
        if self._are_servers_given():
            return None
        self._hold("services", "数据库和消息服务正由另一个终端启动，请稍候再试。")
        end_leftovers([VAR / "redis" / "broker.pid", VAR / "postgres" / "database.pid"])
        source = wanted_source()
        database = broker = None
        if not self.environ.get("DATABASE_URL"):
            database = Postgres(VAR / "postgres", LOGS / "database.log", source, has_app_role=True)
            self.servers.append(database)
            self.environ[env.OWNER] = database.start()
            # Web, worker and beat own nothing: to them the audit trail can only grow.
            self.environ["DATABASE_URL"] = database.app_url
        if not self.environ.get("REDIS_URL"):
            broker = Redis(VAR / "redis", LOGS / "broker.log", source)
            self.servers.append(broker)
            self.environ["REDIS_URL"] = broker.start()
        env.note_running({name: self.environ[name] for name in (*env.NAMES, env.OWNER) if name in self.environ})
        return database

    def _are_servers_given(self) -> bool:
        """Whether both come from outside, or from a `make services` that is up; that one's addresses are taken over."""
        if self.port is not None:
            env.take_over(self.environ, env.running())
        return all(self.environ.get(name) for name in env.NAMES)

    def _start_portal(self, port: int) -> None:
        worker = [*_celery(), "worker", "--loglevel", "INFO", "--concurrency", self.environ.get("WORKERS", "2")]
        web = [sys.executable, "-m", "gunicorn", "partybuild.wsgi:application", "--bind", f"{self.address}:{port}"]
        web += ["--worker-class", "gthread", "--workers", self.environ.get("WEB_PROCESSES", "2"), "--threads", "8"]
        web += ["--timeout", "120", "--graceful-timeout", "10", "--no-control-socket", "--preload"]
        self._start_child("worker", [*worker, "--without-gossip", "--without-mingle"], patience=30.0)
        self._start_child("web", web, patience=15.0)

    def _start_beat(self) -> None:
        beat = ["beat", "--loglevel", "INFO", "--schedule", str(VAR / "celerybeat-schedule"), "--pidfile="]
        self._start_child("beat", [*_celery(), *beat])

    def _start_child(self, name: str, command: list[str], *, patience: float = 10.0) -> None:
        child = Child(
            name,
            command,
            LOGS / f"{name}.log",
            PIDS / f"{name}.pid",
            patience=patience,
            # The owner's address is for migrations, not for what answers to the network.
            environ={name: value for name, value in self.environ.items() if name != env.OWNER},
            folder=ROOT,
        )
        self.servers.append(child)
        if name != "web":
            self.follower.add(name, child.log)
        child.start()

    def _wait_until_healthy(self, port: int) -> None:
        deadline = time.monotonic() + HEALTH_SECONDS
        url = f"http://{LOOPBACK if self.address in ('0.0.0.0', '::') else self.address}:{port}/healthz"
        while not _is_healthy(url):
            for child in self._children():
                if not child.is_alive():
                    raise ServiceError(f"{child.name} 没有启动成功，详情见 {child.log}。")
            if time.monotonic() > deadline:
                raise ServiceError(f"平台启动后没有在 {HEALTH_SECONDS:.0f} 秒内就绪，详情见 {LOGS} 下的日志。")
            time.sleep(PAUSE * 10)

    def _children(self) -> Iterator[Child]:
        for server in self.servers:
            child = server if isinstance(server, Child) else server.child
            if child is not None:
                yield child

    def _hold(self, name: str, refusal: str) -> None:
        """Keep a lock until we end; the kernel lets go of it however that happens."""
        lock = (VAR / f"{name}.lock").open("w")
        self.locks.append(lock)
        if not _try_lock(lock):
            raise ServiceError(refusal)

    @contextmanager
    def _lock(self, name: str) -> Iterator[bool]:
        with (VAR / f"{name}.lock").open("w") as lock:
            yield _try_lock(lock)


def serve(supervisor: Supervisor) -> int:
    """Start everything, say so, and stay until a signal comes or a process ends; returns the exit status."""
    try:
        supervisor.start()
        _announce(supervisor)
        supervisor.watch()
    except StopRequestedError:
        say("正在停止……")
    finally:
        ignore_further()
        supervisor.stop()
    say("已全部停止。")
    return 0


def _announce(supervisor: Supervisor) -> None:
    if supervisor.port is None:
        say("数据库和消息服务已启动，manage.py 会自动使用它们。按 Ctrl-C 停止。")
        return
    say("")
    say(f"平台已启动：http://{supervisor.address}:{supervisor.port}/")
    if ACCOUNTS.exists():
        say(f"演示账号见：{_shown(ACCOUNTS)}")
    say("按 Ctrl-C 停止全部服务。")


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _celery() -> list[str]:
    # Trying the portal out as root is nothing to be warned of at each start.
    return [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "-A", "partybuild"]


def _is_healthy(url: str) -> bool:
    try:
        # No proxy between this machine and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(url, timeout=5.0) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _try_lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
