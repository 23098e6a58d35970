"""What only the system's packages have: Chromium, Chinese fonts, and the servers that SERVERS=system means."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

from services.binaries import find_postgres, find_redis
from services.output import say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ADVICE = "浏览器测试需要 Chromium 和中文字体：请以 root 执行 apt-get install -y chromium fonts-noto-cjk"


def install_for_tests() -> None:
    """Install what is missing where we may; what stays missing is said by the tests that need it."""
    missing = list(missing_packages())
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say(f"正在安装系统软件包：{' '.join(missing)}……")
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *missing)
    if left := list(missing_packages()):
        say(f"系统软件包没有装上：{' '.join(left)}，需要它们的测试会失败并说明原因。")


def missing_packages() -> Iterator[str]:
    """Debian's names of what the tests want and this machine has not."""
    if not find_chromium():
        yield "chromium"
    if not has_chinese_font():
        yield "fonts-noto-cjk"
    if not find_postgres("system"):
        yield "postgresql"
    if not find_redis("system"):
        yield "redis-server"


def find_chromium() -> str | None:
    """The path of the system's Chromium."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def has_chinese_font() -> bool:
    """Whether a browser here shows Chinese letters and not boxes."""
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, check=False)
    return bool(answer.stdout.strip())


def _apt(*words: str) -> None:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    silence = subprocess.DEVNULL
    subprocess.run(["apt-get", "-qq", *words], stdin=silence, stdout=silence, stderr=silence, env=environ, check=False)
