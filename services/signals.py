"""Ctrl-C and the signals of a shutdown, turned into one exception that unwinds whatever we are doing."""

from __future__ import annotations

import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_is_heard = False


class StopRequestedError(BaseException):
    """Somebody pressed Ctrl-C or sent a signal; not an Exception, so that nothing on the way swallows it."""


def listen() -> None:
    """From here on the first signal raises `StopRequestedError`.

    A job in the background inherits SIGINT ignored, and its children would too: hence a handler for every signal.
    """
    for number in STOPPING:
        signal.signal(number, _on_signal)


def ignore_further() -> None:
    """We are stopping already: another signal must not interrupt that."""
    global _is_heard
    _is_heard = True


def _on_signal(number: int, frame: FrameType | None) -> None:
    global _is_heard
    if not _is_heard:
        _is_heard = True
        raise StopRequestedError
