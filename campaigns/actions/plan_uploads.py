"""A draft from a document that somebody sends or pastes. Source: X01."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.plan_drafts import save_draft
from campaigns.models import PlanDraft
from campaigns.models.plan_draft import LONGEST_TEXT
from campaigns.queries.plan_files import stream_text
from campaigns.rules.plan_drafts.states import PlanDraftError
from campaigns.rules.reading.reader import read_plan
from campaigns.rules.reading.shapes import Reading, ReadingError
from office.actions.files import store_upload
from office.queries.rules import rule_table
from partybuild.lib import clock

SHORTEST_TEXT = 20


@transaction.atomic
def draft_from_document(*, by: Actor, issuer: Organization, file: Any = None, text: str = "") -> PlanDraft:
    """Keep the document, read it and keep what was found; refuses a document that cannot be read."""
    field = "file" if file else "text"
    try:
        stored = store_upload(file) if file else None
        reading = _read(file, text)
        name = file.name if file else ""
        return save_draft(by=by, issuer=issuer, text=reading.text, reading=reading, file=stored, file_name=name)
    except (ReadingError, PlanDraftError) as error:
        raise ValidationError({field: str(error)}) from error
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def _read(file: Any, text: str) -> Reading:
    if file:
        file.seek(0)
        text = stream_text(file, file.name)
    if len(text) > LONGEST_TEXT:
        raise PlanDraftError(f"方案共 {len(text):,} 字，超过 {LONGEST_TEXT:,} 字。请分成几份分别生成。")
    if len(text.strip()) < SHORTEST_TEXT:
        empty = "文件中没有文字，可能是扫描的图片。请先用文字识别软件转成文字，再粘贴到下面。"
        raise PlanDraftError(empty if file else "文字太少，请粘贴方案全文。")
    return read_plan(text, rules=rule_table(clock.today()))
