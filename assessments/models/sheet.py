"""Score sheets: one organisation in one round, and its points at each stage."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from assessments.enums import StageName
from branches.enums import OrganizationKind
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Short filters over score sheets."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_SCORE) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission))


class Submission(models.Model):
    """One organisation's score sheet in a round; a stage that is handed in is fixed.

    ``earned`` of ``full`` points over the indicators that apply, at the stage that the round is in, make the ``total``
    of 100; ``ungraded`` of them have no points yet. The four are recomputed, never counted up.
    """

    round = models.ForeignKey("assessments.Round", models.CASCADE, related_name="submissions", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="submissions")
    unit = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="上级党组织")
    path = models.CharField(max_length=255)
    kind = models.CharField("组织类别", max_length=24, choices=OrganizationKind)
    self_checked_at = models.DateTimeField("自评提交", null=True, blank=True)
    self_checked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    self_comment = models.TextField("自评说明", blank=True, default="")
    checked_at = models.DateTimeField("验收提交", null=True, blank=True)
    checked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    check_comment = models.TextField("验收意见", blank=True, default="")
    final_comment = models.TextField("综合意见", blank=True, default="")
    earned = models.DecimalField("得分", max_digits=6, decimal_places=2, default=0)
    full = models.DecimalField("应得分", max_digits=6, decimal_places=2, default=0)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2, null=True, blank=True)
    ungraded = models.PositiveSmallIntegerField("待评指标", default=0)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "评分表"
        verbose_name_plural = "评分表"
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="submission_once"),
            models.CheckConstraint(condition=Q(kind__in=OrganizationKind.values), name="submission_kind_known"),
            models.CheckConstraint(
                condition=Q(self_checked_at__isnull=False) | Q(self_checked_by__isnull=True),
                name="submission_self_check_has_time",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=False) | Q(checked_by__isnull=True), name="submission_check_has_time"
            ),
            models.CheckConstraint(condition=Q(earned__gte=0, earned__lte=F("full")), name="submission_earned_range"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100), name="submission_total_range"
            ),
        ]
        indexes = [models.Index(fields=["round", "kind", "-total"], name="submission_standing")]

    def __str__(self) -> str:
        return f"{self.organization}评分表"


class StageScore(models.Model):
    """Points of an organisation for an indicator at a stage, with what they rest on.

    ``computed`` is what the rule gives, ``start`` what the stage began with, ``points`` what it gave; at the later
    stages a difference between the last two has a reason. ``by_hand`` points no longer follow ``computed``.
    ``applies`` is false where nothing was due, so that the indicator is left out. ``basis`` holds the figures and the
    ids of assignments and credits.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="scores", db_index=False)
    indicator = models.ForeignKey("assessments.Indicator", models.PROTECT, related_name="scores")
    stage = models.CharField("阶段", max_length=16, choices=StageName)
    applies = models.BooleanField("计分", default=True)
    computed = models.DecimalField("系统计分", max_digits=6, decimal_places=2, null=True, blank=True)
    start = models.DecimalField("起评分", max_digits=6, decimal_places=2, null=True, blank=True)
    points = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, blank=True)
    by_hand = models.BooleanField("人工评定", default=False)
    note = models.CharField("说明", max_length=500, blank=True, default="")
    evidence = models.TextField("佐证材料", blank=True, default="")
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
            models.CheckConstraint(
                condition=Q(applies=True) | Q(points__isnull=True, computed__isnull=True),
                name="stage_score_left_out_has_no_points",
            ),
            models.CheckConstraint(
                condition=Q(stage=StageName.SELF_CHECK)
                | Q(start__isnull=True)
                | Q(points__isnull=True)
                | Q(points=F("start"))
                | ~Q(reason=""),
                name="stage_score_change_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.indicator_id} {self.stage}"
