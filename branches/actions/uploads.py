"""Workbooks that are imported: checked, kept until somebody confirms, written in one transaction."""

import errno
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from branches.actions import audit
from branches.enums import ImportKind, ImportStatus
from branches.models import Organization, Upload
from branches.permissions import Actor, Permission
from branches.rules.uploads import ImportResult, mask_values
from partybuild.lib import clock
from partybuild.lib.workbook import Column, Match, Table, WorkbookError, read_table, write_error_report

KEPT = timedelta(days=7)
"""How long a checked workbook waits, and the rows that failed can be fetched."""

_SHOWN = 500
CHANGED_MEANWHILE = "导入期间数据有变动，没有导入，请重新确认。"
_TAKEN_AWAY = "文件已超过保存期限，请重新上传。"


class Run(Protocol):
    """Judges the rows of a table and, when asked, writes the good ones."""

    def __call__(self, *, by: Actor, table: Table, under: Organization | None, write: bool) -> ImportResult: ...


@dataclass(frozen=True)
class Importer:
    """How one kind of workbook is imported."""

    kind: ImportKind
    permission: Permission
    verb: str
    columns: Sequence[Column]
    run: Run
    not_taken: frozenset[str] = frozenset()
    # Fields whose values are personal: they are not kept readable with the result.
    private: frozenset[str] = frozenset()
    example: Sequence[str] = ()


class _TakenBackError(Exception):
    """Ends the transaction without a trace."""


def read(path: str | Path, importer: Importer) -> Table:
    """The table of a workbook; refuses a bad file and one that lacks a column that is needed."""
    try:
        table = read_table(path, importer.columns)
    except WorkbookError as error:
        raise ValidationError({"file": str(error)}) from error
    if table.missing:
        shown = "、".join(column.title for column in table.missing)
        raise ValidationError({"file": f"表中没有这些列：{shown}。请补上后再上传。"})
    return table


def import_table(
    *,
    by: Actor,
    importer: Importer,
    table: Table,
    under: Organization | None,
    all_or_nothing: bool = False,
    dry_run: bool = False,
    obj: Model | None = None,
) -> ImportResult:
    """Import the good rows in one transaction, or none when ``all_or_nothing`` and one is bad; one audit entry.

    ``dry_run`` only judges.
    """
    if dry_run:
        with _no_collection():
            result = importer.run(by=by, table=table, under=under, write=False)
        return result.taken_back() if all_or_nothing and result.failed else result
    try:
        with transaction.atomic():
            with _no_collection():
                result = importer.run(by=by, table=table, under=under, write=True)
            if all_or_nothing and result.failed:
                raise _TakenBackError
            counts = {key: value for key, value in result.as_dict().items() if key != "errors"}
            audit.record(by=by, verb=importer.verb, obj=obj, organization=under, detail=counts)
    except _TakenBackError:
        return result.taken_back()
    except IntegrityError as error:
        raise ValidationError(CHANGED_MEANWHILE) from error
    return result


@contextmanager
def _no_collection() -> Iterator[None]:
    """Rows make no cycles; to look for some again and again through all that is held is a third of the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_upload(
    *, by: Actor, importer: Importer, under: Organization, file: Any, name: str, all_or_nothing: bool
) -> Upload:
    """Judge an uploaded workbook and keep it until it is confirmed; nothing of it is imported yet."""
    assert by.user_id is not None
    sweep_uploads()
    upload = Upload(
        kind=importer.kind, user_id=by.user_id, organization=under, name=name[-255:], all_or_nothing=all_or_nothing,
        uploaded_at=clock.now(),
    )  # fmt: skip
    try:
        _keep(file, source_of(upload))
        table = read(source_of(upload), importer)
        result = import_table(by=by, importer=importer, table=table, under=under, dry_run=True)
        upload.result = _kept_result(importer, table, result)
        _write_report(upload, table, result)
        with transaction.atomic():
            upload.save()
            audit.record(by=by, verb=f"{importer.verb}：上传", obj=upload, organization=under)
    except BaseException:
        _forget(upload)
        raise
    return upload


def confirm_upload(*, by: Actor, importer: Importer, upload: Upload) -> Upload:
    """Import what was checked; only for whom it was uploaded. A second time it changes nothing."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update(of=("self",)).select_related("organization").get(pk=upload.pk)
        if upload.user_id != by.user_id:
            raise PermissionDenied
        if upload.status == ImportStatus.DONE:
            return upload
        if upload.status == ImportStatus.DROPPED or not source_of(upload).exists():
            raise ValidationError(_TAKEN_AWAY)
        table = read(source_of(upload), importer)
        result = import_table(
            by=by, importer=importer, table=table, under=upload.organization, all_or_nothing=upload.all_or_nothing,
            obj=upload,
        )  # fmt: skip
        _write_report(upload, table, result)
        _finish(upload, ImportStatus.DONE, _kept_result(importer, table, result))
        transaction.on_commit(lambda: source_of(upload).unlink(missing_ok=True))
    return upload


