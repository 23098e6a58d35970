"""Activity rooms of branches (党员活动室)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from office.models.attached import AttachedFile


class RoomQuerySet(models.QuerySet["Room"]):
    """Short filters over rooms."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def in_use(self) -> Self:
        """Not given up."""
        return self.filter(ends_on__isnull=True)


class Room(models.Model):
    """A room in which a branch holds its activities: what it has by the branch's own word, and the superior's check.

    ``present`` holds the codes of the items that are there; changing it asks for a new check.
    """

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="rooms", verbose_name="党支部"
    )
    name = models.CharField("名称", max_length=64)
    place = models.CharField("地点", max_length=128, blank=True, default="")
    starts_on = models.DateField("启用时间")
    ends_on = models.DateField("停用时间", null=True, blank=True)
    present = models.JSONField("具备的条件", default=list, blank=True)
    remark = models.CharField("说明", max_length=255, blank=True, default="")
    checked_at = models.DateTimeField("核验时间", null=True, blank=True)
    checked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_confirmed = models.BooleanField("核验通过", default=False)
    check_remark = models.CharField("核验意见", max_length=255, blank=True, default="")

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = "党员活动室"
        verbose_name_plural = "党员活动室"
        ordering = ["organization", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="room_has_name"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="room_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(checked_at__isnull=False), name="room_confirmed_by_a_check"
            ),
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(ends_on__isnull=True), name="room_name_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.name}"


class RoomPhoto(AttachedFile):
    """A picture of a room; never asked for."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="photos")

    class Meta(AttachedFile.Meta):
        verbose_name = "活动室照片"
        verbose_name_plural = "活动室照片"
        constraints = [models.UniqueConstraint(fields=["room", "file", "name"], name="room_photo_once")]
