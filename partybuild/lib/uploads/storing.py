"""Puts files under ``MEDIA_ROOT``/ab/cdef…, named by their SHA-256, so that each is there whole or not at all."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from partybuild.lib.uploads.kinds import Kind, UploadError, kind_of
from partybuild.lib.uploads.sealing import SealedReader, is_current, seal_chunks

_CHUNK = 1 << 18
_MAX_BYTES = 50 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INCOMING = "incoming"
_NO_SPACE = "存储空间不足，文件没有保存，请联系系统管理员。"
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Stored:
    """A file that is on the disk for good. The content type is ours, never the one declared."""

    sha256: str
    size: int
    content_type: str
    extension: str
    is_image: bool


def store(upload: Any, name: str | None = None, declared_type: str | None = None) -> Stored:
    """Check and store an uploaded file, or any file open for reading in bytes; raises ``UploadError`` in Chinese.

    When it returns, file and folder have reached the disk. The same content twice is one file, with a fresh time, so
    that whoever sweeps files that no row names leaves it alone.
    """
    name = name if name is not None else upload.name
    declared_type = declared_type or getattr(upload, "content_type", None)
    incoming = _root() / _INCOMING
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=incoming)
        try:
            return _store(handle, Path(temporary), _chunks(upload), name, declared_type)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as error:
        if error.errno in _FULL:
            raise UploadError(_NO_SPACE) from error
        raise


def store_sealed(upload: Any, name: str | None = None, declared_type: str | None = None) -> Stored:
    """As ``store``, but it lies encrypted: hash of what lies there, size and type of the content.

    To be judged the content stands in the folder of what is coming in for as long as this takes.
    """
    name = name if name is not None else upload.name
    incoming = _root() / _INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    handle, plain = tempfile.mkstemp(dir=incoming)
    try:
        stored = _judged(handle, Path(plain), _chunks(upload), name, declared_type)
        with Path(plain).open("rb") as stream:
            return replace(stored, sha256=_put_sealed(stream))
    except OSError as error:
        if error.errno in _FULL:
            raise UploadError(_NO_SPACE) from error
        raise
    finally:
        os.unlink(plain)


def seal_again(sha256: str, *, is_sealed: bool) -> str | None:
    """A sealed copy under the first key of a file that lies open, or sealed under an older key: its hash.

    None where it lies under the first key already. The caller takes the old one away when its rows name the new one.
    """
    if is_sealed:
        with open(sha256) as stream:
            if is_current(stream):
                return None
    reader = open_sealed(sha256) if is_sealed else open(sha256)
    try:
        return _put_sealed(reader)  # type: ignore[arg-type]
    finally:
        reader.close()


def open_sealed(sha256: str) -> SealedReader:
    """The content of a file that lies encrypted."""
    return SealedReader(open(sha256))


def path_of(sha256: str) -> Path:
    """Where the file of this hash is, or would be."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return _root() / sha256[:2] / sha256[2:]


def open(sha256: str) -> BufferedReader:
    """The stored file, for reading."""
    return path_of(sha256).open("rb")


def is_intact(sha256: str) -> bool:
    """Whether the file is there and its content still has this hash."""
    try:
        with open(sha256) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def stored_hashes() -> Iterator[str]:
    """The hashes of all files there, in order."""
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            if _SHA256.fullmatch(folder.name + path.name):
                yield folder.name + path.name


def remove(sha256: str) -> None:
    """Take away a file that no row names any more, with its thumbnail."""
    path = path_of(sha256)
    for each in (path, thumbnail_path(sha256)):
        each.unlink(missing_ok=True)


def remove_unfinished(before: datetime) -> int:
    """Take away what uploads that died left before the moment; how many that were."""
    count = 0
    for path in (_root() / _INCOMING).glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                count += 1
    return count


def thumbnail_path(sha256: str) -> Path:
    """Where the thumbnail of an image is, or would be: beside it."""
    path = path_of(sha256)
    return path.with_name(path.name + ".thumbnail.jpg")


def put_in_place(temporary: Path, path: Path) -> None:
    """Move a finished file to its place so that a power cut leaves it there whole or not at all."""
    is_new = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    os.replace(temporary, path)
    _sync_folder(path.parent)
    if is_new:
        _sync_folder(path.parent.parent)


def _store(handle: int, temporary: Path, chunks: Iterable[bytes], name: str, declared_type: str | None) -> Stored:
    stored = _judged(handle, temporary, chunks, name, declared_type)
    put_in_place(temporary, path_of(stored.sha256))
    return stored


def _judged(handle: int, temporary: Path, chunks: Iterable[bytes], name: str, declared_type: str | None) -> Stored:
    """Write what comes in and say what it is; it has reached the disk, not its place."""
    digest, size = hashlib.sha256(), 0
    cap = getattr(settings, "UPLOAD_MAX_BYTES", _MAX_BYTES)
    with os.fdopen(handle, "wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > cap:
                raise UploadError(f"文件超过 {cap // 1024 // 1024} MB，请压缩或拆分后再上传。")
            digest.update(chunk)
            stream.write(chunk)
        if not size:
            raise UploadError("文件是空的，请重新选择。")
        stream.flush()
        kind: Kind = kind_of(temporary, name, declared_type)
        os.fchmod(stream.fileno(), 0o640)
        os.fsync(stream.fileno())
    return Stored(digest.hexdigest(), size, kind.content_type, kind.extension, kind.is_image)


def _put_sealed(plain: IO[bytes]) -> str:
    """Write a content encrypted to its place; the hash of what lies there."""
    incoming, digest = _root() / _INCOMING, hashlib.sha256()
    incoming.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in seal_chunks(plain):
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fchmod(stream.fileno(), 0o640)
            os.fsync(stream.fileno())
        put_in_place(Path(temporary), path_of(digest.hexdigest()))
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    return digest.hexdigest()


def _chunks(upload: Any) -> Iterator[bytes]:
    if hasattr(upload, "chunks"):
        yield from upload.chunks(_CHUNK)
        return
    while chunk := upload.read(_CHUNK):
        yield chunk


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)
