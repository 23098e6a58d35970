"""Decisions on records."""

from django.db import models
from django.db.models import Q

from campaigns.enums import Decision
from campaigns.rules.reviews import one_line


class Review(models.Model):
    """A decision on a version of a record at a level; appended, never changed."""

    activity = models.ForeignKey("campaigns.Activity", models.PROTECT, null=True, blank=True, related_name="reviews")
    answer = models.ForeignKey("campaigns.Answer", models.PROTECT, null=True, blank=True, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    decision = models.CharField("决定", max_length=16, choices=Decision)
    remark = models.CharField("意见", max_length=500, blank=True, default="")
    items = models.JSONField("逐项意见", default=dict, blank=True)
    reviewer = models.ForeignKey("branches.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审核意见"
        verbose_name_plural = "审核意见"
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_known"),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, answer__isnull=True)
                | Q(activity__isnull=True, answer__isnull=False),
                name="review_has_one_record",
            ),
            models.CheckConstraint(
                condition=~Q(decision="return") | ~Q(remark="") | ~Q(items={}), name="review_return_has_remark"
            ),
            models.UniqueConstraint(fields=["activity", "version", "level"], name="review_activity_once"),
            models.UniqueConstraint(fields=["answer", "version", "level"], name="review_answer_once"),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()

    @property
    def told(self) -> str:
        """The remark on the whole and those on single items, in one line."""
        return one_line((self.remark, *self.items.values()))
