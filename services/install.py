"""Bringing the database and the static files up to the code: quick when nothing has changed since the last start."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from services.errors import ServiceError
from services.output import say
from services.paths import ROOT
from services.stamps import Stamps, digest_of_times

APPS = ("partybuild", "branches", "office", "members", "campaigns", "assessments", "desk")
DATABASE_STEPS = (
    ("migrate", "正在更新数据库结构……"),
    ("load_defaults", "正在载入默认规则……"),
    ("load_catalogue", "正在载入活动方案……"),
)


class Installer:
    """The manage.py commands of a start, in their order. The stamps lie with the data and vanish with it."""

    def __init__(self, environ: Mapping[str, str], folder: Path, log: Path) -> None:
        self.environ = environ
        self.log = log
        key = hashlib.sha256(environ["DATABASE_URL"].encode()).hexdigest()[:12]
        # Our own server has another port each time, so its URL cannot name the database; its folder does.
        is_own = (folder / "password").exists()
        self.stamps = Stamps(folder / ("stamps.json" if is_own else f"stamps-{key}.json"))

    def run(self) -> None:
        """Carry out what is not done yet."""
        profile = self.environ.get("PROFILE", "")
        code = digest_of_times(_folders(APPS), (".py", ".yaml", ".yml", ".json", ".csv"), profile)
        if not self.stamps.is_current("database", code):
            for command, sentence in DATABASE_STEPS:
                self._manage([command], sentence)
            self.stamps.set("database", code)
        static = digest_of_times(_folders(["static"]), (".css", ".js", ".svg", ".map", ".png", ".woff2"), profile)
        if not self.stamps.is_current("static", static):
            self._manage(["collectstatic", "--no-input", "--clear"], "正在整理静态文件……")
            self.stamps.set("static", static)
        scale = self.environ.get("DEMO_SCALE") or "district"
        if profile == "demo" and scale != "none" and not self.stamps.is_current("demo", "loaded"):
            self._manage(["demo", "--scale", scale, "--seed", "1"], "正在生成演示数据……")
            self.stamps.set("demo", "loaded")

    def _manage(self, words: list[str], sentence: str) -> None:
        say(sentence)
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        with self.log.open("ab") as log:
            log.write(f"$ manage.py {' '.join(words)}\n".encode())
            log.flush()
            begins = log.tell()
            answer = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=self.environ, check=False
            )
        if answer.returncode:
            with self.log.open("rb") as written:
                written.seek(begins)
                words_of_end = written.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            reason = words_of_end[0] if words_of_end else ""
            raise ServiceError(f"manage.py {words[0]} 没有成功，详情见 {self.log}：{reason}")


def _folders(names: Iterable[str]) -> list[Path]:
    return [ROOT / name for name in names]
