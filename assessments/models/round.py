"""Rounds of scoring and their outcome."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from assessments.enums import Grade, RoundStatus, StageName
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class RoundQuerySet(models.QuerySet["Round"]):
    """Short filters over rounds."""

    def visible_to(self, scope: Scope) -> Self:
        """Own ones, and those that a superior organisation holds over one's own."""
        if scope.grant is None or not scope.holds(Permission.VIEW_SCORE):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        own = path_filter(scope, Permission.VIEW_SCORE, "scheme__campaign__issuer__path")
        return self.filter(own | Q(scheme__campaign__issuer_id__in=above))


class Round(models.Model):
    """One evaluation of a campaign over a stretch of time, in three stages."""

    scheme = models.ForeignKey("assessments.Scheme", models.PROTECT, related_name="rounds", db_index=False)
    key = models.CharField("期次", max_length=16)
    name = models.CharField("名称", max_length=64)
    starts_on = models.DateField("评估起")
    ends_on = models.DateField("评估止")
    status = models.CharField("阶段", max_length=16, choices=RoundStatus, default=RoundStatus.SELF_CHECK)
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
                condition=Q(starts_on__lte=F("ends_on"), self_check_by__lte=F("check_by"))
                & Q(check_by__lte=F("final_by")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(status=RoundStatus.PUBLISHED, published_at__isnull=False)
                | (~Q(status=RoundStatus.PUBLISHED) & Q(published_at__isnull=True)),
                name="round_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Submission(models.Model):
    """One organisation's sheet in a round; a stage that is handed in is fixed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="submissions", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=255)
    self_checked_at = models.DateTimeField("自评提交", null=True, blank=True)
    self_comment = models.TextField("自评说明", blank=True, default="")
    checked_at = models.DateTimeField("验收提交", null=True, blank=True)
    check_comment = models.TextField("验收意见", blank=True, default="")
    final_comment = models.TextField("综合意见", blank=True, default="")

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = "评分表"
        constraints = [models.UniqueConstraint(fields=["round", "organization"], name="submission_once")]
        indexes = [models.Index(fields=["organization"], name="submission_organization")]

    def __str__(self) -> str:
        return f"{self.round} {self.organization_id}"


class StageScore(models.Model):
    """Points of an organisation for an indicator at a stage, with what they rest on.

    ``basis`` holds the rule in words, ids of assignments and credits, and the figures; a change by hand keeps the
    computed points beside and gives its reason.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="scores", db_index=False)
    indicator = models.ForeignKey("assessments.Indicator", models.PROTECT, related_name="scores", db_index=False)
    stage = models.CharField("阶段", max_length=16, choices=StageName)
    computed = models.DecimalField("系统计分", max_digits=6, decimal_places=2, null=True, blank=True)
    points = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, blank=True)
    reason = models.CharField("调整理由", max_length=255, blank=True, default="")
    basis = models.JSONField("依据", default=dict)
    scored_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    scored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "得分"
        verbose_name_plural = "得分"
        constraints = [
            models.UniqueConstraint(fields=["submission", "indicator", "stage"], name="stage_score_once"),
            models.CheckConstraint(condition=Q(stage__in=StageName.values), name="stage_score_stage_known"),
            models.CheckConstraint(condition=Q(points__isnull=True) | Q(points__gte=0), name="stage_score_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.indicator_id} {self.stage}"


class Result(models.Model):
    """An organisation's outcome of a round: total, rank among its kind, grade; frozen when published."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="results", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="results")
    path = models.CharField(max_length=255)
    kind = models.CharField(max_length=24)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2)
    rank = models.PositiveIntegerField("名次")
    grade = models.CharField("等次", max_length=16, choices=Grade)

    class Meta:
        verbose_name = "评估结果"
        verbose_name_plural = "评估结果"
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="result_once"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="result_grade_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.total}"
