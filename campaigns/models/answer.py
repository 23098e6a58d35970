"""Answers to assignments that no record can measure."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models import Organization
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityStatus

OPEN_CORRECTIONS = (ActivityStatus.DRAFT, ActivityStatus.AMENDING, ActivityStatus.RETURNED)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Short filters over answers."""

    def given(self) -> Self:
        """The answers themselves, without the corrections of them."""
        return self.filter(corrects=None)

    def correcting(self) -> Self:
        """Corrections that are being written or wait for the reviewer."""
        return self.filter(corrects__isnull=False, status__in=[*OPEN_CORRECTIONS])

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ASSIGNMENT) -> Self:
        """Those to assignments that the scope reaches."""
        return self.filter(path_filter(scope, permission, "assignment__path"))


class Answer(models.Model):
    """An organisation's answer to one assignment: its checklist, an amount where one is asked for, and evidence.

    It lives through the same states as an activity. ``corrects`` names the approved answer of which it is the corrected
    copy: the copy counts for nothing by itself and takes the place of what was answered once it is approved.
    """

    assignment = models.ForeignKey("campaigns.Assignment", models.PROTECT, related_name="answers")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    status = models.CharField("状态", max_length=16, choices=ActivityStatus, default=ActivityStatus.DRAFT)
    amount = models.DecimalField("完成数量", max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.TextField("说明", blank=True, default="")
    version = models.PositiveSmallIntegerField(default=0)
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

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "填报"
        verbose_name_plural = "填报"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ActivityStatus.values), name="answer_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=[ActivityStatus.DRAFT, ActivityStatus.VOID])
                | Q(filed_at__isnull=False, counts_from__isnull=False),
                name="answer_filed_has_time",
            ),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(corrects__isnull=True), name="answer_once_for_an_assignment"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) & ~Q(status__in=[ActivityStatus.AMENDING, ActivityStatus.AMENDED])
                | Q(corrects__isnull=False) & ~Q(status__in=[ActivityStatus.FILED, ActivityStatus.APPROVED]),
                name="answer_correction_never_counts",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(status__in=[ActivityStatus.DRAFT, ActivityStatus.AMENDING, ActivityStatus.RETURNED]),
                name="answer_corrected_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "needs_review", "filed_at"], name="answer_queue")]

    def __str__(self) -> str:
        return f"{self.assignment}"

    @property
    def is_correction(self) -> bool:
        """Whether it is the corrected copy of an approved answer."""
        return self.corrects_id is not None

    @property
    def organization(self) -> Organization:
        """Whose answer it is; together with ``status`` and its times what answers and activities have in common."""
        return self.assignment.organization


class AnswerVersion(models.Model):
    """What an answer said when it was filed; two of them show what was corrected."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey("branches.User", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = "提交版本"
        verbose_name_plural = "提交版本"
        ordering = ["answer", "number"]
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} v{self.number}"


class AnswerMark(models.Model):
    """One item of the checklist as answered; an open checklist takes items of the organisation's own."""

    class State(models.TextChoices):
        DONE = "done", "已落实"
        NOT_DONE = "not_done", "未落实"
        NOT_APPLICABLE = "not_applicable", "不适用"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="marks", db_index=False)
    item = models.ForeignKey("campaigns.ChecklistItem", models.CASCADE, null=True, blank=True, related_name="marks")
    text = models.CharField("内容", max_length=255, blank=True, default="")
    state = models.CharField("落实情况", max_length=16, choices=State)
    note = models.CharField("说明", max_length=255, blank=True, default="")

    class Meta:
        verbose_name = "清单填报"
        verbose_name_plural = "清单填报"
        ordering = ["answer", "item__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "item"], name="answer_mark_once"),
            models.CheckConstraint(condition=Q(item__isnull=False) | ~Q(text=""), name="answer_mark_has_text"),
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | ~Q(note=""), name="answer_mark_not_applicable_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "not_done", "not_applicable"]), name="answer_mark_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.item)
