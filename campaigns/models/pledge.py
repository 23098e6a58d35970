"""Public pledges of members and branches (承诺践诺). C14."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.pledges import ON_BOARD, PledgeKind, PledgeState


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Short filters over pledges."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations within reach; a draft is seen by who works on it and by the member himself."""
        found = self.filter(path_filter(scope, permission, "organization__path"))
        if scope.holds(Permission.DO_WORK) or scope.holds(Permission.LEAD_WORK):
            return found
        return found.filter(~Q(state=PledgeState.DRAFT) | Q(member=scope.member_id, member__isnull=False))

    def on_board(self) -> Self:
        """Those that were made public."""
        return self.filter(state__in=ON_BOARD)

    def late(self, day: date) -> Self:
        """Public, past their day, and nothing reported."""
        return self.filter(state=PledgeState.PUBLISHED, due_on__lt=day)


class Pledge(models.Model):
    """What a member pledges within his branch for a year, or, without a member, the branch itself."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承诺人"
    )
    kind = models.CharField("类别", max_length=16, choices=PledgeKind)
    year = models.PositiveSmallIntegerField("年度")
    text = models.CharField("承诺内容", max_length=500)
    project = models.CharField("重大项目、重点工程", max_length=128, blank=True, default="")
    made_on = models.DateField("承诺日期")
    due_on = models.DateField("兑现期限")
    state = models.CharField("状态", max_length=16, choices=PledgeState, default=PledgeState.DRAFT)
    published_on = models.DateField("公示日期", null=True, blank=True)
    result = models.TextField("践诺情况", max_length=2000, blank=True, default="")
    reported_on = models.DateField("登记日期", null=True, blank=True)
    closed_on = models.DateField("评定日期", null=True, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "承诺"
        verbose_name_plural = "承诺践诺"
        ordering = ["-year", "organization", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PledgeKind.values), name="pledge_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PledgeState.values), name="pledge_state_known"),
            models.CheckConstraint(condition=~Q(text="") & Q(due_on__gte=F("made_on")), name="pledge_whole"),
            models.CheckConstraint(
                condition=Q(kind=PledgeKind.PROJECT) & ~Q(project="") | ~Q(kind=PledgeKind.PROJECT) & Q(project=""),
                name="pledge_project_named",
            ),
            models.CheckConstraint(
                condition=Q(state=PledgeState.DRAFT, published_on__isnull=True)
                | ~Q(state=PledgeState.DRAFT) & Q(published_on__isnull=False),
                name="pledge_published_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PledgeState.REPORTED, PledgeState.KEPT])
                | ~Q(result="") & Q(reported_on__isnull=False),
                name="pledge_reported_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PledgeState.KEPT, PledgeState.BROKEN], closed_on__isnull=False)
                | ~Q(state__in=[PledgeState.KEPT, PledgeState.BROKEN]) & Q(closed_on__isnull=True),
                name="pledge_closed_has_day",
            ),
            models.UniqueConstraint(
                fields=["organization", "member", "kind", "year", "text"], nulls_distinct=False, name="pledge_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "-year"], name="pledge_organization")]

    def __str__(self) -> str:
        return self.text
