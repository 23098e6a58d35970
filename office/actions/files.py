"""Files that people send, kept once by their content."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from office.models import StoredFile
from partybuild.lib import clock, uploads


@transaction.atomic
def store_upload(upload: Any, name: str | None = None) -> StoredFile:
    """Check and keep an uploaded file, or any file open for reading in bytes; refuses with a sentence in Chinese.

    The same content twice is one row. The name belongs to what the file is attached to, and so does the audit row.
    """
    try:
        stored = uploads.store(upload, name)
    except uploads.UploadError as error:
        raise ValidationError(str(error)) from error
    file, _ = StoredFile.objects.get_or_create(
        sha256=stored.sha256,
        defaults={
            "size": stored.size,
            "content_type": stored.content_type,
            "extension": stored.extension,
            "stored_at": clock.now(),
        },
    )
    return file


@transaction.atomic
def forget_file(*, file: StoredFile) -> bool:
    """Take away a file that no attachment names any more, the bytes once that is committed; False while one does."""
    try:
        with transaction.atomic():
            file.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(_remove_bytes, file.sha256))
    return True


def _remove_bytes(sha256: str) -> None:
    """Unless the same content came in again meanwhile."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        uploads.remove(sha256)
