"""Activities: what an organisation held, who was there, and what was attached."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import AbsenceReason, ActivityKind, ActivityPart, ActivityStatus, AttachmentSlot

if TYPE_CHECKING:
    from campaigns.models.answer import Answer


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Short filters over activities."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_RECORD) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def counting(self) -> Self:
        """Filed and not sent back: what counts towards targets."""
        return self.filter(status__in=[ActivityStatus.FILED, ActivityStatus.APPROVED])


class Activity(models.Model):
    """Something that an organisation held on a day.

    ``client_key`` makes filing idempotent. ``counts_from`` is the time of filing that decides on time or late: the
    first one, unless a returned record came back later than allowed. ``corrects`` names the approved record of which
    this one is a corrected copy: it counts for nothing itself, its content goes into that record once it is approved.
    ``saved_in`` is the window that saved it last.
    """

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="activities", db_index=False, verbose_name="党组织"
    )
    group = models.ForeignKey(
        "branches.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="党小组"
    )
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    client_key = models.UUIDField(unique=True)
    kind = models.CharField("类型", max_length=24, choices=ActivityKind)
    parts = ArrayField(models.CharField(max_length=24), default=list, blank=True, verbose_name="包含内容")
    title = models.CharField("主题", max_length=128, blank=True, default="")
    held_on = models.DateField("日期")
    held_at = models.TimeField("时间", null=True, blank=True)
    place = models.CharField("地点", max_length=128, blank=True, default="")
    hours = models.DecimalField("时长（小时）", max_digits=5, decimal_places=1, default=0)
    host = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主持人或主讲人"
    )
    recorder = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="记录人"
    )
    minutes = models.TextField("记录", blank=True, default="")
    status = models.CharField("状态", max_length=16, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("branches.User", models.PROTECT, related_name="+", null=True, blank=True)
    saved_at = models.DateTimeField()
    saved_in = models.UUIDField(null=True, blank=True)
    filed_at = models.DateTimeField("提交时间", null=True, blank=True)
    filed_by = models.ForeignKey("branches.User", models.PROTECT, related_name="+", null=True, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    resubmit_by = models.DateField("补正期限", null=True, blank=True)
    needs_review = models.BooleanField("须审核", default=False)
    review_unit = models.ForeignKey("branches.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    review_level = models.PositiveSmallIntegerField(default=0)
    flags = models.JSONField("提示", default=list)
    void_reason = models.CharField("作废原因", max_length=255, blank=True, default="")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "活动记录"
        verbose_name_plural = "活动记录"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(parts__contained_by=ActivityPart.values), name="activity_parts_known"),
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="activity_status_known"),
            models.CheckConstraint(condition=Q(hours__gte=0, hours__lte=240), name="activity_hours_range"),
            models.CheckConstraint(
                condition=Q(status__in=[ActivityStatus.DRAFT, ActivityStatus.VOID])
                | Q(filed_at__isnull=False, counts_from__isnull=False),
                name="activity_filed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.VOID) | ~Q(void_reason=""), name="activity_void_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) & ~Q(status__in=[ActivityStatus.AMENDING, ActivityStatus.AMENDED])
                | Q(corrects__isnull=False) & ~Q(status__in=[ActivityStatus.FILED, ActivityStatus.APPROVED]),
                name="activity_correction_never_counts",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(status__in=[ActivityStatus.DRAFT, ActivityStatus.AMENDING, ActivityStatus.RETURNED]),
                name="activity_corrected_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-held_on", "-id"], name="activity_organization"),
            models.Index(fields=["status", "needs_review", "filed_at"], name="activity_queue"),
            models.Index(fields=["held_on"], name="activity_held_on"),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def is_correction(self) -> bool:
        """Whether it is the corrected copy of an approved record."""
        return self.corrects_id is not None


class ActivityVersion(models.Model):
    """What an activity said when it was filed; two of them show what was corrected."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey("branches.User", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "提交版本"
        verbose_name_plural = "提交版本"
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="activity_version_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.number}"


class Attendance(models.Model):
    """One person of the roster at an activity; his rights of the day are kept with it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances", db_index=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="attendances")
    is_present = models.BooleanField("到会", default=True)
    reason = models.CharField("缺席原因", max_length=16, choices=AbsenceReason, blank=True, default="")
    can_vote = models.BooleanField(default=False)
    in_committee = models.BooleanField(default=False)

    class Meta:
        verbose_name = "出席"
        verbose_name_plural = "出席"
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="attendance_once"),
            models.CheckConstraint(condition=Q(reason__in=["", *AbsenceReason.values]), name="attendance_reason_known"),
            models.CheckConstraint(condition=Q(is_present=False) | Q(reason=""), name="attendance_reason_if_absent"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {'到会' if self.is_present else '缺席'}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Short filters over attachments."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of the activities and answers that the scope reaches."""
        return self.filter(
            path_filter(scope, Permission.VIEW_RECORD, "activity__organization__path")
            | path_filter(scope, Permission.VIEW_ASSIGNMENT, "answer__assignment__path")
        )


class Attachment(models.Model):
    """A file that belongs to an activity or to an answer, under the name that its user gave it.

    ``place`` is the named material of a demand that it proves. ``picture`` is what an image looks like, as 64 bits, and
    ``picture_bands`` the keys under which one that looks alike is found (``rules.likeness``).
    """

    activity = models.ForeignKey(Activity, models.CASCADE, null=True, blank=True, related_name="attachments")
    answer = models.ForeignKey("campaigns.Answer", models.CASCADE, null=True, blank=True, related_name="attachments")
    item = models.ForeignKey(
        "campaigns.ChecklistItem", models.SET_NULL, null=True, blank=True, related_name="attachments"
    )
    slot = models.CharField("材料", max_length=16, choices=AttachmentSlot, default=AttachmentSlot.EVIDENCE)
    file = models.ForeignKey("office.StoredFile", models.PROTECT, related_name="attachments")
    name = models.CharField("文件名", max_length=255)
    place = models.CharField("材料名称", max_length=32, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("branches.User", models.PROTECT, related_name="+", null=True, blank=True)
    picture = models.BigIntegerField(null=True, blank=True)
    picture_bands = ArrayField(models.IntegerField(), default=list, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, answer__isnull=True)
                | Q(activity__isnull=True, answer__isnull=False),
                name="attachment_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(slot__in=AttachmentSlot.values), name="attachment_slot_known"),
        ]
        indexes = [GinIndex(fields=["picture_bands"], name="attachment_picture_bands")]

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> "Activity | Answer":
        """What it belongs to."""
        owner = self.activity or self.answer
        assert owner is not None  # a constraint of the table
        return owner
