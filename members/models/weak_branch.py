"""Weak and slack branches (软弱涣散党支部) and their plan over up to three years (O16)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class WeakBranchQuerySet(models.QuerySet["WeakBranch"]):
    """Short filters over weak branches."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def open(self) -> Self:
        """On the list still, and not dissolved."""
        return self.filter(lifted_on=None, organization__dissolved_on=None)

    def in_force(self, on: date) -> Self:
        """On the list on the day."""
        return self.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=on), listed_on__lte=on)

    def falling_behind(self, on: date) -> Self:
        """On the list without a plan, or with a step of it past its day."""
        steps = PlanStep.objects.filter(weak=OuterRef("pk"))
        return self.open().filter(~Exists(steps) | Exists(steps.filter(done_on=None, target_on__lt=on)))


class WeakBranch(models.Model):
    """The superior has put a branch on the list of those to be put right, until he lifts it."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="weak_times", verbose_name="党支部"
    )
    listed_on = models.DateField("列入日期")
    reasons = models.CharField("列入原因", max_length=500)
    listed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField("销号日期", null=True, blank=True)
    lifted_reason = models.CharField("销号理由", max_length=500, blank=True, default="")
    lifted_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = WeakBranchQuerySet.as_manager()

    class Meta:
        verbose_name = "软弱涣散党支部"
        verbose_name_plural = "软弱涣散党支部"
        ordering = ["-listed_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="weak_branch_has_reasons"),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("listed_on")),
                name="weak_branch_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) ^ ~Q(lifted_reason=""), name="weak_branch_lifted_with_reason"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(lifted_on__isnull=True), name="weak_branch_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.listed_on}列入软弱涣散"


class PlanStep(models.Model):
    """One measure of a weak branch's plan, with the day by which it is to be done; ``year`` is that of the day."""

    weak = models.ForeignKey(WeakBranch, models.CASCADE, related_name="steps", db_index=False)
    year = models.PositiveSmallIntegerField("年度")
    measure = models.CharField("提升措施", max_length=300)
    target_on = models.DateField("完成期限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("完成情况", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "提升计划措施"
        verbose_name_plural = "提升计划措施"
        ordering = ["target_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(measure=""), name="plan_step_has_measure"),
            models.CheckConstraint(condition=Q(target_on__year=F("year")), name="plan_step_year_of_its_day"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) ^ ~Q(result=""), name="plan_step_done_with_result"
            ),
            models.UniqueConstraint(fields=["weak", "target_on", "measure"], name="plan_step_once"),
        ]

    def __str__(self) -> str:
        return self.measure
