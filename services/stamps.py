"""Remembering what has been done, by a digest of what it was done from, so that a second start is quick."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest_of_contents(files: Iterable[Path], *extra: str) -> str:
    """A digest of the files' contents and of further words."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes() if file.exists() else b"")
        total.update(b"\0")
    total.update("\0".join(extra).encode())
    return total.hexdigest()


def digest_of_times(folders: Iterable[Path], suffixes: tuple[str, ...], *extra: str) -> str:
    """A digest of the names, sizes and times of all files below the folders; quicker than reading them."""
    total = hashlib.sha256("\0".join(extra).encode())
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in suffixes and file.is_file():
                state = file.stat()
                total.update(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\0".encode(errors="surrogateescape"))
    return total.hexdigest()


class Stamps:
    """A small file of `what: digest`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def is_current(self, what: str, digest: str) -> bool:
        """Whether this was done from exactly the same."""
        return self._read().get(what) == digest

    def set(self, what: str, digest: str) -> None:
        """Remember that it is done."""
        content = self._read() | {what: digest}
        scratch = self.path.with_name(f"{self.path.name}.new")
        scratch.write_text(json.dumps(content, indent=1), encoding="utf-8")
        scratch.replace(self.path)

    def _read(self) -> dict[str, str]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}
