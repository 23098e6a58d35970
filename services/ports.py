"""Ports on the loopback address."""

from __future__ import annotations

import errno
import socket

from services.errors import ServiceError

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port that nobody uses at this moment; another program may still take it first, so callers try again."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def require_port(address: str, port: int) -> None:
    """Refuse a port that is taken or that we may not use, before anything else is started."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ServiceError(
                    f"端口 {port} 已被其他程序占用，请换一个端口，例如 make run PORT={port + 1}。"
                ) from error
            raise ServiceError(f"端口 {port} 无法使用，请换一个端口，例如 make run PORT=8000。") from error
