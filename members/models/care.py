"""Care and help (O14): a restricted register."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.permissions import Scope
from members.enums import CareGroup, RestrictedKind
from members.models.custodian import single_custody_filter
from partybuild.lib.fields import EncryptedTextField


class CareCaseQuerySet(models.QuerySet["CareCase"]):
    """Short filters over cases."""

    def visible_to(self, scope: Scope) -> Self:
        """Those at organisations of a post that is named for care; nobody else's."""
        return self.filter(single_custody_filter(scope, RestrictedKind.CARE))

    def on(self, day: date) -> Self:
        """Those that are cared for on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class CareCase(models.Model):
    """A member belongs to a group that needs care, from – to (on the last day he no longer does)."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    group = models.CharField("类别", max_length=16, choices=CareGroup)
    need = EncryptedTextField("困难和需要", blank=True, default="")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = CareCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "关怀帮扶对象"
        verbose_name_plural = "关怀帮扶对象"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(group__in=CareGroup.values), name="care_group_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="care_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["member", "group"], condition=Q(ends_on__isnull=True), name="care_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"关怀帮扶 {self.pk}"


class CareVisit(models.Model):
    """Help that was given: a visit, money, something done."""

    case = models.ForeignKey(CareCase, models.CASCADE, related_name="visits")
    visited_on = models.DateField("日期")
    help = EncryptedTextField("帮扶内容")
    amount = models.DecimalField("金额（元）", max_digits=10, decimal_places=2, null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "帮扶记录"
        verbose_name_plural = "帮扶记录"
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="care_amount_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"帮扶记录 {self.pk}"
