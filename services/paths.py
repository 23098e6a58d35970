"""Where things lie in this checkout."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from services.errors import ServiceError

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
VENV = ROOT / ".venv"


def ensure_folder(folder: Path, *, mode: int = 0o755) -> Path:
    """Create the folder when it is missing and make sure that we may write in it."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise ServiceError(f"文件夹 {folder} 不可写入，请检查权限或磁盘空间。") from error


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; nobody but its owner can read it, not even for a moment."""
    scratch = path.with_name(f"{path.name}.{os.getpid()}.new")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    scratch.replace(path)
