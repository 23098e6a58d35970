"""The steps that activities and answers have in common: lock, move by the table, keep what is told of it.

Locks: organisation (shared) → the record's own row → assignments by id → tallies by id.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting
from campaigns.actions.fingerprints import keep_text
from campaigns.models import Activity, ActivityVersion, Answer, AnswerVersion
from campaigns.queries.reviews import policies_of
from campaigns.queries.units import unit_of
from campaigns.rules import activities as rules
from campaigns.rules import reviews
from campaigns.rules.activities import Verb
from office.queries.rules import rule_table
from partybuild.lib import clock

RecordT = TypeVar("RecordT", Activity, Answer)

_SHARED = ["status", "version", "filed_at", "filed_by", "counts_from", "returned_at", "resubmit_by", "needs_review",
           "review_unit", "review_level", "flags"]  # fmt: skip


def hold(record: RecordT) -> RecordT:
    """The record as it is now, with its organisation and its row held until the transaction ends.

    The record that a correction belongs to is held before the correction.
    """
    crediting.lock_record(record.organization)
    if record.corrects is not None:
        held_row(record.corrects)
    return held_row(record)


def held_row(record: RecordT) -> RecordT:
    """The record as it is now, its row held: enough for what does not change any count."""
    place = "organization" if isinstance(record, Activity) else "assignment__organization"
    return type(record).objects.select_for_update(of=("self",)).select_related(place, "review_unit").get(pk=record.pk)


def move(
    record: RecordT, verb: Verb, *, by: Actor, detail: dict[str, Any] | None = None, also: Sequence[str] = ()
) -> None:
    """Take a held record to the state that the table gives, count it anew, and note who did it."""
    record.status = rules.next_status(record.status, verb, is_correction=record.is_correction)
    record.save(update_fields=[*_SHARED, *also])
    credit(record)
    note(record, verb.label, by=by, detail=detail)


def credit(record: Activity | Answer) -> None:
    """Count a record anew for everything that it bears on; a correction bears on nothing by itself."""
    if isinstance(record, Activity):
        if not record.is_correction:
            crediting.credit_activity(record)
    elif not record.is_correction:
        crediting.credit_answer(record)


def note(record: Model, verb: str, *, by: Actor, detail: dict[str, Any] | None = None) -> None:
    """A row of the audit trail, which is also the history on the record's page: the verb, and what it was done to."""
    kind = "活动记录" if isinstance(record, Activity) else "任务填报"
    kind += "的更正" if getattr(record, "is_correction", False) else ""
    organization: Organization = record.organization  # type: ignore[attr-defined]
    audit.record(by=by, verb=f"{verb}{kind}", obj=record, organization=organization, detail=detail)


def file(
    record: RecordT,
    *,
    by: Actor,
    content: dict[str, Any],
    flags: list[dict[str, str]],
    assignment_ids: Collection[int],
    sample_key: object,
) -> None:
    """File a held record: keep a version, say which filing decides, and choose it for review or not."""
    rules.next_status(record.status, Verb.FILE, is_correction=record.is_correction)
    now = clock.now()
    record.version += 1
    record.counts_from = rules.counts_from(record.counts_from, record.resubmit_by, now)
    record.filed_at, record.filed_by_id = now, by.user_id
    record.flags = flags
    record.needs_review = _is_chosen(record, assignment_ids, sample_key)
    record.review_unit_id, record.review_level = unit_of(record.organization), 0
    _keep_version(record, content)
    keep_text(record)
    move(record, Verb.FILE, by=by, detail={"version": record.version})


def _is_chosen(record: Activity | Answer, assignment_ids: Collection[int], sample_key: object) -> bool:
    if record.is_correction:
        return True
    percent = rule_table(clock.today()).int("review.sample_percent")
    return reviews.needs_review(
        [policy for policy, _ in policies_of(assignment_ids)],
        is_flagged=bool(record.flags),
        is_sampled=reviews.is_sampled(record.organization.pk, sample_key, percent),
        was_returned=record.returned_at is not None,
    )


def _keep_version(record: Activity | Answer, content: dict[str, Any]) -> None:
    told = {
        "number": record.version,
        "content": content,
        "filed_at": record.filed_at,
        "filed_by_id": record.filed_by_id,
    }
    if isinstance(record, Activity):
        ActivityVersion.objects.create(activity=record, **told)
    else:
        AnswerVersion.objects.create(answer=record, **told)


def withdraw(record: RecordT, *, by: Actor) -> None:
    """Take a held record back before anybody has decided on this filing of it.

    The filing is undone with it: the next one decides on time or late, unless the record had been returned.
    """
    if record.status in rules.WAITING and record.reviews.filter(version=record.version).exists():
        raise rules.RecordError("这条记录已经有审核意见，不能撤回。请联系审核单位。")
    record.filed_at = None
    record.needs_review = False
    if record.resubmit_by is None:
        record.counts_from = None
    move(record, Verb.WITHDRAW, by=by)


def refuse_future(day: date) -> None:
    """What has not taken place yet cannot be filed."""
    if day > clock.today():
        raise rules.RecordError({"held_on": rules.NOT_YET})
