"""Clean-ups of kinds of problem (专项整治) and the self-checks that they ask for. R06."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.cleanups import CleanupState


class CleanupQuerySet(models.QuerySet["Cleanup"]):
    """Short filters over clean-ups."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Own ones, and those that a superior organisation has begun; drafts only for those who lead such work."""
        if scope.grant is None or not scope.holds(permission):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        own = path_filter(scope, permission, "issuer__path")
        if permission != Permission.VIEW_WORK:
            return self.filter(own)
        drafts = path_filter(scope, Permission.LEAD_WORK, "issuer__path")
        return self.filter((own | Q(issuer_id__in=above)) & (~Q(state=CleanupState.DRAFT) | drafts))

    def running(self) -> Self:
        """Begun and not ended."""
        return self.filter(state=CleanupState.RUNNING)


class Cleanup(models.Model):
    """A clean-up: who leads it, against which kinds of problem, from when to when, in which kinds of organisation."""

    issuer = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="cleanups", verbose_name="牵头单位"
    )
    name = models.CharField("名称", max_length=64)
    classes = ArrayField(models.CharField(max_length=64), verbose_name="问题类型")
    requirement = models.TextField("要求", max_length=2000, blank=True, default="")
    source = models.CharField("依据", max_length=64, blank=True, default="")
    starts_on = models.DateField("开始日期")
    check_by = models.DateField("自查截止")
    ends_on = models.DateField("结束日期")
    audience_kinds = ArrayField(models.CharField(max_length=24), default=list, verbose_name="范围")
    state = models.CharField("状态", max_length=16, choices=CleanupState, default=CleanupState.DRAFT)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    summary = models.TextField("整治小结", max_length=4000, blank=True, default="")
    created_at = models.DateTimeField()

    objects = CleanupQuerySet.as_manager()

    class Meta:
        verbose_name = "专项整治"
        verbose_name_plural = "专项整治"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CleanupState.values), name="cleanup_state_known"),
            models.CheckConstraint(
                condition=Q(check_by__gte=F("starts_on"), ends_on__gte=F("check_by")), name="cleanup_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(classes__len__gte=1), name="cleanup_has_classes"),
            models.CheckConstraint(
                condition=Q(state=CleanupState.ENDED, ended_on__isnull=False)
                | (~Q(state=CleanupState.ENDED) & Q(ended_on__isnull=True)),
                name="cleanup_ended_has_day",
            ),
            models.UniqueConstraint(fields=["issuer", "name", "starts_on"], name="cleanup_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CleanupCheckQuerySet(models.QuerySet["CleanupCheck"]):
    """Short filters over self-checks."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class CleanupCheck(models.Model):
    """One organisation's self-check on one class of problem: found, which makes problems, or none, with a word."""

    cleanup = models.ForeignKey(Cleanup, models.CASCADE, related_name="checks")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="cleanup_checks")
    name = models.CharField("问题类型", max_length=64)
    is_found = models.BooleanField("查出问题")
    word = models.CharField("自查情况", max_length=500)
    checked_at = models.DateTimeField("自查时间")
    checked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = CleanupCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "专项整治自查"
        verbose_name_plural = "专项整治自查"
        ordering = ["cleanup", "organization", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cleanup", "organization", "name"], name="cleanup_check_once"),
            models.CheckConstraint(condition=~Q(word=""), name="cleanup_check_has_word"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.name}"
