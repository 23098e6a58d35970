"""What marks a member for a time: party standing suspended, out of reach, away for work, no longer a member."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from members.enums import NOT_COUNTED, LeavingCause, StandingKind


class StandingQuerySet(models.QuerySet["Standing"]):
    """Short filters over standings."""

    def on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def uncounted(self, day: date) -> Self:
        """Those that take a member out of the counts and votes of the day."""
        return self.on(day).filter(kind__in=NOT_COUNTED)


class Standing(models.Model):
    """A member is marked, from – to. 停止党籍 and 历史党员 are neither counted nor vote; 失联 and 流动 stay."""

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="standings", db_index=False)
    kind = models.CharField("标识", max_length=16, choices=StandingKind)
    cause = models.CharField("去向", max_length=16, choices=LeavingCause, blank=True, default="")
    place = models.CharField("流动去向", max_length=128, blank=True, default="")
    reason = models.CharField("原因", max_length=255, blank=True, default="")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = "党员标识"
        verbose_name_plural = "党员标识"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StandingKind.values), name="standing_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=StandingKind.HISTORICAL, cause__in=LeavingCause.values)
                | (~Q(kind=StandingKind.HISTORICAL) & Q(cause="")),
                name="standing_cause_of_leaving",
            ),
            models.CheckConstraint(
                condition=(Q(kind=StandingKind.MOBILE) & ~Q(place="")) | (~Q(kind=StandingKind.MOBILE) & Q(place="")),
                name="standing_place_of_mobile",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="standing_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["member", "kind"], condition=Q(ends_on__isnull=True), name="standing_one_open"
            ),
        ]
        indexes = [models.Index(fields=["member", "kind", "starts_on"], name="standing_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.label}"

    @property
    def label(self) -> str:
        """失联; 历史党员（去世）; 流动（上海市浦东新区）."""
        more = self.get_cause_display() or self.place
        return f"{self.get_kind_display()}（{more}）" if more else self.get_kind_display()
