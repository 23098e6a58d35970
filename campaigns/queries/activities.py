"""Reads of activities: lists, and a record as plain data for rules and for its versions."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from branches.models import Organization
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import AbsenceReason, ActivityKind, ActivityPart, ActivityStatus, AttachmentSlot
from campaigns.models import Activity, Attachment, Attendance
from campaigns.models.activity import ActivityQuerySet
from campaigns.rules.content import ActivityDraft, RecordContent
from members.models import Member
from partybuild.lib import dates


def listed(scope: Scope) -> ActivityQuerySet:
    """What a person finds in lists: all records in his reach, but no draft of another organisation."""
    drafts_of_others = Q(status=ActivityStatus.DRAFT) & ~path_filter(
        scope, Permission.FILE_RECORD, "organization__path"
    )
    return Activity.objects.visible_to(scope).exclude(drafts_of_others)


def may_read(scope: Scope, activity: Activity) -> bool:
    """Whether this record of an organisation in reach is shown: a draft only to those who may file it."""
    permission = Permission.FILE_RECORD if activity.status == ActivityStatus.DRAFT else Permission.VIEW_RECORD
    return scope.allows(permission, activity.organization)


def with_counts(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Each with the number of assignments that it counts for, as ``counted``."""
    return activities.annotate(counted=Count("credits", filter=Q(credits__counted=True)))


def slots_of(activity: Activity) -> frozenset[str]:
    """The kinds of material that are there."""
    return frozenset(Attachment.objects.filter(activity=activity).values_list("slot", flat=True))


def content_of(activity: Activity) -> RecordContent:
    """A saved record as the rules see it; two queries."""
    sheet = Attendance.objects.filter(activity=activity).values_list("member_id", "is_present", "reason")
    lines = list(sheet)
    return RecordContent(
        kind=activity.kind,
        held_on=activity.held_on,
        parts=frozenset(activity.parts),
        hours=activity.hours,
        group_id=activity.group_id,
        host_id=activity.host_id,
        present_ids=frozenset(member_id for member_id, is_present, _ in lines if is_present),
        absent={member_id: reason for member_id, is_present, reason in lines if not is_present},
        slots=slots_of(activity),
        minutes=activity.minutes,
    )


def snapshot(activity: Activity) -> dict[str, Any]:
    """What the record says in words, to be kept with a version: field → text, list, or list of {key, text}."""
    return {
        "kind": activity.get_kind_display(),
        "title": activity.title,
        "held_on": dates.day_text(activity.held_on),
        "held_at": f"{activity.held_at:%H:%M}" if activity.held_at else "",
        "place": activity.place,
        "hours": f"{activity.hours.normalize():f} 小时" if activity.hours else "",
        "group": str(activity.group or ""),
        "host": str(activity.host or ""),
        "parts": [ActivityPart(part).label for part in activity.parts],
        "attendance": [_attendance(row) for row in _sheet(activity)],
        "minutes": activity.minutes,
        "attachments": attachments_in_words(activity.attachments.select_related("file")),
    }


def words_of(draft: ActivityDraft, names: Mapping[int, str]) -> dict[str, Any]:
    """The same of what stands in a form, as far as it is typed there; names of the people by id."""
    lines = sorted(draft.attendance, key=lambda line: line.member_id)
    host = Member.objects.filter(pk=draft.host_id).first() if draft.host_id else None
    group = Organization.objects.filter(pk=draft.group_id).first() if draft.group_id else None
    return {
        "kind": ActivityKind(draft.kind).label,
        "title": draft.title,
        "held_on": dates.day_text(draft.held_on),
        "held_at": f"{draft.held_at:%H:%M}" if draft.held_at else "",
        "place": draft.place,
        "hours": f"{draft.hours.normalize():f} 小时" if draft.hours else "",
        "group": str(group or ""),
        "host": str(host or ""),
        "parts": [ActivityPart(part).label for part in draft.parts],
        "attendance": [
            _person(line.member_id, names.get(line.member_id, ""), line.is_present, line.reason) for line in lines
        ],
        "minutes": draft.minutes,
    }


def _sheet(activity: Activity) -> Any:
    return activity.attendances.select_related("member").order_by("member__initials", "member_id")


def _attendance(row: Attendance) -> dict[str, str]:
    return _person(row.member_id, row.member.name, row.is_present, row.reason)


def _person(member_id: int, name: str, is_present: bool, reason: str) -> dict[str, str]:
    why = AbsenceReason(reason).label if reason else ""
    absence = "" if is_present else f"（缺席{'：' if why else ''}{why}）"
    return {"key": f"{member_id}{absence}", "text": f"{name}{absence}"}


def attachments_in_words(attachments: Any) -> list[dict[str, str]]:
    """Names with what they prove; the same name with another content is another file."""
    return [
        {
            "key": f"{row.file.sha256}{row.slot}{row.place}{row.name}",
            "text": row.name + (f"（{row.place}）" if row.place else _slot_words(row.slot)),
        }
        for row in attachments
    ]


def _slot_words(slot: str) -> str:
    return "" if slot == AttachmentSlot.EVIDENCE else f"（{AttachmentSlot(slot).label}）"
