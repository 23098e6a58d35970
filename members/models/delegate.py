"""Delegates to party congresses (党代表). O17."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope


class DelegateQuerySet(models.QuerySet["Delegate"]):
    """Short filters over delegates."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those at organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def on(self, day: date) -> Self:
        """Those who are delegates on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Delegate(models.Model):
    """A member is a delegate to a congress, from – to; ``unit`` elected him, ``term_ends_on`` is when the term ends."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党支部")
    congress = models.CharField("党代表大会", max_length=128)
    unit = models.CharField("选举单位", max_length=128)
    elected_on = models.DateField("当选日期")
    term_ends_on = models.DateField("届满日期")
    starts_on = models.DateField("任期开始")
    ends_on = models.DateField("资格终止日期", null=True, blank=True)
    reason = models.CharField("终止原因", max_length=255, blank=True, default="")

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = "党代表"
        verbose_name_plural = "党代表"
        ordering = ["term_ends_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(congress="") & ~Q(unit=""), name="delegate_has_congress"),
            models.CheckConstraint(
                condition=Q(starts_on__gte=F("elected_on"), term_ends_on__gt=F("starts_on")),
                name="delegate_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, reason="")
                | (Q(ends_on__isnull=False, ends_on__gte=F("starts_on")) & ~Q(reason="")),
                name="delegate_ended_with_reason",
            ),
            models.UniqueConstraint(
                fields=["member", "congress"], condition=Q(ends_on__isnull=True), name="delegate_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "term_ends_on"], name="delegate_organization")]

    def __str__(self) -> str:
        return f"{self.member} {self.congress}"
