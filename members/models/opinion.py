"""What a branch says about one of its members before he is promoted or honoured (听取党支部意见). O15."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import OpinionAnswer, OpinionPurpose


class OpinionRequestQuerySet(models.QuerySet["OpinionRequest"]):
    """Short filters over requests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those to branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def unanswered(self) -> Self:
        """The branch has not said anything yet, and is still asked."""
        return self.filter(answered_on__isnull=True, closed_on__isnull=True)

    def unclosed(self) -> Self:
        """Answered, and not closed by who asked."""
        return self.filter(answered_on__isnull=False, closed_on__isnull=True)


class OpinionRequest(models.Model):
    """An organisation asks the branch (``organization``) of a member, the branch answers, the asker closes."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    asker = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="征求意见单位")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党支部")
    purpose = models.CharField("用途", max_length=16, choices=OpinionPurpose)
    subject = models.CharField("事项", max_length=128)
    asked_on = models.DateField("征求日期")
    due_on = models.DateField("回复期限")
    answer = models.CharField("意见", max_length=16, choices=OpinionAnswer, blank=True, default="")
    text = models.TextField("意见内容", max_length=2000, blank=True, default="")
    met_on = models.DateField("支部研究日期", null=True, blank=True)
    answered_on = models.DateField("回复日期", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("办结日期", null=True, blank=True)

    objects = OpinionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "听取党支部意见"
        verbose_name_plural = "听取党支部意见"
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=OpinionPurpose.values), name="opinion_purpose_known"),
            models.CheckConstraint(condition=Q(answer__in=["", *OpinionAnswer.values]), name="opinion_answer_known"),
            models.CheckConstraint(condition=~Q(subject=""), name="opinion_has_subject"),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="opinion_due_after_asking"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, met_on__isnull=True)
                | (
                    ~Q(answer="")
                    & Q(
                        answered_on__isnull=False,
                        answered_on__gte=F("asked_on"),
                        met_on__isnull=False,
                        met_on__lte=F("answered_on"),
                    )
                ),
                name="opinion_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[OpinionAnswer.REFUSED, OpinionAnswer.RESERVED]) | ~Q(text=""),
                name="opinion_doubt_with_text",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(answered_on__isnull=False, closed_on__gte=F("answered_on")),
                name="opinion_closed_after_answer",
            ),
            models.UniqueConstraint(
                fields=["member", "subject"], condition=Q(closed_on__isnull=True), name="opinion_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-asked_on"], name="opinion_organization"),
            models.Index(fields=["asker", "-asked_on"], name="opinion_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.subject}"

    @property
    def is_favourable(self) -> bool:
        """Whether the branch has agreed."""
        return self.answer == OpinionAnswer.AGREED

    def state_on(self, day: date) -> str:
        """How it stands on the day, in the words of the portal."""
        if self.closed_on is not None:
            return "已办结"
        if self.answered_on is not None:
            return "待办结"
        return "逾期" if self.due_on < day else "待答复"
