"""Notes on projects, claims, applications, needs and pledges: written, never changed; and the moves of their states."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.models import NoteFile, WorkNote
from campaigns.models.work_note import ABOUT
from campaigns.rules.work_moves import Moves, after, refusal
from office.actions.files import store_upload
from partybuild.lib import clock

MOST_FILES = 10
_LONGEST_NAME = 255
_FIELDS = {model: field for field, model in ABOUT.items()}


@transaction.atomic
def write_note(
    *,
    by: Actor,
    about: Model,
    organization: Organization,
    verb: str,
    label: str,
    text: str = "",
    uploads: Iterable[Any] = (),
) -> WorkNote:
    """One line of a thing's history with its files, and the same in the audit trail."""
    found = list(uploads)
    if len(found) > MOST_FILES:
        raise ValidationError({"files": f"一次最多上传 {MOST_FILES} 个文件。"})
    note = WorkNote.objects.create(
        **{_FIELDS[type(about)]: about}, verb=verb, label=label, text=text.strip(), at=clock.now(),
        by_id=by.user_id, place_id=by.organization_id,
    )  # fmt: skip
    for upload in found:
        _keep(note, upload, by)
    audit.record(by=by, verb=label, obj=about, organization=organization, detail={"note": note.text[:200]})
    return note


def check_move(
    *, by: Actor, moves: Moves, verb: str, state: str, text: str, organization: Organization, own_leads: bool = False
) -> str:
    """The state after the verb; refuses what the table does not know, and to lead one's own below the top.

    ``own_leads``: what the table calls leading is done by the organisation itself (the branch over its members).
    """
    if verb not in moves:
        raise ValidationError("没有这项操作。")
    if errors := refusal(moves, verb, state, text):
        raise ValidationError(errors)
    is_own = by.organization_id == organization.pk and organization.parent_id is not None
    if moves[verb].leads and is_own and not own_leads:
        raise ValidationError("由上级党组织办理，不能办理本组织的事项。")
    return after(moves, verb, state)


def _keep(note: WorkNote, upload: Any, by: Actor) -> None:
    file = store_upload(upload)
    NoteFile.objects.get_or_create(
        note=note, file=file, name=upload.name[-_LONGEST_NAME:],
        defaults={"added_at": clock.now(), "added_by_id": by.user_id},
    )  # fmt: skip
