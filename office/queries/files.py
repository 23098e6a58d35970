"""What is known of stored files."""

from typing import Any

from office.models import StoredFile
from partybuild.lib import uploads

_CHUNK = 1 << 18


def is_content_of(upload: Any, file: StoredFile) -> bool:
    """Whether a stored file, encrypted or not, holds just what is being uploaded; the upload is read from its start
    and left there. Of what lies encrypted the hash does not tell, so the bytes are compared."""
    if upload.size != file.size:
        return False
    try:
        stored = uploads.open_sealed(file.sha256) if file.is_sealed else uploads.open(file.sha256)
    except FileNotFoundError:
        return False
    upload.seek(0)
    try:
        while chunk := upload.read(_CHUNK):
            if stored.read(len(chunk)) != chunk:
                return False
        return True
    finally:
        upload.seek(0)
        stored.close()
