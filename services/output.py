"""What a person at the terminal sees: our own sentences, and the lines of each process behind its name."""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path
from typing import IO

PAUSE = 0.2
WIDTH = 8
_lock = threading.Lock()


def use_utf8() -> None:
    """Chinese on the terminal whatever the machine's locale is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def say(sentence: str, *, stream: IO[str] | None = None) -> None:
    """Print a sentence; a terminal that has gone away is no reason to leave processes behind."""
    with _lock, contextlib.suppress(OSError, ValueError):
        print(sentence, file=stream or sys.stdout, flush=True)


class Follower:
    """Prints what processes add to their logs, each line behind the name of its process.

    The processes write to the files themselves, so nothing of theirs waits for us or is lost with us.
    """

    def __init__(self) -> None:
        self._files: dict[str, IO[bytes]] = {}
        self._pieces: dict[str, bytes] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def add(self, name: str, log: Path) -> None:
        """Follow this log from its present end."""
        log.touch()
        file = log.open("rb")
        file.seek(0, 2)
        self._files[name] = file

    def start(self) -> None:
        """Begin to print."""
        self._thread.start()

    def stop(self) -> None:
        """Print what is left and end."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(timeout=2.0)
        for file in self._files.values():
            file.close()

    def _follow(self) -> None:
        while not self._end.wait(PAUSE):
            self._print_new()
        self._print_new()

    def _print_new(self) -> None:
        for name, file in list(self._files.items()):
            *lines, rest = (self._pieces.get(name, b"") + file.read()).split(b"\n")
            self._pieces[name] = rest
            for line in lines:
                say(f"{name:<{WIDTH}} | {line.decode('utf-8', 'replace')}")
