"""Responsibility agreements between a superior and an organisation below it (C08)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.agreements import AgreementState

_SUPERIOR = Q(superior_signed_at__isnull=False, superior_signed_by__isnull=False)
_OWN = Q(own_signed_at__isnull=False, own_signed_by__isnull=False)
_NO_SUPERIOR = Q(superior_signed_at__isnull=True, superior_signed_by__isnull=True)
_NO_OWN = Q(own_signed_at__isnull=True, own_signed_by__isnull=True)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Short filters over agreements."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those with organisations that the scope reaches; before it is sent it is the superior's own."""
        reached = path_filter(scope, permission, "organization__path")
        ours = path_filter(scope, permission, "superior__path")
        return self.filter(ours | (reached & ~Q(state=AgreementState.DRAFT)))

    def live(self) -> Self:
        return self.exclude(state=AgreementState.VOID)


class Agreement(models.Model):
    """What an organisation undertakes towards its superior for a year; signed by one person of either side."""

    superior = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="上级党组织")
    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="agreements", verbose_name="责任单位"
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("标题", max_length=128)
    text = models.TextField("内容", max_length=20_000)
    state = models.CharField("状态", max_length=16, choices=AgreementState, default=AgreementState.DRAFT)
    created_at = models.DateTimeField("建立时间")
    sent_at = models.DateTimeField("送签时间", null=True, blank=True)
    superior_signed_at = models.DateTimeField("上级签订时间", null=True, blank=True)
    superior_signed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    own_signed_at = models.DateTimeField("责任单位签订时间", null=True, blank=True)
    own_signed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_on = models.DateField("签订日期", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=255, blank=True, default="")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "目标责任书"
        verbose_name_plural = "目标责任书"
        ordering = ["-year", "organization__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"], condition=~Q(state=AgreementState.VOID), name="agreement_once_a_year"
            ),
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_known"),
            models.CheckConstraint(condition=~Q(superior=F("organization")), name="agreement_two_sides"),
            models.CheckConstraint(
                condition=(_SUPERIOR | _NO_SUPERIOR) & (_OWN | _NO_OWN), name="agreement_signature_whole"
            ),
            models.CheckConstraint(
                condition=Q(superior_signed_by__isnull=True)
                | Q(own_signed_by__isnull=True)
                | ~Q(superior_signed_by=F("own_signed_by")),
                name="agreement_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.SIGNED) | (_SUPERIOR & _OWN & Q(signed_on__isnull=False)),
                name="agreement_signed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[AgreementState.DRAFT, AgreementState.VOID]) | Q(sent_at__isnull=False),
                name="agreement_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.VOID) | ~Q(void_reason=""), name="agreement_void_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title
