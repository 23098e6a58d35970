"""Points where integrity is at risk (廉政风险点) and their yearly reviews (O13)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import RiskLevel, RiskVerdict


class RiskPointQuerySet(models.QuerySet["RiskPoint"]):
    """Short filters over risk points."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def open(self) -> Self:
        """Not closed, at an organisation that still is."""
        return self.filter(closed_on=None, organization__dissolved_on=None)

    def looked_at_before(self, day: date) -> Self:
        """Found, or last reviewed, before the day."""
        return self.alias(last_on=Coalesce("reviewed_on", "found_on")).filter(last_on__lt=day)


class RiskPoint(models.Model):
    """Where in the work of an organisation integrity is at risk, and what is done about it.

    ``reviewed_on`` is the day of the last review; the reviews themselves are rows that are only added.
    """

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    post = models.CharField("岗位", max_length=64)
    field = models.CharField("领域", max_length=64)
    link = models.CharField("环节", max_length=64)
    description = models.CharField("风险表现", max_length=300)
    level = models.CharField("风险等级", max_length=8, choices=RiskLevel)
    measures = models.CharField("防控措施", max_length=1000)
    responsible = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="责任人")
    found_on = models.DateField("排查日期")
    reviewed_on = models.DateField("最近复查", null=True, blank=True)
    closed_on = models.DateField("消除日期", null=True, blank=True)
    closed_reason = models.CharField("消除说明", max_length=255, blank=True, default="")

    objects = RiskPointQuerySet.as_manager()

    class Meta:
        verbose_name = "廉政风险点"
        verbose_name_plural = "廉政风险点"
        ordering = ["organization", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=RiskLevel.values), name="risk_level_known"),
            models.CheckConstraint(
                condition=~Q(post="") & ~Q(field="") & ~Q(link="") & ~Q(description="") & ~Q(measures=""),
                name="risk_is_described",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | Q(reviewed_on__gte=F("found_on")), name="risk_reviewed_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("found_on")), name="risk_closed_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) ^ ~Q(closed_reason=""), name="risk_closed_with_reason"
            ),
            models.UniqueConstraint(
                fields=["organization", "post", "field", "link", "description"],
                condition=Q(closed_on__isnull=True),
                name="risk_once",
                violation_error_message="该岗位、领域和环节的同一风险点已经登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.link}"

    @property
    def last_on(self) -> date:
        """When somebody last looked at it: the last review, else the day it was found."""
        return self.reviewed_on or self.found_on


class RiskReview(models.Model):
    """One look at a risk point; never changed afterwards."""

    risk = models.ForeignKey(RiskPoint, models.CASCADE, related_name="reviews", db_index=False)
    reviewed_on = models.DateField("复查日期")
    reviewed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    verdict = models.CharField("复查结果", max_length=8, choices=RiskVerdict)
    note = models.CharField("复查说明", max_length=255, blank=True, default="")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "廉政风险点复查"
        verbose_name_plural = "廉政风险点复查"
        ordering = ["-reviewed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=RiskVerdict.values), name="risk_review_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=RiskVerdict.VALID) | ~Q(note=""), name="risk_review_change_with_note"
            ),
            models.UniqueConstraint(fields=["risk", "reviewed_on"], name="risk_review_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.risk} {self.reviewed_on}"
