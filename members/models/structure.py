"""What the structure check leads to: requests to put something right, and approvals of what is smaller than usual."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import FindingCode, TaskClosing


class StructureTaskQuerySet(models.QuerySet["StructureTask"]):
    """Short filters over requests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those to organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def running(self) -> Self:
        """Not closed yet."""
        return self.filter(closed_on__isnull=True)


class StructureTask(models.Model):
    """A superior asks an organisation to put one finding of the structure check right by a day.

    It ends when the check passes, or when the superior accepts the explanation. ``words`` is the finding as it read.
    """

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="structure_tasks")
    code = models.CharField("检查项目", max_length=24, choices=FindingCode)
    words = models.CharField("检查结果", max_length=255)
    asked_on = models.DateField("下发时间")
    due_on = models.DateField("整改期限")
    asked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField("要求", max_length=255, blank=True, default="")
    answer = models.CharField("情况说明", max_length=500, blank=True, default="")
    answered_on = models.DateField("说明时间", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("审核意见", max_length=255, blank=True, default="")
    closed_on = models.DateField("办结时间", null=True, blank=True)
    closed_how = models.CharField("办结方式", max_length=16, choices=TaskClosing, blank=True, default="")
    closed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = StructureTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "设置问题整改"
        verbose_name_plural = "设置问题整改"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=FindingCode.values), name="structure_task_code_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="structure_task_dates_in_order"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_how="")
                | Q(closed_on__isnull=False, closed_how__in=TaskClosing.values),
                name="structure_task_closed_how",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""), name="structure_task_answer_has_text"
            ),
            models.UniqueConstraint(
                fields=["organization", "code"], condition=Q(closed_on__isnull=True), name="structure_task_one_running"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.get_code_display()}"


class StructureApprovalQuerySet(models.QuerySet["StructureApproval"]):
    """Short filters over approvals."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def on(self, day: date) -> Self:
        """Those in force on the day."""
        return self.filter(Q(approved_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class StructureApproval(models.Model):
    """A superior has approved that an organisation is set up although the size asks otherwise, from – to."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="structure_approvals")
    code = models.CharField("批准事项", max_length=24, choices=FindingCode)
    approved_on = models.DateField("批准时间")
    document = models.CharField("批准文号", max_length=128)
    ends_on = models.DateField("终止时间", null=True, blank=True)

    objects = StructureApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = "设置批准"
        verbose_name_plural = "设置批准"
        ordering = ["-approved_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=FindingCode.values), name="structure_approval_code_known"),
            models.CheckConstraint(condition=~Q(document=""), name="structure_approval_has_document"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("approved_on")),
                name="structure_approval_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["organization", "code"], condition=Q(ends_on__isnull=True), name="structure_approval_one_live"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.get_code_display()}（{self.document}）"
