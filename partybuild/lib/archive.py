"""Zip files that people send (docx, xlsx, pptx): their table of contents, checked before anything is unpacked."""

import zipfile
import zlib
from pathlib import Path
from typing import IO

MAX_ENTRIES = 5_000
MAX_UNZIPPED = 600 * 1024 * 1024
# Spreadsheets of one repeated value reach 40; a bomb starts at some hundreds.
MAX_RATIO = 150
_SMALL = 20 * 1024 * 1024
_CHUNK = 1 << 20


class ArchiveError(Exception):
    """The file cannot be opened as an archive."""


class ArchiveTooLargeError(ArchiveError):
    """The archive would unpack to more than a document ever holds."""


class ArchiveLockedError(ArchiveError):
    """An entry asks for a password."""


def check_archive(source: Path | IO[bytes], size: int) -> frozenset[str]:
    """The names in the archive. Too many entries, too much to unpack or doubled names are refused."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError("not an archive") from error
    names = frozenset(entry.filename for entry in entries)
    unzipped = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unzipped > MAX_UNZIPPED:
        raise ArchiveTooLargeError(f"{len(entries)} entries, {unzipped} bytes")
    if unzipped > _SMALL and unzipped > MAX_RATIO * max(size, 1):
        raise ArchiveTooLargeError(f"unpacks {unzipped // max(size, 1)} times")
    if len(names) != len(entries):
        raise ArchiveError("two entries have one name")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise ArchiveLockedError("encrypted entries")
    return names


def check_no_entities(source: Path | IO[bytes], limit: int) -> None:
    """Refuse a document type in any XML part, whose entities could grow without end or name other files."""
    left = limit
    try:
        with zipfile.ZipFile(source) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(entry) as stream:
                        left = _scan(stream, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError("a part cannot be unpacked") from error


def _scan(stream: IO[bytes], left: int) -> int:
    """Go through a part; how many bytes are left to unpack."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise ArchiveTooLargeError("its XML is too large")
        text = rest + chunk.replace(b"\0", b"")  # UTF-16 hides nothing
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ArchiveError("a part has a document type")
        rest = text[-16:]
    return left
