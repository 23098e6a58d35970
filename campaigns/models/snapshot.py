"""Problems that members report with a picture (随手拍). Source: SX 二（四）8; R01."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from office.models.attached import AttachedFile


class SnapshotState(models.TextChoices):
    """What became of a report."""

    WAITING = "waiting", "待受理"
    TAKEN = "taken", "已受理"
    DECLINED = "declined", "不予受理"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Short filters over reports."""

    def visible_to(self, scope: Scope) -> Self:
        """One's own; for who does the work, those of his organisations; for superiors, those below."""
        own = Q(user=scope.user_id) if scope.user_id else Q(pk__in=[])
        if not scope.holds(Permission.VIEW_WORK):
            return self.none()
        if scope.holds(Permission.TAKE_PART):
            return self.filter(own)
        return self.filter(own | path_filter(scope, Permission.VIEW_WORK, "organization__path"))

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(state=SnapshotState.WAITING)


class Snapshot(models.Model):
    """A problem that a member saw: words, place and pictures; the branch takes it up or says why not."""

    State = SnapshotState

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="snapshots")
    user = models.ForeignKey("branches.User", models.PROTECT, related_name="+")
    text = models.CharField("问题", max_length=500)
    place = models.CharField("地点", max_length=128, blank=True, default="")
    reported_on = models.DateField("反映日期")
    due_on = models.DateField("答复期限")
    state = models.CharField("状态", max_length=16, choices=SnapshotState, default=SnapshotState.WAITING)
    answer = models.CharField("答复", max_length=500, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.OneToOneField("campaigns.Problem", models.PROTECT, null=True, blank=True, related_name="snapshot")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "随手拍"
        verbose_name_plural = "随手拍"
        ordering = ["-reported_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SnapshotState.values), name="snapshot_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="snapshot_has_text"),
            models.CheckConstraint(
                condition=Q(state=SnapshotState.WAITING, answered_on__isnull=True)
                | (~Q(state=SnapshotState.WAITING) & Q(answered_on__isnull=False)),
                name="snapshot_answered_has_day",
            ),
            models.CheckConstraint(
                condition=Q(state=SnapshotState.TAKEN, problem__isnull=False)
                | (~Q(state=SnapshotState.TAKEN) & Q(problem__isnull=True)),
                name="snapshot_taken_has_problem",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SnapshotPhotoQuerySet(models.QuerySet["SnapshotPhoto"]):
    """Short filters over pictures."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of reports that the scope sees."""
        return self.filter(snapshot__in=Snapshot.objects.visible_to(scope))


class SnapshotPhoto(AttachedFile):
    """A picture of what a member saw."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="photos")

    objects = SnapshotPhotoQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "随手拍照片"
        verbose_name_plural = "随手拍照片"
        constraints = [models.UniqueConstraint(fields=["snapshot", "file", "name"], name="snapshot_photo_once")]
