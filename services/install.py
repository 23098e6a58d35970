"""Bringing the database and the static files up to the code: quick when nothing has changed since the last start."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from services.env import OWNER, act_as_owner
from services.errors import ServiceError
from services.output import say
from services.paths import ROOT, VAR
from services.postgres import Postgres
from services.stamps import Stamps, digest_of_times

APPS = ("partybuild", "branches", "office", "members", "campaigns", "assessments", "desk")
REFUSAL = "CommandError: "
DATABASE_STEPS = (
    ("migrate", "正在更新数据库结构……"),
    ("load_defaults", "正在载入默认规则……"),
    ("load_catalogue", "正在载入活动方案……"),
)


class Installer:
    """The manage.py commands of a start, in their order. The stamps lie with the data and vanish with it."""

    def __init__(self, environ: Mapping[str, str], database: Postgres | None, folder_of_logs: Path) -> None:
        self.environ = environ
        self.database = database
        self.folder_of_logs = folder_of_logs
        self.stamps = Stamps(_stamps_of(environ.get(OWNER) or environ["DATABASE_URL"]))

    def run(self) -> None:
        """Carry out what is not done yet; the static files meanwhile, since they ask nothing of the database."""
        profile = self.environ.get("PROFILE", "")
        static = digest_of_times(_folders(["static"]), (".css", ".js", ".svg", ".map", ".png", ".woff2"), profile)
        collecting = None
        if not self.stamps.is_current("static", static):
            say("正在整理静态文件……")
            collecting = self._begin(["collectstatic", "--no-input", "--clear"])
        try:
            self._bring_up_database(profile)
            if collecting:
                collecting.wait()
                collecting.check()
                self.stamps.set("static", static)
        finally:
            if collecting:
                collecting.end()

    def _bring_up_database(self, profile: str) -> None:
        code = digest_of_times(_folders(APPS), (".py", ".yaml", ".yml", ".json", ".csv"), profile)
        if not self.stamps.is_current("database", code):
            for command, sentence in DATABASE_STEPS:
                self._manage([command], sentence)
            self.stamps.set("database", code)

    def load_demo(self) -> None:
        """On the first start of the profile for trying out: the invented district."""
        scale = self.environ.get("DEMO_SCALE") or "district"
        if self.environ.get("PROFILE") != "demo" or scale == "none" or self.stamps.is_current("demo", "loaded"):
            return
        is_first_filling = self.database is not None and self.database.is_new
        if self.database and is_first_filling:
            self.database.unfinished.touch()
        step = self._manage(["demo", "--scale", scale, "--seed", "1"], "正在生成演示数据……", may_refuse=True)
        if step.is_refused():
            say(f"没有生成演示数据：{step.last_line().removeprefix(REFUSAL)}")
        self.stamps.set("demo", "loaded")
        if self.database and is_first_filling:
            self.database.unfinished.unlink()

    def _manage(self, words: list[str], sentence: str, *, may_refuse: bool = False) -> Step:
        say(sentence)
        step = self._begin(words)
        try:
            step.wait()
            if not (may_refuse and step.is_refused()):
                step.check()
        finally:
            step.end()
        return step

    def _begin(self, words: list[str]) -> Step:
        environ = dict(self.environ)
        act_as_owner(words, environ)
        return Step(words, environ, self.folder_of_logs / f"{words[0]}.log")


class Step:
    """One manage.py command with its words in a log of its own."""

    def __init__(self, words: list[str], environ: Mapping[str, str], log: Path) -> None:
        self.name = words[0]
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=environ,
            )

    def wait(self) -> None:
        """Until it has ended by itself."""
        self.process.wait()

    def check(self) -> None:
        """Refuse to go on when it failed, with its last word."""
        if self.process.returncode:
            raise ServiceError(f"manage.py {self.name} 没有成功，详情见 {self.log}：{self.last_line()}")

    def is_refused(self) -> bool:
        """Whether the command declined in words, which is not the same as breaking down."""
        return self.process.returncode == 1 and self.last_line().startswith(REFUSAL)

    def last_line(self) -> str:
        """The last line of its output."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def end(self) -> None:
        """End it if it still runs: something else has failed, or somebody wants to stop."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def _stamps_of(url: str) -> Path:
    """Where the stamps of this database lie: beside the data of our own server, which has another port each time."""
    own = VAR / "postgres"
    password = own / "password"
    if password.exists() and password.read_text(encoding="utf-8").strip() in url:
        return own / "stamps.json"
    return VAR / f"stamps-{hashlib.sha256(url.encode()).hexdigest()[:12]}.json"


def _folders(names: Iterable[str]) -> list[Path]:
    return [ROOT / name for name in names]
