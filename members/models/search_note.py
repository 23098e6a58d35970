"""Attempts to find members who are out of reach."""

from django.db import models
from django.db.models import Q


class SearchNote(models.Model):
    """One attempt to find a member marked as 失联: on which day, in which way, with what result. Append-only."""

    standing = models.ForeignKey("members.Standing", models.PROTECT, related_name="searches", db_index=False)
    on = models.DateField("日期")
    way = models.CharField("查找方式", max_length=64)
    result = models.CharField("查找情况", max_length=255)
    noted_at = models.DateTimeField("登记时间")
    noted_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "查找记录"
        verbose_name_plural = "查找记录"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(way="") & ~Q(result=""), name="search_says_how_and_what"),
        ]
        indexes = [models.Index(fields=["standing", "-on"], name="search_standing")]

    def __str__(self) -> str:
        return f"{self.standing} {self.on}"
