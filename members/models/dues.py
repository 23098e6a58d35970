"""Dues (党费): what a member owes, what he paid, and what it was used for."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import DuesBaseState, DuesKind, DuesLineKind
from office.models.attached import AttachedFile

_RATED = [DuesKind.WORKING, DuesKind.RETIRED]


class DuesBaseQuerySet(models.QuerySet["DuesBase"]):
    """Short filters over bases."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_DUES) -> Self:
        """Those of members whose place on a roster the scope reaches."""
        return self.filter(
            path_filter(scope, permission, "member__memberships__organization__path"),
            member__memberships__ends_on__isnull=True,
        )

    def in_force(self) -> Self:
        """Settled, with approval where that is needed."""
        return self.filter(state=DuesBaseState.IN_FORCE)


class DuesBase(models.Model):
    """What a member's dues are reckoned from, from a month on: a monthly base, a fixed sum, or nothing."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="dues_bases", db_index=False)
    kind = models.CharField("缴纳类别", max_length=16, choices=DuesKind)
    amount = models.DecimalField("计算基数（元/月）", max_digits=10, decimal_places=2)
    effective_from = models.DateField("起算月份")
    until = models.DateField("截止月份", null=True, blank=True)
    basis = models.CharField("核定依据", max_length=255, blank=True, default="")
    reason = models.CharField("少交、免交原因", max_length=255, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=DuesBaseState, default=DuesBaseState.IN_FORCE)
    asker = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approved_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    decision = models.CharField("审批意见", max_length=255, blank=True, default="")

    objects = DuesBaseQuerySet.as_manager()

    class Meta:
        verbose_name = "党费计算基数"
        verbose_name_plural = "党费计算基数"
        ordering = ["-effective_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DuesKind.values), name="dues_base_kind_known"),
            models.CheckConstraint(condition=Q(state__in=DuesBaseState.values), name="dues_base_state_known"),
            models.CheckConstraint(
                condition=Q(kind=DuesKind.EXEMPT, amount=0) | (~Q(kind=DuesKind.EXEMPT) & Q(amount__gt=0)),
                name="dues_base_amount",
            ),
            models.CheckConstraint(condition=Q(effective_from__day=1), name="dues_base_from_month"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__day=1, until__gte=F("effective_from")),
                name="dues_base_months_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DuesKind.EXEMPT)
                | (~Q(reason="") & (~Q(state=DuesBaseState.IN_FORCE) | Q(approved_at__isnull=False))),
                name="dues_base_exemption_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False) | Q(approved_by__isnull=True), name="dues_base_approval_has_time"
            ),
            # One that was approved stands beside the ordinary one of its month, which counts again when it runs out.
            models.UniqueConstraint(
                fields=["member", "effective_from"],
                condition=Q(state=DuesBaseState.IN_FORCE, approved_at__isnull=True),
                name="dues_base_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["member", "effective_from"],
                condition=Q(state=DuesBaseState.IN_FORCE, approved_at__isnull=False),
                name="dues_base_approved_once",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(state=DuesBaseState.ASKED), name="dues_base_one_asked"
            ),
        ]
        indexes = [models.Index(fields=["member", "effective_from"], name="dues_base_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_kind_display()}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class DuesMonthQuerySet(models.QuerySet["DuesMonth"]):
    """Short filters over the months of branches."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_DUES) -> Self:
        """Those of branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class DuesMonth(models.Model):
    """A branch's month of dues has been opened; once closed, what is due changes by counter-entry only."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField("月份")
    opened_at = models.DateTimeField("生成时间")
    closed_at = models.DateTimeField("结账时间", null=True, blank=True)
    closed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = DuesMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "党费月份"
        verbose_name_plural = "党费月份"
        constraints = [
            models.UniqueConstraint(fields=["organization", "month"], name="dues_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="dues_month_is_month"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_by__isnull=True), name="dues_month_closing_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.month:%Y-%m}"


class DuesEntryQuerySet(models.QuerySet["DuesEntry"]):
    """Short filters over entries."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_DUES) -> Self:
        """Those of branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def unpaid(self) -> Self:
        """Of which something is still owed."""
        return self.filter(paid__lt=F("due"))


class DuesEntry(models.Model):
    """What one member owes for one month, at the branch of that month; base and rate are those of then.

    ``paid`` is the sum of its payments and their corrections; ``due`` is what the base made due and, once the month is
    closed, what was adjusted. Both are written with the lines.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="dues", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField("月份")
    kind = models.CharField("缴纳类别", max_length=16, choices=DuesKind)
    base = models.DecimalField("计算基数", max_digits=10, decimal_places=2)
    rate = models.DecimalField("比例", max_digits=6, decimal_places=5, null=True, blank=True)
    due = models.DecimalField("应缴", max_digits=9, decimal_places=2)
    paid = models.DecimalField("实缴", max_digits=9, decimal_places=2, default=0)
    paid_on = models.DateField("缴纳日期", null=True, blank=True)
    collector = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+", verbose_name="收缴人")

    objects = DuesEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "党费"
        verbose_name_plural = "党费"
        ordering = ["month", "id"]
        constraints = [
            models.UniqueConstraint(fields=["member", "month"], name="dues_entry_once_a_month"),
            models.CheckConstraint(condition=Q(kind__in=DuesKind.values), name="dues_entry_kind_known"),
            models.CheckConstraint(condition=Q(month__day=1), name="dues_entry_is_month"),
            models.CheckConstraint(condition=Q(due__gte=0, paid__gte=0, base__gte=0), name="dues_entry_not_negative"),
            models.CheckConstraint(
                condition=Q(kind__in=_RATED, rate__isnull=False) | (~Q(kind__in=_RATED) & Q(rate__isnull=True)),
                name="dues_entry_rate_where_rated",
            ),
            models.CheckConstraint(condition=Q(paid=0) | Q(paid_on__isnull=False), name="dues_entry_payment_has_day"),
        ]
        indexes = [
            models.Index(fields=["organization", "month"], name="dues_entry_organization"),
            models.Index(fields=["organization", "month"], condition=Q(paid__lt=F("due")), name="dues_entry_unpaid"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.month:%Y-%m}"

    @property
    def owed(self) -> Decimal:
        """What is still to be paid; more than due counts as nothing owed."""
        return max(self.due - self.paid, Decimal(0))


class DuesLine(models.Model):
    """One payment, one correction of a payment, or one change of what is due; never edited, only countered."""

    entry = models.ForeignKey(DuesEntry, models.PROTECT, related_name="lines")
    kind = models.CharField("类别", max_length=16, choices=DuesLineKind)
    amount = models.DecimalField("金额", max_digits=9, decimal_places=2)
    on = models.DateField("日期")
    note = models.CharField("说明", max_length=255, blank=True, default="")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "党费明细"
        verbose_name_plural = "党费明细"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DuesLineKind.values), name="dues_line_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=DuesLineKind.PAYMENT, amount__gt=0)
                | Q(kind=DuesLineKind.REVERSAL, amount__lt=0)
                | (Q(kind=DuesLineKind.ADJUSTMENT) & ~Q(amount=0)),
                name="dues_line_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind=DuesLineKind.PAYMENT) | ~Q(note=""), name="dues_line_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class DuesUseQuerySet(models.QuerySet["DuesUse"]):
    """Short filters over uses."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_DUES) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class DuesUse(models.Model):
    """Dues were spent: when, on what, how much, and the voucher that shows it."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    used_on = models.DateField("使用日期")
    purpose = models.CharField("用途", max_length=255)
    amount = models.DecimalField("金额（元）", max_digits=10, decimal_places=2)
    evidence = models.CharField("凭证", max_length=128)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    # What was recorded by mistake is struck out with a reason, not deleted.
    void_reason = models.CharField("作废原因", max_length=255, blank=True, default="")

    objects = DuesUseQuerySet.as_manager()

    class Meta:
        verbose_name = "党费使用"
        verbose_name_plural = "党费使用"
        ordering = ["-used_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="dues_use_amount"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(evidence=""), name="dues_use_told"),
        ]
        indexes = [models.Index(fields=["organization", "used_on"], name="dues_use_organization")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.amount}"


class DuesUseProofQuerySet(models.QuerySet["DuesUseProof"]):
    """Short filters over receipts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_DUES) -> Self:
        """Those of uses that the scope reaches."""
        return self.filter(path_filter(scope, permission, "use__organization__path"))


class DuesUseProof(AttachedFile):
    """The receipt of a use of dues, as a file."""

    use = models.ForeignKey(DuesUse, models.CASCADE, related_name="proofs", db_index=False)

    objects = DuesUseProofQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "党费使用票据"
        verbose_name_plural = "党费使用票据"
        constraints = [models.UniqueConstraint(fields=["use", "file", "name"], name="dues_use_proof_once")]
