"""What members take upon themselves (认领): TJ 三（三）. C09."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.projects import ClaimKind, ClaimState


class ClaimTaskQuerySet(models.QuerySet["ClaimTask"]):
    """Short filters over what may be claimed."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches; a member sees those of his own."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def open_on(self, day: date) -> Self:
        """Those that may still be claimed by their date."""
        return self.filter(closed_on__isnull=True, claim_by__gte=day)


class ClaimTask(models.Model):
    """A task that a branch offers to its members: learning, service, or the duty of a post."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    kind = models.CharField("类别", max_length=16, choices=ClaimKind)
    title = models.CharField("任务", max_length=128)
    content = models.TextField("内容和要求", max_length=2000, blank=True, default="")
    places = models.PositiveSmallIntegerField("可认领人数")
    claim_by = models.DateField("认领截止日期")
    due_on = models.DateField("完成期限")
    published_on = models.DateField("发布日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)

    objects = ClaimTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "认领任务"
        verbose_name_plural = "认领任务"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ClaimKind.values), name="claim_task_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & Q(places__gte=1), name="claim_task_whole"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("claim_by"), claim_by__gte=F("published_on")), name="claim_task_dates"
            ),
            models.UniqueConstraint(fields=["organization", "title", "published_on"], name="claim_task_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Short filters over claims."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "task__organization__path"))

    def standing(self) -> Self:
        """Those that take a place."""
        return self.exclude(state=ClaimState.GIVEN_UP)


class Claim(models.Model):
    """A member has taken a task."""

    task = models.ForeignKey(ClaimTask, models.PROTECT, related_name="claims")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    state = models.CharField("状态", max_length=16, choices=ClaimState, default=ClaimState.TAKEN)
    claimed_at = models.DateTimeField("认领时间")
    confirmed_on = models.DateField("确认日期", null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "认领"
        verbose_name_plural = "认领"
        ordering = ["claimed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.CONFIRMED, confirmed_on__isnull=False)
                | (~Q(state=ClaimState.CONFIRMED) & Q(confirmed_on__isnull=True)),
                name="claim_confirmed_has_day",
            ),
            models.UniqueConstraint(
                fields=["task", "member"], condition=~Q(state=ClaimState.GIVEN_UP), name="claim_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.task}"
