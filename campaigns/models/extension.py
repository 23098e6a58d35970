"""Requests for more time."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.extensions import ExtensionState


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Short filters over requests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ASSIGNMENT) -> Self:
        """Those for assignments that the scope reaches."""
        return self.filter(path_filter(scope, permission, "assignment__path"))

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(state=ExtensionState.ASKED)


class Extension(models.Model):
    """A new day by which an assignment is due: asked for and answered once, or granted without being asked.

    ``due_before`` is the day that was in force, ``wanted_on`` the one asked for, ``due_on`` the one granted.
    """

    assignment = models.ForeignKey("campaigns.Assignment", models.PROTECT, related_name="extensions")
    state = models.CharField("状态", max_length=16, choices=ExtensionState, default=ExtensionState.ASKED)
    reason = models.CharField("理由", max_length=255)
    due_before = models.DateField("原截止日期")
    wanted_on = models.DateField("申请延期至")
    due_on = models.DateField("批准延期至", null=True, blank=True)
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("批复时间", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("批复意见", max_length=255, blank=True, default="")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "延期申请"
        verbose_name_plural = "延期申请"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="extension_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, answered_at__isnull=True)
                | (~Q(state=ExtensionState.ASKED) & Q(answered_at__isnull=False)),
                name="extension_answer_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.GRANTED, due_on__isnull=False, due_on__gt=models.F("due_before"))
                | (~Q(state=ExtensionState.GRANTED) & Q(due_on__isnull=True)),
                name="extension_granted_has_day",
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state=ExtensionState.ASKED), name="extension_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment.target}延期申请"
