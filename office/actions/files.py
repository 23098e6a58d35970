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
def store_sealed(upload: Any, name: str | None = None) -> StoredFile:
    """As ``store_upload``, but the file lies encrypted on the disk; opened only by ``office.views.files``."""
    try:
        stored = uploads.store_sealed(upload, name)
    except uploads.UploadError as error:
        raise ValidationError(str(error)) from error
    return StoredFile.objects.create(
        sha256=stored.sha256, size=stored.size, content_type=stored.content_type, extension=stored.extension,
        stored_at=clock.now(), is_sealed=True,
    )  # fmt: skip


@transaction.atomic
def sealed_copy(*, file: StoredFile) -> StoredFile:
    """The same file, lying encrypted; the caller lets go of the open one (``forget_file``)."""
    if file.is_sealed:
        return file
    sha256 = uploads.seal_again(file.sha256, is_sealed=False)
    assert sha256 is not None
    return StoredFile.objects.create(
        sha256=sha256, size=file.size, content_type=file.content_type, extension=file.extension,
        stored_at=file.stored_at, is_sealed=True,
    )  # fmt: skip


def rotate_sealed() -> tuple[int, int]:
    """Put every encrypted file under the first key (``key_rotations``): how many there are, how many were changed.

    Each in a transaction of its own; the file under the older key goes once that is committed.
    """
    seen = changed = 0
    for pk in list(StoredFile.objects.filter(is_sealed=True).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            file = StoredFile.objects.select_for_update().filter(pk=pk).first()
            if file is None:
                continue
            seen += 1
            sha256 = uploads.seal_again(file.sha256, is_sealed=True)
            if sha256 is None:
                continue
            transaction.on_commit(partial(_remove_bytes, file.sha256))
            file.sha256 = sha256
            file.save(update_fields=["sha256"])
            changed += 1
    return seen, changed


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
