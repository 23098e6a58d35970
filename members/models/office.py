"""Party offices held by members."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import OfficeKind


class OfficeQuerySet(models.QuerySet["Office"]):
    """Short filters over offices."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_MEMBER) -> Self:
        """Those at organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def on(self, day: date) -> Self:
        """Those held on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Office(models.Model):
    """A member holds a party office at an organisation, from – to; gives no right in the portal (a post does)."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="offices")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="offices", db_index=False)
    kind = models.CharField("党内职务", max_length=24, choices=OfficeKind)
    title = models.CharField("职务名称", max_length=64, blank=True, default="")
    starts_on = models.DateField("任职时间")
    ends_on = models.DateField("离任时间", null=True, blank=True)
    # Set where the office came by a recorded election.
    term = models.ForeignKey(
        "members.Term", models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="任期"
    )
    votes = models.PositiveIntegerField("得票", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "党内职务"
        verbose_name_plural = "党内职务"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OfficeKind.values), name="office_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="office_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ends_on__isnull=True, kind="secretary"),
                name="office_one_secretary",
            ),
        ]
        indexes = [models.Index(fields=["organization", "kind", "starts_on"], name="office_organization")]

    def __str__(self) -> str:
        return f"{self.organization} {self.label} {self.member}"

    @property
    def label(self) -> str:
        """The office's own title, else its kind."""
        return self.title or self.get_kind_display()
