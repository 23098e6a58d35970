"""Files of a record: add, say what they prove, remove. Only while the record may be edited."""

from typing import Any

from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from campaigns.actions import records
from campaigns.actions.fingerprints import look
from campaigns.enums import AttachmentSlot
from campaigns.models import Activity, Answer, Attachment, ChecklistItem
from campaigns.rules.activities import EDITABLE, RecordError
from office.actions.files import store_upload
from partybuild.lib import clock

MOST_FILES = 40
_LONGEST_NAME = 255


@transaction.atomic
def add_attachment(
    *,
    by: Actor,
    record: Activity | Answer,
    upload: Any,
    slot: str = AttachmentSlot.EVIDENCE,
    item: ChecklistItem | None = None,
    place: str = "",
) -> Attachment:
    """Keep a file with a record. The same file under the same name twice is one: a repeated upload changes nothing.

    ``place`` is one of the materials that the item names; it holds one file.
    """
    owner = {"activity": record} if isinstance(record, Activity) else {"answer": record}
    file = store_upload(upload)
    record = _editable(record)
    name = upload.name[-_LONGEST_NAME:]
    found = Attachment.objects.filter(**owner, file=file, name=name, item=item, place=place).first()
    if found is not None:
        return found
    if place and (item is None or place not in item.slots):
        raise RecordError("此项没有要求这份材料，请刷新页面后再上传。")
    if place and record.attachments.filter(item=item, place=place).exists():
        raise RecordError(f"“{place}”已有文件。要更换，请先移除原来的。")
    if record.attachments.count() >= MOST_FILES:
        raise RecordError(f"一条记录最多附 {MOST_FILES} 个文件。请合并后再上传。")
    attachment = Attachment.objects.create(
        **owner, file=file, name=name, slot=slot, item=item, place=place, added_at=clock.now(), added_by_id=by.user_id,
        **look(file),
    )  # fmt: skip
    _note(record, "添加附件", by=by, detail={"note": name})
    return attachment


@transaction.atomic
def change_slot(*, by: Actor, attachment: Attachment, slot: str) -> Attachment:
    """Say what a file proves."""
    record = _editable(attachment.record)
    attachment.slot = slot
    attachment.save(update_fields=["slot"])
    _note(record, "修改附件类别", by=by, detail={"note": attachment.name})
    return attachment


@transaction.atomic
def remove_attachment(*, by: Actor, attachment: Attachment) -> None:
    """Take a file off a record; its content stays stored as long as something else names it."""
    record = _editable(attachment.record)
    _note(record, "移除附件", by=by, detail={"note": attachment.name})
    attachment.delete()


def _editable(record: Activity | Answer) -> Activity | Answer:
    record = records.held_row(record)  # type: ignore[type-var]
    if record.status not in EDITABLE:
        raise RecordError(f"这条记录现在是“{record.get_status_display()}”状态，附件不能改动。")
    return record


def _note(record: Activity | Answer, verb: str, *, by: Actor, detail: dict[str, Any]) -> None:
    audit.record(by=by, verb=verb, obj=record, organization=record.organization, detail=detail)
