"""Who may see restricted records."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import RestrictedKind
from partybuild.lib import clock


class CustodianQuerySet(models.QuerySet["Custodian"]):
    """Short filters over the naming of custodians."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.GRANT_POST) -> Self:
        """Those of posts at organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "post__organization__path"))

    def in_force(self, on: date) -> Self:
        """Begun by the day and not ended before it."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def of(self, scope: Scope) -> Self:
        """What the post in use is named for today; who acts for another was not named himself."""
        if scope.grant is None or scope.acting_for_id is not None:
            return self.none()
        return self.filter(post=scope.grant.post_id).in_force(clock.today())


class Custodian(models.Model):
    """A post is named for a kind of restricted record, from – to (both days included), by a 安全管理员.

    It sees the records of this kind at its organisation and below while the post itself is in force.
    """

    post = models.ForeignKey("branches.Post", models.PROTECT, related_name="+", db_index=False, verbose_name="岗位")
    kind = models.CharField("记录类别", max_length=16, choices=RestrictedKind)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    named_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+", verbose_name="授权人")
    named_at = models.DateTimeField("授权时间")

    objects = CustodianQuerySet.as_manager()

    class Meta:
        verbose_name = "限定记录授权"
        verbose_name_plural = "限定记录授权"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RestrictedKind.values), name="custodian_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="custodian_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["post", "kind"], condition=Q(ends_on__isnull=True), name="custodian_open_once"
            ),
        ]
        indexes = [models.Index(fields=["post", "kind", "starts_on"], name="custodian_post")]

    def __str__(self) -> str:
        return f"{self.post} · {self.get_kind_display()}"


def custody_filter(scope: Scope) -> Q:
    """Rows with ``kind`` and ``organization`` for which the post in use is named; no query of its own."""
    named = Custodian.objects.of(scope).values("kind")
    return Q(kind__in=named) & path_filter(scope, Permission.VIEW_PARTY_WORK, "organization__path")


def single_custody_filter(scope: Scope, kind: str, field: str = "organization__path") -> Q:
    """Rows of one kind, for those named for it; no query of its own."""
    named = Exists(Custodian.objects.of(scope).filter(kind=kind))
    return Q(named) & path_filter(scope, Permission.VIEW_PARTY_WORK, field)
