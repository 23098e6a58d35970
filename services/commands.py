"""The commands behind the Makefile."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from services.errors import ServiceError
from services.output import say, use_utf8
from services.paths import ROOT, VENV
from services.prepare import prepare
from services.signals import StopRequestedError, listen


def run(words: Sequence[str]) -> int:
    """Carry out one command; returns its exit status."""
    use_utf8()
    options = _parser().parse_args(words)
    os.chdir(ROOT)
    listen()
    try:
        return _carry_out(options)
    except ServiceError as error:
        say(str(error), stream=sys.stderr)
        return 1
    except StopRequestedError:
        say("已停止。", stream=sys.stderr)
        return 130


def _carry_out(options: argparse.Namespace) -> int:
    if options.command == "setup":
        if options.tests:
            from services.machine import install_for_tests

            install_for_tests()
        prepare(for_tests=options.tests, for_bench=options.bench)
        say("准备就绪。")
        return 0
    from services.supervisor import Supervisor, serve

    # Said before anything is installed: whoever has to change the port should not wait for it.
    supervisor = Supervisor(port=_port() if options.command == "run" else None)
    supervisor.check_first()
    interpreter = prepare()
    if Path(sys.prefix).resolve() != VENV.resolve():
        # The same process goes on inside the virtual environment, where the wheels are.
        os.execv(interpreter, [str(interpreter), "-m", "services", options.command])
    return serve(supervisor)


def _port() -> int:
    """The port that PORT asks for."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise ServiceError(f"PORT 应为 1 到 65535 之间的数字，现在是 {value}。")
    return int(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services", description="准备并启动平台所需的各项服务。")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    setup = commands.add_parser("setup", help="补齐缺少的依赖")
    setup.add_argument("--tests", action="store_true", help="连同测试所需的依赖")
    setup.add_argument("--bench", action="store_true", help="连同性能测量所需的依赖")
    commands.add_parser("run", help="启动整个平台（端口由 PORT 指定，默认 8000）")
    commands.add_parser("services", help="只启动数据库和消息服务")
    return parser
