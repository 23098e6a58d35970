"""Rounds of scoring and their outcome."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from assessments.enums import Grade, RoundStatus
from branches.enums import OrganizationKind
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class RoundQuerySet(models.QuerySet["Round"]):
    """Short filters over rounds."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_SCORE) -> Self:
        """Own ones, and those that a superior organisation holds over one's own."""
        if scope.grant is None or not scope.holds(permission):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        own = path_filter(scope, permission, "scheme__campaign__issuer__path")
        return self.filter(own | Q(scheme__campaign__issuer_id__in=above))

    def unpublished(self) -> Self:
        return self.exclude(status=RoundStatus.PUBLISHED)


class Round(models.Model):
    """One evaluation of a campaign over a stretch of time, in three stages."""

    scheme = models.ForeignKey("assessments.Scheme", models.PROTECT, related_name="rounds", db_index=False)
    key = models.CharField("期次", max_length=16)
    name = models.CharField("名称", max_length=96)
    starts_on = models.DateField("评估起")
    ends_on = models.DateField("评估止")
    status = models.CharField("阶段", max_length=16, choices=RoundStatus, default=RoundStatus.SELF_CHECK)
    opens_on = models.DateField("开始自评日期")
    self_check_by = models.DateField("自评截止")
    check_by = models.DateField("验收截止")
    final_by = models.DateField("综合评估截止")
    rule_version = models.DateField()
    computed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    result_hash = models.CharField(max_length=64, blank=True, default="")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "评估"
        verbose_name_plural = "评估"
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "key"], name="round_once"),
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="round_status_known"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on"), opens_on__lte=F("self_check_by"))
                & Q(self_check_by__lte=F("check_by"))
                & Q(check_by__lte=F("final_by")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(status=RoundStatus.PUBLISHED, published_at__isnull=False) & ~Q(result_hash=""))
                | (~Q(status=RoundStatus.PUBLISHED) & Q(published_at__isnull=True, result_hash="")),
                name="round_published_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResultQuerySet(models.QuerySet["Result"]):
    """Short filters over results."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_SCORE) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission))


class Result(models.Model):
    """An organisation's outcome of a round: total, rank among its kind, grade; frozen when published."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="results", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="results")
    path = models.CharField(max_length=255)
    kind = models.CharField("组织类别", max_length=24, choices=OrganizationKind)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    rank = models.PositiveIntegerField("名次")
    grade = models.CharField("等次", max_length=16, choices=Grade)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = "评估结果"
        verbose_name_plural = "评估结果"
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="result_once"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="result_grade_known"),
            models.CheckConstraint(condition=Q(kind__in=OrganizationKind.values), name="result_kind_known"),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=100), name="result_total_range"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="result_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.total}"
