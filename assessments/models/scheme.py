"""How a campaign is scored."""

from typing import Self

from django.db import models
from django.db.models import Q

from assessments.enums import IndicatorKind
from branches.permissions import Permission, Scope
from campaigns.models import Campaign


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Short filters over schemes."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_SCORE) -> Self:
        """Of one's own campaigns, and of those that a superior organisation has published."""
        if not scope.holds(permission):
            return self.none()
        return self.filter(campaign__in=Campaign.objects.visible_to(scope))


class Scheme(models.Model):
    """The scoring scheme of one campaign: dimensions as first level, tasks' targets as indicators, 100 points."""

    campaign = models.OneToOneField("campaigns.Campaign", models.CASCADE, related_name="scheme")
    name = models.CharField("名称", max_length=96)
    made_at = models.DateTimeField()

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = "评分方案"
        verbose_name_plural = "评分方案"

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """One line of the score sheet; a metered one earns its points from the assignments of its target."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators", db_index=False)
    dimension = models.ForeignKey("campaigns.Dimension", models.CASCADE, related_name="indicators")
    task = models.ForeignKey("campaigns.Task", models.CASCADE, related_name="indicators")
    target = models.ForeignKey("campaigns.Target", models.CASCADE, null=True, blank=True, related_name="indicators")
    name = models.CharField("指标", max_length=64)
    standard = models.CharField("计分标准", max_length=255)
    kind = models.CharField("计分方式", max_length=16, choices=IndicatorKind)
    points = models.DecimalField("分值", max_digits=6, decimal_places=2)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "评分指标"
        verbose_name_plural = "评分指标"
        ordering = ["scheme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "position"], name="indicator_position_once"),
            models.CheckConstraint(condition=Q(kind__in=IndicatorKind.values), name="indicator_kind_known"),
            models.CheckConstraint(condition=Q(points__gt=0), name="indicator_points_positive"),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.METERED) | Q(target__isnull=False), name="indicator_metered_has_target"
            ),
        ]

    def __str__(self) -> str:
        return self.name
