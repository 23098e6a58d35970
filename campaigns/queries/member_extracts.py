"""What the campaigns floor holds about one member, for his extract (``member_extracts``)."""

from django.db.models import Q

from campaigns.enums import ActivityStatus
from campaigns.models import Activity, Attendance
from members.models import Member
from members.rules.extracts import Part


def extracts_of(member: Member) -> tuple[list[Part], list[str]]:
    """Activities that he attended, led or recorded, without the minutes, which speak of others too; two queries."""
    attended = [
        [
            row.activity.held_on, row.activity.title, row.activity.get_kind_display(), str(row.activity.organization),
            "到会" if row.is_present else "缺席", row.get_reason_display(),
        ]
        for row in Attendance.objects.filter(member=member, activity__corrects=None)
        .exclude(activity__status__in=[ActivityStatus.DRAFT, ActivityStatus.VOID])
        .select_related("activity__organization")
        .order_by("activity__held_on", "pk")
    ]  # fmt: skip
    led = [
        [row.held_on, row.title, row.get_kind_display(), str(row.organization), _roles(row, member)]
        for row in Activity.objects.filter(Q(host=member) | Q(recorder=member), corrects=None)
        .select_related("organization")
        .order_by("held_on", "pk")
    ]
    parts = [
        Part("参加活动", ("日期", "主题", "类型", "党组织", "出席", "缺席原因"), attended),
        Part("主持和记录的活动", ("日期", "主题", "类型", "党组织", "身份"), led),
    ]
    return parts, [Activity._meta.label, Attendance._meta.label]


def _roles(activity: Activity, member: Member) -> str:
    roles = (("主持或主讲", activity.host_id), ("记录", activity.recorder_id))
    return "、".join(role for role, pk in roles if pk == member.pk)
