"""The only clock of the portal. Ruff bans every other one."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")
_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The moment, in Asia/Shanghai; the moment written in ``CLOCK_FILE`` when that file is there.

    The file is read at each call, so that one write moves every process at once.
    """
    if (pretended := _pretended.get()) is not None:
        return pretended
    path = _clock_file()
    if path is not None:
        try:
            written = path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            written = ""
        if written:
            return in_zone(datetime.fromisoformat(written))
    return datetime.now(ZONE)


@contextmanager
def pretending(moment: datetime) -> Iterator[None]:
    """Within the block, and in this thread alone, it is that moment: for writing invented history."""
    token = _pretended.set(in_zone(moment))
    try:
        yield
    finally:
        _pretended.reset(token)


def today() -> date:
    """The day in Asia/Shanghai."""
    return now().date()


def in_zone(moment: datetime) -> datetime:
    """The same moment in Asia/Shanghai; a naive one is taken as told there."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=ZONE)
    return moment.astimezone(ZONE)


def start_of_day(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time.min, tzinfo=ZONE)


def end_of_day(day: date) -> datetime:
    """The last moment of a day: a deadline is the end of its day."""
    return datetime.combine(day, time.max, tzinfo=ZONE)


def move_to(moment: datetime | None) -> None:
    """Write the moment into ``CLOCK_FILE``; None gives the real time back. For trying out and for tests."""
    path = _clock_file()
    if path is None:
        raise RuntimeError("CLOCK_FILE is not set: the clock cannot be moved")
    # A reader must never see half a line, hence the rename.
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write("" if moment is None else in_zone(moment).isoformat())
    os.replace(temporary, path)


def _clock_file() -> Path | None:
    value = getattr(settings, "CLOCK_FILE", None)
    return Path(value) if value else None
