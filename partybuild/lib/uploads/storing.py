"""Puts files under ``MEDIA_ROOT``/ab/cdef…, named by their SHA-256, so that each is there whole or not at all."""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.conf import settings

from partybuild.lib.uploads.kinds import Kind, UploadError, kind_of

_CHUNK = 1 << 18
_MAX_BYTES = 50 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INCOMING = "incoming"
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
            raise UploadError("存储空间不足，文件没有保存，请联系系统管理员。") from error
        raise


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
    put_in_place(temporary, path_of(digest.hexdigest()))
    return Stored(digest.hexdigest(), size, kind.content_type, kind.extension, kind.is_image)


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
