"""Writes on activities: draft, file, withdraw, void, discard. Each counts the record anew in the same transaction."""

from uuid import UUID

from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting, records
from campaigns.models import Activity, Attendance
from campaigns.queries.activities import content_of, snapshot
from campaigns.queries.crediting import preview
from campaigns.queries.kinds import kind_rules
from campaigns.queries.reviews import checks_of
from campaigns.rules import reviews
from campaigns.rules.activities import COUNTING, EDITABLE, WAITING, OvertakenError, RecordError, Verb, next_status
from campaigns.rules.content import ActivityDraft
from campaigns.rules.kinds import is_committee, lacking
from campaigns.rules.windows import Window, is_overtaken
from office.queries.rules import rule_table
from partybuild.lib import clock, dates

_FIELDS = ("kind", "held_on", "title", "held_at", "place", "hours", "group_id", "host_id", "minutes")


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    organization: Organization,
    client_key: UUID,
    draft: ActivityDraft,
    is_silent: bool = False,
    window: Window | None = None,
) -> Activity:
    """Save what is being written. The key makes a double click, a second tab and a repeated request one record.

    ``is_silent``: the form saved by itself, which leaves no further row in the trail. Refused where another ``window``
    has saved something else meanwhile.
    """
    now = clock.now()
    activity, is_new = Activity.objects.get_or_create(
        client_key=client_key,
        defaults={
            "organization": organization,
            "kind": draft.kind,
            "held_on": draft.held_on,
            "created_at": now,
            "saved_at": now,
            "created_by_id": by.user_id,
        },
    )
    activity = records.held_row(activity)
    if activity.organization_id != organization.pk:
        raise RecordError("这条记录属于另一个组织，没有保存。")
    next_status(activity.status, Verb.SAVE, is_correction=activity.is_correction)
    if not is_new and is_overtaken(window, activity.saved_in, activity.saved_at) and not _says(activity, draft):
        raise OvertakenError(dates.moment_text(activity.saved_at))
    activity.saved_in = window.key if window else None
    _write(activity, draft)
    if is_new or not is_silent:
        records.note(activity, "新建" if is_new else "保存", by=by)
    return activity


def _write(activity: Activity, draft: ActivityDraft) -> None:
    for name in _FIELDS:
        setattr(activity, name, getattr(draft, name))
    activity.parts = list(draft.parts)
    activity.saved_at = clock.now()
    activity.save(update_fields=[*(name.removesuffix("_id") for name in _FIELDS), "parts", "saved_at", "saved_in"])
    activity.attendances.exclude(member__in=[line.member_id for line in draft.attendance]).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                activity=activity,
                member_id=line.member_id,
                is_present=line.is_present,
                reason="" if line.is_present else line.reason,
                can_vote=line.can_vote,
                in_committee=line.in_committee,
            )
            for line in draft.attendance
        ],
        update_conflicts=True,
        unique_fields=["activity", "member"],
        update_fields=["is_present", "reason", "can_vote", "in_committee"],
    )


@transaction.atomic
def file_activity(*, by: Actor, activity: Activity) -> Activity:
    """File a saved record: it counts from now on, at once or, if chosen, until a reviewer sends it back.

    Refused for a day in the future and for lack of what its kind makes compulsory.
    """
    activity = records.hold(activity)
    records.refuse_future(activity.held_on)
    table = rule_table(clock.today())
    content = content_of(activity)
    missing = lacking(
        kind_rules(table)[activity.kind],
        content,
        title=activity.title,
        place=activity.place,
        has_roster=not is_committee(activity.organization.kind),
    )
    if missing:
        raise RecordError(missing)
    checked = checks_of(activity, table)
    counted = {line.assignment_id for line in preview(activity.organization, content) if line.is_asked}
    records.file(
        activity,
        by=by,
        content=snapshot(activity),
        flags=reviews.flags(checked),
        assignment_ids=counted,
        sample_key=activity.client_key,
    )
    return activity


@transaction.atomic
def save_and_file(
    *, by: Actor, organization: Organization, client_key: UUID, draft: ActivityDraft, window: Window | None = None
) -> Activity:
    """Save what was written and file it in one step.

    A second click finds the record filed and gets it back; something else than what was filed is refused.
    """
    crediting.lock_record(organization)
    try:
        with transaction.atomic():
            activity = save_draft(
                by=by, organization=organization, client_key=client_key, draft=draft, is_silent=True, window=window
            )
    except RecordError:
        filed = Activity.objects.filter(client_key=client_key, organization=organization).first()
        if filed is not None and filed.status in COUNTING | WAITING and _says(filed, draft):
            return filed
        raise
    return file_activity(by=by, activity=activity)


def _says(activity: Activity, draft: ActivityDraft) -> bool:
    """Whether the record already says what the form says."""
    heads = (activity.title, activity.place, activity.held_at)
    content = content_of(activity)
    return heads == (draft.title, draft.place, draft.held_at) and content == draft.content(content.slots)


@transaction.atomic
def withdraw_activity(*, by: Actor, activity: Activity) -> Activity:
    """Take a filed record back to a draft, as long as nobody has decided on it."""
    activity = records.hold(activity)
    records.withdraw(activity, by=by)
    return activity


@transaction.atomic
def void_activity(*, by: Actor, activity: Activity, reason: str) -> Activity:
    """Declare a record void, for a reason that stays with it; it counts for nothing from now on."""
    reason = reason.strip()
    if not reason:
        raise RecordError({"reason": "请填写作废原因。"})
    activity = records.hold(activity)
    activity.void_reason = reason
    records.move(activity, Verb.VOID, by=by, detail={"note": reason}, also=["void_reason"])
    for correction in activity.corrections.filter(status__in=EDITABLE | WAITING).select_for_update():
        correction.void_reason = "原记录已作废"
        records.move(correction, Verb.VOID, by=by, also=["void_reason"])
    return activity


@transaction.atomic
def discard_draft(*, by: Actor, activity: Activity) -> None:
    """Delete a draft that was never filed, with its list of people and files."""
    activity = records.held_row(activity)
    if activity.version or activity.status not in EDITABLE:
        raise RecordError("这条记录提交过，不能删除。不再需要时请作废并说明原因。")
    records.note(activity, "删除", by=by)
    activity.delete()


@transaction.atomic
def record_export(*, by: Actor, count: int) -> None:
    """Leave a trace of an export: who took how many rows away."""
    audit.record(by=by, verb="导出活动记录", detail={"count": count})
