"""Keys that an installation for trying out makes for itself; a real one gets them from its environment."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

from services.paths import ensure_folder, write_private


def local_secret(folder: Path, name: str) -> str:
    """The secret of that name in the folder, made at the first call: 32 random bytes in URL-safe base64."""
    path = folder / name
    if not path.exists():
        ensure_folder(folder)
        fresh = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
        _create_once(path, fresh)
    return path.read_text(encoding="ascii").strip()


def _create_once(path: Path, text: str) -> None:
    """Of several processes that start together, the first one's secret stays."""
    scratch = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_private(scratch, text + "\n")
    try:
        path.hardlink_to(scratch)
    except FileExistsError:
        pass
    finally:
        scratch.unlink()
