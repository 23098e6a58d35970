"""Yearly plans of branches and the activities that they name (C07)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import ActivityKind
from campaigns.rules.branch_plans import EDITABLE, FILED, Planned, PlanState, last_day


class BranchPlanQuerySet(models.QuerySet["BranchPlan"]):
    """Short filters over plans."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches; of the superiors, by which one's own goes, the approved."""
        reached = path_filter(scope, permission, "organization__path")
        if scope.grant is None or permission != Permission.VIEW_WORK or not scope.holds(permission):
            return self.filter(reached)
        above = [int(part) for part in scope.grant.path.split("/")[:-2]]
        return self.filter(reached | Q(organization_id__in=above, state=PlanState.APPROVED))

    def filed(self) -> Self:
        """Handed in and not sent back."""
        return self.filter(state__in=FILED)


class BranchPlan(models.Model):
    """What an organisation means to do in a year, for a campaign or in general; one for each."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="branch_plans", verbose_name="党组织"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branch_plans",
        verbose_name="创建活动",
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=128)
    text = models.TextField("计划内容", max_length=20_000, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=PlanState, default=PlanState.DRAFT)
    remark = models.CharField("审核意见", max_length=500, blank=True, default="")
    created_at = models.DateTimeField("建立时间")
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = BranchPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "支部计划"
        verbose_name_plural = "支部计划"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "campaign", "year"], nulls_distinct=False, name="branch_plan_once"
            ),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="branch_plan_state_known"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="branch_plan_year_range"),
            models.CheckConstraint(condition=~Q(title=""), name="branch_plan_has_title"),
            models.CheckConstraint(
                condition=Q(state=PlanState.DRAFT) | Q(submitted_at__isnull=False), name="branch_plan_filed_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PlanState.RETURNED, PlanState.APPROVED]) | Q(decided_at__isnull=False),
                name="branch_plan_decided_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.RETURNED) | ~Q(remark=""), name="branch_plan_returned_says_why"
            ),
        ]
        indexes = [models.Index(fields=["year", "state"], name="branch_plan_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the organisation may still change it."""
        return self.state in EDITABLE


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Short filters over planned activities."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "plan__organization__path"))


class PlanItem(models.Model):
    """An activity that a plan names, in a month or on a day, with who sees to it."""

    plan = models.ForeignKey(BranchPlan, models.CASCADE, related_name="items")
    month = models.PositiveSmallIntegerField("月份")
    day = models.PositiveSmallIntegerField("日", null=True, blank=True)
    kind = models.CharField("活动类型", max_length=24, choices=ActivityKind)
    title = models.CharField("主题", max_length=128)
    responsible = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="负责人"
    )

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "计划活动"
        verbose_name_plural = "计划活动"
        ordering = ["month", models.F("day").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="plan_item_kind_known"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="plan_item_month_range"),
            models.CheckConstraint(condition=Q(day__isnull=True) | Q(day__range=(1, 31)), name="plan_item_day_range"),
            models.CheckConstraint(condition=~Q(title=""), name="plan_item_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def planned(self) -> Planned:
        """In plain values, for the rules."""
        return Planned(self.pk, self.kind, self.month, self.day)

    @property
    def last_day(self) -> date:
        """By when it is to be held."""
        return last_day(self.plan.year, self.planned)