@transaction.atomic
def drop_upload(*, by: Actor, importer: Importer, upload: Upload) -> Upload:
    """Give up what was checked and take the file away; only for whom it was uploaded."""
    upload = Upload.objects.select_for_update(of=("self",)).select_related("organization").get(pk=upload.pk)
    if upload.user_id != by.user_id:
        raise PermissionDenied
    if upload.status == ImportStatus.CHECKED:
        _finish(upload, ImportStatus.DROPPED, {})
        audit.record(by=by, verb=f"{importer.verb}：放弃", obj=upload, organization=upload.organization)
        transaction.on_commit(lambda: _forget(upload))
    return upload


@transaction.atomic
def sweep_uploads() -> int:
    """Drop what nobody confirmed for ``KEPT``, and take its files and old reports away; how many were dropped."""
    before = clock.now() - KEPT
    waiting = Upload.objects.filter(status=ImportStatus.CHECKED, uploaded_at__lt=before)
    count = waiting.update(status=ImportStatus.DROPPED, finished_at=clock.now(), result={})
    for path in _folder().glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
    return count


def source_of(upload: Upload) -> Path:
    """Where the uploaded workbook waits."""
    return _folder() / f"{upload.token}.source"


def report_of(upload: Upload) -> Path:
    """Where the workbook of the rows that failed is, when some did."""
    return _folder() / f"{upload.token}.report"


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def _keep(file: Any, path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise ValidationError({"file": "存储空间不足，文件没有保存，请联系系统管理员。"}) from error
        raise


def _forget(upload: Upload) -> None:
    source_of(upload).unlink(missing_ok=True)
    report_of(upload).unlink(missing_ok=True)


def _write_report(upload: Upload, table: Table, result: ImportResult) -> None:
    if not result.failed:
        report_of(upload).unlink(missing_ok=True)
        return
    report_of(upload).touch(mode=0o600)
    with report_of(upload).open("wb") as stream:
        write_error_report(stream, table, result.errors)


def _finish(upload: Upload, status: ImportStatus, result: dict[str, Any]) -> None:
    upload.status, upload.finished_at, upload.result = status, clock.now(), result
    upload.save(update_fields=["status", "finished_at", "result"])


def _kept_result(importer: Importer, table: Table, result: ImportResult) -> dict[str, Any]:
    """What the pages show: counts, how headings were matched, the first errors and notes without personal numbers."""
    private = {
        heading.text
        for sheet in table.sheets
        for name, heading in sheet.headings.matched.items()
        if name in importer.private
    }
    return {
        **result.as_dict(),
        "rows": result.created + result.updated + result.unchanged + result.failed,
        "error_count": len(result.errors),
        "errors": [mask_values(error, private) for error in result.errors[:_SHOWN]],
        "note_count": len(result.notes),
        "notes": [mask_values(note, private) for note in result.notes[:_SHOWN]],
        "sheets": [_sheet(importer, sheet) for sheet in table.sheets],
        "skipped_sheets": list(table.skipped_sheets),
    }


def _sheet(importer: Importer, sheet: Any) -> dict[str, Any]:
    titles = {column.field: column.title for column in importer.columns}
    headings = [
        {
            "letter": heading.letter, "text": heading.text, "title": titles[name], "how": heading.how.label,
            "is_guess": heading.how == Match.NEAREST, "is_taken": name not in importer.not_taken,
            "place": heading.column,
        }
        for name, heading in sheet.headings.matched.items()
    ]  # fmt: skip
    return {
        "name": sheet.name,
        "row": sheet.heading_row,
        "headings": sorted(headings, key=lambda one: one["place"]),
        "ignored": list(sheet.headings.ignored),
    }
