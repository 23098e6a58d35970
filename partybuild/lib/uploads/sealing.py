"""Files that lie encrypted on the disk: chunk by chunk under the keys of personal data (``FIELD_KEYS``).

A sealed file is a mark, then tokens, each after its length. A token holds the file's random name, its number and
whether it is the last, so that chunks of another file, in another order or cut off are refused. The hash that names the
file is that of what lies on the disk.
"""

import secrets
import struct
from collections.abc import Iterator
from io import BufferedReader
from typing import IO

from partybuild.lib import crypto

MARK = b"PBSEAL1\n"
CHUNK = 1 << 18
_LENGTH = struct.Struct(">I")
_HEAD = struct.Struct(">16sQ?")


class SealError(Exception):
    """What lies on the disk is no sealed file, or not as it was written."""


def seal_chunks(plain: IO[bytes]) -> Iterator[bytes]:
    """What to write so that the content lies encrypted under the first key."""
    yield MARK
    name, number = secrets.token_bytes(16), 0
    chunk = plain.read(CHUNK)
    while True:
        following = plain.read(CHUNK)
        token = crypto.encrypt_bytes(_HEAD.pack(name, number, not following) + chunk)
        yield _LENGTH.pack(len(token)) + token
        if not following:
            return
        chunk, number = following, number + 1


def is_current(sealed: IO[bytes]) -> bool:
    """Whether the first key made this file; reads its beginning."""
    _read_mark(sealed)
    return crypto.is_current(_token(sealed).decode("ascii"))


class SealedReader:
    """The content of a sealed file, decrypted as it is read; goes forward only."""

    def __init__(self, sealed: BufferedReader) -> None:
        self._sealed = sealed
        self._name, self._number, self._ended, self._left = b"", 0, False, b""
        _read_mark(sealed)

    def read(self, count: int = -1) -> bytes:
        """So many bytes of the content, fewer at its end only; all that is left without a count."""
        parts, wanted = [], count
        while (wanted or count < 0) and (self._left or self._fill()):
            part = self._left if count < 0 else self._left[:wanted]
            self._left = self._left[len(part) :]
            wanted -= len(part) if count >= 0 else 0
            parts.append(part)
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Leave out so many bytes."""
        while count > 0 and (skipped := self.read(min(count, CHUNK))):
            count -= len(skipped)

    def close(self) -> None:
        self._sealed.close()

    def _fill(self) -> bool:
        """Decrypt the next chunk; False at the end."""
        if self._ended:
            return False
        plain = crypto.decrypt_bytes(_token(self._sealed))
        name, number, is_last = _HEAD.unpack_from(plain)
        if number != self._number or (number and name != self._name):
            raise SealError("a chunk is not in its place")
        self._name, self._number, self._ended = name, number + 1, is_last
        self._left = plain[_HEAD.size :]
        return bool(self._left)


def _read_mark(sealed: IO[bytes]) -> None:
    if sealed.read(len(MARK)) != MARK:
        raise SealError("not a sealed file")


def _token(sealed: IO[bytes]) -> bytes:
    head = sealed.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise SealError("the file is cut off")
    (length,) = _LENGTH.unpack(head)
    token = sealed.read(length) if length <= 2 * CHUNK else b""
    if len(token) != length or not token:
        raise SealError("the file is cut off")
    return token
