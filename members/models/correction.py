"""What members ask to be put right in their own data."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import CorrectionState
from partybuild.lib.fields import EncryptedTextField


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Short filters over requests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.MANAGE_MEMBER) -> Self:
        """Those at branches whose rosters the scope keeps."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def pending(self) -> Self:
        """Not answered yet."""
        return self.filter(state=CorrectionState.PENDING)


class Correction(models.Model):
    """A member asks that one field of his become ``wanted``; his branch adopts it or sends it back with an answer."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="corrections", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    field = models.CharField("事项", max_length=32)
    wanted = EncryptedTextField("应为", blank=True, default="")
    reason = models.CharField("说明", max_length=255, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=CorrectionState, default=CorrectionState.PENDING)
    answer = models.CharField("答复", max_length=255, blank=True, default="")
    asked_at = models.DateTimeField("提出时间")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "更正申请"
        verbose_name_plural = "更正申请"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CorrectionState.values), name="correction_state_known"),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.PENDING, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=CorrectionState.PENDING) & Q(answered_at__isnull=False)),
                name="correction_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")),
                name="correction_answered_after_asking",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.RETURNED) | ~Q(answer=""), name="correction_returned_with_answer"
            ),
            models.UniqueConstraint(
                fields=["member", "field"],
                condition=Q(state=CorrectionState.PENDING),
                name="correction_one_pending",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-asked_at"], name="correction_member"),
            models.Index(fields=["organization", "state"], name="correction_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.field}"
