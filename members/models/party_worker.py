"""Those who do party work for an organisation."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import PartyWorkerDuty, PartyWorkerKind


class PartyWorkerQuerySet(models.QuerySet["PartyWorker"]):
    """Short filters over party staff."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those at organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def on(self, day: date) -> Self:
        """Those who do this work on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class PartyWorker(models.Model):
    """A member does party work at an organisation, all the time or beside other work, from – to (O12).

    Gives no right in the portal (a post does); a party office such as 书记 is an ``Office`` and not repeated here.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="party_work")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="party_workers")
    kind = models.CharField("专职或者兼职", max_length=16, choices=PartyWorkerKind)
    duty = models.CharField("党务岗位", max_length=24, choices=PartyWorkerDuty)
    position = models.CharField("职务名称", max_length=64, blank=True, default="")
    rank = models.CharField("职级", max_length=32, blank=True, default="")
    starts_on = models.DateField("任职时间")
    ends_on = models.DateField("离任时间", null=True, blank=True)
    resume = models.TextField("党务工作简历", max_length=2000, blank=True, default="")

    objects = PartyWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "党务干部"
        verbose_name_plural = "党务干部"
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartyWorkerKind.values), name="party_worker_kind_known"),
            models.CheckConstraint(condition=Q(duty__in=PartyWorkerDuty.values), name="party_worker_duty_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="party_worker_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(duty=PartyWorkerDuty.DEPUTY_SECRETARY) | Q(kind=PartyWorkerKind.FULL_TIME),
                name="party_worker_deputy_is_full_time",
            ),
            models.UniqueConstraint(
                fields=["member", "organization", "duty"], condition=Q(ends_on__isnull=True), name="party_worker_once"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ends_on__isnull=True, duty=PartyWorkerDuty.DISCIPLINE_SECRETARY),
                name="party_worker_one_discipline_secretary",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.label} {self.member}"

    @property
    def label(self) -> str:
        """The position's own name, else the duty."""
        return self.position or self.get_duty_display()
