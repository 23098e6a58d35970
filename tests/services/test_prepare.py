"""What a machine may lack, and the one sentence that says so."""

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from services.identity import database_identity
from services.prepare import needs_server_wheels
from tests.harness.checkout import ROOT, Checkout, free_port

# An index that nobody answers at, and none of this machine's own caches or configuration.
NO_INDEX = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": "/dev/null",
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_NO_CACHE_DIR": "1",
    "PIP_RETRIES": "0",
    "UV_OFFLINE": "1",
    "UV_NO_CACHE": "1",
}


@pytest.fixture
def checkout():
    made = []

    def make(**options):
        made.append(Checkout(**options))
        return made[-1]

    yield make
    for one in made:
        one.remove()


def path_without(folder, *names):
    """A PATH with everything this machine has but these programs."""
    folder.mkdir()
    for place in reversed(os.environ["PATH"].split(os.pathsep)):
        for program in Path(place).glob("*") if Path(place).is_dir() else ():
            link = folder / program.name
            if program.name not in names:
                link.unlink(missing_ok=True)
                link.symlink_to(program)
    return str(folder)


def test_a_port_in_use_is_said_before_anything_is_installed(checkout):
    portal = checkout(has_packages=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = portal.make("run", PORT=str(port))

    assert answer.returncode != 0
    assert (
        answer.stderr.splitlines()[0] == f"端口 {port} 已被其他程序占用，请换一个端口，例如 make run PORT={port + 1}。"
    )
    assert answer.stdout == ""
    assert not (portal.root / ".venv").exists()


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1"])
def test_a_port_that_is_none_is_said(checkout, port):
    answer = checkout().make("run", PORT=port)

    assert answer.stderr.splitlines()[0] == f"PORT 应为 1 到 65535 之间的数字，现在是 {port}。"


def test_a_folder_without_the_right_to_write_is_said(checkout):
    portal = checkout()
    portal.root.chmod(0o555)
    # Root may write everywhere, so root asks as somebody else.
    portal.identity = database_identity()

    answer = portal.make("run", PORT=str(free_port()))

    assert answer.returncode != 0
    assert answer.stderr.splitlines()[0] == f"文件夹 {portal.root}/var 不可写入，请检查权限或磁盘空间。"


def test_no_package_index_is_said(checkout):
    portal = checkout(has_packages=False)

    answer = portal.make("run", PORT=str(free_port()), **NO_INDEX)

    assert answer.returncode != 0
    log = portal.root / "var" / "log" / "setup.log"
    assert answer.stderr.splitlines()[0] == (
        f"Python 依赖没有装上，多半是连不上软件包索引：请检查网络或 pip 的镜像设置后再试（详情见 {log}）。"
    )
    assert portal.processes() == []


def test_no_npm_is_said(checkout, tmp_path):
    portal = checkout()
    (portal.root / "node_modules").unlink()

    answer = portal.make(
        "run", PORT=str(free_port()), PATH=path_without(tmp_path / "bin", "npm", "node", "uv"), **NO_INDEX
    )

    assert answer.returncode != 0
    log = portal.root / "var" / "log" / "setup.log"
    assert answer.stderr.splitlines()[0] == (
        f"没有找到 npm，也没能从软件包索引装上它：请安装 Node.js 18 或更新的版本后再试（详情见 {log}）。"
    )


def test_no_npm_registry_is_said(checkout, tmp_path):
    portal = checkout()
    (portal.root / "node_modules").unlink()
    elsewhere = {
        "npm_config_registry": "http://127.0.0.1:9/",
        "npm_config_cache": str(tmp_path),
        "npm_config_offline": "true",
    }

    answer = portal.make("run", PORT=str(free_port()), **elsewhere)

    assert answer.returncode != 0
    assert answer.stderr.splitlines()[0].startswith("前端文件没有装上，多半是连不上 npm 的软件包索引：")


def test_an_old_python_is_said_and_understands_the_sentence():
    entry = ROOT / "services" / "__main__.py"
    ast.parse(entry.read_text(encoding="utf-8"), feature_version=(3, 5))
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_module('services', run_name='__main__')"
    )

    answer = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, check=False)

    assert answer.returncode == 1
    assert answer.stderr.decode() == (
        "需要 Python 3.11 或更新的版本，现在是 3.9：请安装后再试，或用 make PYTHON=/路径/python3 指定。\n"
    )


def test_wheels_are_wanted_only_where_something_is_missing(monkeypatch):
    given = {"DATABASE_URL": "postgres://a", "REDIS_URL": "redis://a"}

    assert needs_server_wheels({"SERVERS": "wheel"})
    assert not needs_server_wheels({"SERVERS": "system"})
    assert not needs_server_wheels({"SERVERS": "wheel"} | given)
    monkeypatch.setattr("services.prepare.find_redis", lambda source: None)
    assert needs_server_wheels({"DATABASE_URL": "postgres://a"})
    assert not needs_server_wheels(given)


def test_a_second_setup_does_nothing_and_is_quick(checkout):
    portal = checkout()
    portal.make("setup")
    written = (
        (portal.root / "var" / "log" / "setup.log").stat() if (portal.root / "var/log/setup.log").exists() else None
    )

    answer = portal.make("setup", seconds=10, **NO_INDEX)

    assert (answer.returncode, answer.stdout) == (0, "准备就绪。\n")
    assert written is None or (portal.root / "var/log/setup.log").stat().st_mtime == written.st_mtime
    assert shutil.which("make")
