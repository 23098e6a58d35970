"""The part of a file that a browser asks for when it resumes a download (RFC 9110, section 14)."""

import re
from typing import NamedTuple

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class ByteRange(NamedTuple):
    """First and last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


class UnsatisfiableError(ValueError):
    """The range lies behind the end of the file."""


def read_range(header: str, size: int) -> ByteRange | None:
    """The one range of the header; None when the whole file is to be sent (no range, several, or not understood)."""
    found = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return _last_bytes(int(last), size)
    if int(first) >= size:
        raise UnsatisfiableError(header)
    if last and int(last) < int(first):
        return None
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


def _last_bytes(count: int, size: int) -> ByteRange:
    if not count or not size:
        raise UnsatisfiableError(f"the last {count} of {size} bytes")
    return ByteRange(max(size - count, 0), size - 1)
