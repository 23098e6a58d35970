"""Corrections of approved records and answers: a copy beside the record, which takes its place once it is approved.

Until the reviewer has decided, the record counts with what it said.
"""

from typing import Any
from uuid import uuid4

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import records
from campaigns.actions.fingerprints import keep_text
from campaigns.actions.records import RecordT
from campaigns.models import Activity, Answer
from campaigns.queries import activities, answers
from campaigns.rules.activities import EDITABLE, WAITING, RecordError, Verb, next_status
from partybuild.lib import clock

_FILE = ("slot", "file_id", "name", "place", "added_at", "added_by_id", "picture", "picture_bands")

# What a correction takes over from its record, and gives back to it: fields of its own, and rows by related name.
_CONTENT: dict[type[Activity] | type[Answer], tuple[str, ...]] = {
    Activity: (
        "group_id", "kind", "parts", "title", "held_on", "held_at", "place", "hours", "host_id", "recorder_id",
        "minutes",
    ),
    Answer: ("amount", "note"),
}  # fmt: skip
_PARTS: dict[type[Activity] | type[Answer], dict[str, tuple[str, ...]]] = {
    Activity: {"attendances": ("member_id", "is_present", "reason", "can_vote", "in_committee"), "attachments": _FILE},
    Answer: {"marks": ("item_id", "text", "state", "note"), "attachments": ("item_id", *_FILE)},
}


@transaction.atomic
def amend(*, by: Actor, record: RecordT) -> RecordT:
    """Begin a correction of what is approved: a draft with the same content, which counts for nothing by itself.

    A record has one correction at a time; asked for again, the one that is under way is given.
    """
    record = records.hold(record)
    next_status(record.status, Verb.AMEND, is_correction=record.is_correction)
    found: RecordT | None = record.corrections.filter(status__in=EDITABLE | WAITING).first()
    if found is not None:
        return found
    correction = type(record)(corrects=record, saved_at=clock.now(), **_begun(record, by), **_content(record))
    correction.save()
    _copy_parts(record, correction)
    records.note(record, Verb.AMEND.label, by=by)
    return correction


@transaction.atomic
def drop(*, by: Actor, correction: Answer) -> None:
    """Give a correction up that is not with the reviewer; the answer stays as it is.

    Of a record, whose correction has a page of its own, it is discarded or made void there like any other.
    """
    correction = records.hold(correction)
    if not correction.is_correction:
        raise RecordError("只有更正可以放弃。")
    records.move(correction, Verb.VOID, by=by)


def merge(correction: RecordT, *, by: Actor) -> None:
    """Let an approved correction take the place of what its record said; both rows are held.

    The record keeps its first time of filing, and counts anew with what it says now: what was closed meanwhile keeps
    its outcome.
    """
    assert correction.corrects is not None  # only a correction is merged
    record: RecordT = records.held_row(correction.corrects)
    record.status = next_status(record.status, Verb.MERGE)
    for name, value in _content(correction).items():
        setattr(record, name, value)
    record.flags, record.saved_at = correction.flags, clock.now()
    record.version += 1
    record.save()
    for part in _PARTS[type(record)]:
        getattr(record, part).all().delete()
    _copy_parts(correction, record)
    keep_text(record)
    told = activities.snapshot(record) if isinstance(record, Activity) else answers.snapshot(record)
    record.versions.create(
        number=record.version,
        content=told,
        filed_at=correction.filed_at or record.saved_at,
        filed_by_id=correction.filed_by_id,
    )
    records.credit(record)
    records.note(record, Verb.MERGE.label, by=by, detail={"version": record.version})


def _begun(record: Activity | Answer, by: Actor) -> dict[str, Any]:
    """To whom a new correction belongs."""
    if isinstance(record, Answer):
        return {"assignment_id": record.assignment_id}
    return {
        "organization_id": record.organization_id,
        "client_key": uuid4(),
        "created_at": clock.now(),
        "created_by_id": by.user_id,
    }


def _content(record: Activity | Answer) -> dict[str, Any]:
    return {name: getattr(record, name) for name in _CONTENT[type(record)]}


def _copy_parts(source: RecordT, target: RecordT) -> None:
    """The rows that belong to one record, for another."""
    for part, fields in _PARTS[type(source)].items():
        rows = getattr(target, part)
        owner = rows.field.name
        rows.bulk_create(
            rows.model(**{owner: target}, **{name: getattr(row, name) for name in fields})
            for row in getattr(source, part).all()
        )
