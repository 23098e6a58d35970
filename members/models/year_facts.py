"""Figures of a unit's year that no record of the portal gives."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class YearFactsQuerySet(models.QuerySet["YearFacts"]):
    """Short filters over the figures of years."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class YearFacts(models.Model):
    """Staff, dedicated party staff and activity funds of one organisation in one year; empty is not known yet."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="year_facts", db_index=False, verbose_name="党组织"
    )
    year = models.PositiveSmallIntegerField("年度")
    staff = models.PositiveIntegerField("机关工作人员数", null=True, blank=True)
    dedicated_staff = models.PositiveIntegerField("专职党务干部数", null=True, blank=True)
    funds_budget = models.DecimalField("党建经费预算", max_digits=14, decimal_places=2, null=True, blank=True)
    is_in_budget = models.BooleanField("列入单位年度预算", default=False)
    funds_spent = models.DecimalField("党建经费支出", max_digits=14, decimal_places=2, null=True, blank=True)
    remark = models.CharField("说明", max_length=255, blank=True, default="")
    recorded_at = models.DateTimeField("填报时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = YearFactsQuerySet.as_manager()

    class Meta:
        verbose_name = "年度数据"
        verbose_name_plural = "年度数据"
        ordering = ["-year", "organization"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="year_facts_once"),
            models.CheckConstraint(condition=Q(year__range=(1990, 2100)), name="year_facts_year_plausible"),
            models.CheckConstraint(
                condition=Q(dedicated_staff__isnull=True) | Q(staff__isnull=True) | Q(dedicated_staff__lte=F("staff")),
                name="year_facts_dedicated_within_staff",
            ),
            models.CheckConstraint(
                condition=(Q(funds_budget__isnull=True) | Q(funds_budget__gte=0))
                & (Q(funds_spent__isnull=True) | Q(funds_spent__gte=0)),
                name="year_facts_funds_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}年"
