"""Corrections of approved answers: a copy beside the answer, which takes its place once it is approved.

The same road as for activities (``actions.corrections``): until the reviewer has decided, the old answer counts.
"""

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import records
from campaigns.actions.fingerprints import keep_text
from campaigns.models import Answer, AnswerMark, AnswerVersion, Attachment
from campaigns.queries.answers import snapshot
from campaigns.rules.activities import RecordError, Verb, next_status
from partybuild.lib import clock

_CONTENT = ("amount", "note")
_MARK = ("item_id", "text", "state", "note")
_FILE = (
    "item_id", "slot", "file_id", "name", "place", "added_at", "added_by_id", "picture", "picture_bands",
)  # fmt: skip


@transaction.atomic
def amend_answer(*, by: Actor, answer: Answer) -> Answer:
    """Begin a correction of an approved answer: a draft with the same content, which counts for nothing by itself.

    An answer has one correction at a time; asked for again, the one that is under way is given.
    """
    answer = records.hold(answer)
    next_status(answer.status, Verb.AMEND, is_correction=answer.is_correction)
    found = Answer.objects.correcting().filter(corrects=answer).first()
    if found is not None:
        return found
    correction = Answer.objects.create(
        assignment_id=answer.assignment_id,
        corrects=answer,
        saved_at=clock.now(),
        **{name: getattr(answer, name) for name in _CONTENT},
    )
    _copy_parts(answer, correction)
    records.note(answer, Verb.AMEND.label, by=by)
    return correction


@transaction.atomic
def drop_correction(*, by: Actor, correction: Answer) -> None:
    """Give a correction up that is not with the reviewer; the answer stays as it is."""
    correction = records.hold(correction)
    if not correction.is_correction:
        raise RecordError("只有更正可以放弃。")
    records.move(correction, Verb.VOID, by=by)


def merge(correction: Answer, *, by: Actor) -> None:
    """Let an approved correction take the place of what was answered; both rows are held.

    The answer keeps its first time of filing, and counts anew with what it says now: what was closed meanwhile keeps
    its outcome.
    """
    assert correction.corrects is not None  # only a correction is merged
    answer = records.held_row(correction.corrects)
    answer.status = next_status(answer.status, Verb.MERGE)
    for name in _CONTENT:
        setattr(answer, name, getattr(correction, name))
    answer.flags, answer.saved_at = correction.flags, clock.now()
    answer.version += 1
    answer.save()
    answer.marks.all().delete()
    answer.attachments.all().delete()
    _copy_parts(correction, answer)
    keep_text(answer)
    AnswerVersion.objects.create(
        answer=answer,
        number=answer.version,
        content=snapshot(answer),
        filed_at=correction.filed_at or answer.saved_at,
        filed_by_id=correction.filed_by_id,
    )
    records.credit(answer)
    records.note(answer, Verb.MERGE.label, by=by, detail={"version": answer.version})


def _copy_parts(source: Answer, target: Answer) -> None:
    """The checklist and the files of one answer for another."""
    AnswerMark.objects.bulk_create(
        AnswerMark(answer=target, **{name: getattr(row, name) for name in _MARK}) for row in source.marks.all()
    )
    Attachment.objects.bulk_create(
        Attachment(answer=target, **{name: getattr(row, name) for name in _FILE}) for row in source.attachments.all()
    )
