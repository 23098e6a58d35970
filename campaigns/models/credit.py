"""The link that explains a count."""

from django.db import models
from django.db.models import Q


class Credit(models.Model):
    """This record counts this much for that assignment, or does not and says why. Never deleted."""

    assignment = models.ForeignKey("campaigns.Assignment", models.PROTECT, related_name="credits", db_index=False)
    activity = models.ForeignKey("campaigns.Activity", models.PROTECT, null=True, blank=True, related_name="credits")
    answer = models.ForeignKey("campaigns.Answer", models.PROTECT, null=True, blank=True, related_name="credits")
    amount = models.DecimalField("计入", max_digits=12, decimal_places=2, default=0)
    counted = models.BooleanField("计入", default=False)
    reason = models.CharField("不计入原因", max_length=255, blank=True, default="")
    rule_version = models.DateField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = "计入"
        verbose_name_plural = "计入"
        constraints = [
            models.UniqueConstraint(fields=["assignment", "activity"], name="credit_activity_once"),
            models.UniqueConstraint(fields=["assignment", "answer"], name="credit_answer_once"),
            models.CheckConstraint(
                condition=Q(activity__isnull=False, answer__isnull=True)
                | Q(activity__isnull=True, answer__isnull=False),
                name="credit_has_one_record",
            ),
            models.CheckConstraint(condition=Q(counted=True) | ~Q(reason=""), name="credit_refused_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} +{self.amount}"
