"""The yearly sheet of a branch's standards (支部标准化; O16)."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import SheetState
from office.models.attached import AttachedFile


class StandardSheetQuerySet(models.QuerySet["StandardSheet"]):
    """Short filters over sheets."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class StandardSheet(models.Model):
    """What a branch says of its standards in a year, item by item, and the superior's check."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="standard_sheets", db_index=False, verbose_name="党支部"
    )
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=12, choices=SheetState, default=SheetState.DRAFT)
    checked_at = models.DateTimeField("核验时间", null=True, blank=True)
    checked_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    check_remark = models.CharField("核验意见", max_length=255, blank=True, default="")

    objects = StandardSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "支部标准化自查表"
        verbose_name_plural = "支部标准化自查表"
        ordering = ["-year", "organization"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SheetState.values), name="standard_sheet_state_known"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="standard_sheet_year_in_range"),
            models.CheckConstraint(
                condition=Q(state__in=[SheetState.CONFIRMED, SheetState.RETURNED], checked_at__isnull=False)
                | Q(state__in=[SheetState.DRAFT, SheetState.SUBMITTED], checked_at__isnull=True),
                name="standard_sheet_judged_by_a_check",
            ),
            models.CheckConstraint(
                condition=~Q(state=SheetState.RETURNED) | ~Q(check_remark=""),
                name="standard_sheet_returned_with_remark",
            ),
            models.UniqueConstraint(fields=["organization", "year"], name="standard_sheet_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}年支部标准化"


class StandardItem(models.Model):
    """One item of a sheet, worded as the rule table had it; one that nobody has worded yet cannot be met."""

    sheet = models.ForeignKey(StandardSheet, models.CASCADE, related_name="items", db_index=False)
    code = models.CharField(max_length=32)
    label = models.CharField("标准", max_length=255)
    source = models.CharField("来源", max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField("排序")
    is_open = models.BooleanField("内容待填写", default=False)
    is_met = models.BooleanField("达标", default=False)
    evidence = models.CharField("佐证情况", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "支部标准化条目"
        verbose_name_plural = "支部标准化条目"
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="standard_item_has_label"),
            models.CheckConstraint(condition=Q(is_open=False) | Q(is_met=False), name="standard_item_open_is_not_met"),
            models.CheckConstraint(condition=Q(is_met=False) | ~Q(evidence=""), name="standard_item_met_with_evidence"),
            models.UniqueConstraint(fields=["sheet", "code"], name="standard_item_once"),
        ]

    def __str__(self) -> str:
        return self.label


class StandardProof(AttachedFile):
    """A file that shows that an item is met."""

    item = models.ForeignKey(StandardItem, models.CASCADE, related_name="proofs", db_index=False)

    class Meta(AttachedFile.Meta):
        verbose_name = "支部标准化佐证材料"
        verbose_name_plural = "支部标准化佐证材料"
        constraints = [models.UniqueConstraint(fields=["item", "file", "name"], name="standard_proof_once")]
