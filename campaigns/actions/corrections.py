"""Corrections of approved records: a copy beside the record, which takes its place once it is approved."""

from uuid import uuid4

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions import records
from campaigns.actions.fingerprints import keep_text
from campaigns.models import Activity, ActivityVersion, Attachment, Attendance
from campaigns.queries.activities import snapshot
from campaigns.rules.activities import EDITABLE, WAITING, Verb, next_status
from partybuild.lib import clock

_CONTENT = (
    "group_id", "kind", "parts", "title", "held_on", "held_at", "place", "hours", "host_id", "recorder_id", "minutes",
)  # fmt: skip
_SHEET = ("member_id", "is_present", "reason", "can_vote", "in_committee")
_FILE = ("slot", "file_id", "name", "place", "added_at", "added_by_id", "picture", "picture_bands")


@transaction.atomic
def amend_activity(*, by: Actor, activity: Activity) -> Activity:
    """Begin a correction of an approved record: a draft with the same content, which counts for nothing by itself.

    A record has one correction at a time; asked for again, the one that is under way is given.
    """
    activity = records.hold(activity)
    next_status(activity.status, Verb.AMEND, is_correction=activity.is_correction)
    found = activity.corrections.filter(status__in=EDITABLE | WAITING).first()
    if found is not None:
        return found
    now = clock.now()
    correction = Activity.objects.create(
        organization_id=activity.organization_id,
        corrects=activity,
        client_key=uuid4(),
        created_at=now,
        saved_at=now,
        created_by_id=by.user_id,
        **{name: getattr(activity, name) for name in _CONTENT},
    )
    _copy_parts(activity, correction)
    records.note(activity, Verb.AMEND.label, by=by)
    return correction


def merge(correction: Activity, *, by: Actor) -> None:
    """Let an approved correction take the place of what its record said; both rows are held.

    The record keeps its first time of filing, and counts anew with what it says now: what was closed
    meanwhile keeps its outcome.
    """
    assert correction.corrects is not None  # only a correction is merged
    activity = records.held_row(correction.corrects)
    activity.status = next_status(activity.status, Verb.MERGE)
    for name in _CONTENT:
        setattr(activity, name, getattr(correction, name))
    activity.flags, activity.saved_at = correction.flags, clock.now()
    activity.version += 1
    activity.save()
    activity.attendances.all().delete()
    activity.attachments.all().delete()
    _copy_parts(correction, activity)
    keep_text(activity)
    ActivityVersion.objects.create(
        activity=activity,
        number=activity.version,
        content=snapshot(activity),
        filed_at=correction.filed_at or activity.saved_at,
        filed_by_id=correction.filed_by_id,
    )
    records.credit(activity)
    records.note(activity, Verb.MERGE.label, by=by, detail={"version": activity.version})


def _copy_parts(source: Activity, target: Activity) -> None:
    """The list of people and the files of one record for another."""
    Attendance.objects.bulk_create(
        Attendance(activity=target, **{name: getattr(row, name) for name in _SHEET}) for row in source.attendances.all()
    )
    Attachment.objects.bulk_create(
        Attachment(activity=target, **{name: getattr(row, name) for name in _FILE}) for row in source.attachments.all()
    )
