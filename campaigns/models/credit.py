"""The link that explains a count."""

from django.db import models
from django.db.models import Q


class Credit(models.Model):
    """This record counts this much for that assignment, or does not and says why. Never deleted.

    What is no record of its own but a row of a register (a fact) stands here with what was told of it: ``fact_key``
    names the row; ``withdrawn_at`` says since when it is no longer told.
    """

    assignment = models.ForeignKey("campaigns.Assignment", models.PROTECT, related_name="credits", db_index=False)
    activity = models.ForeignKey("campaigns.Activity", models.PROTECT, null=True, blank=True, related_name="credits")
    answer = models.ForeignKey("campaigns.Answer", models.PROTECT, null=True, blank=True, related_name="credits")
    fact_key = models.CharField(max_length=64, null=True, blank=True)
    text = models.CharField("事项", max_length=255, blank=True, default="")
    url = models.CharField(max_length=255, blank=True, default="")
    held_on = models.DateField("日期", null=True, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
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
                condition=Q(activity__isnull=False, answer__isnull=True, fact_key__isnull=True)
                | Q(activity__isnull=True, answer__isnull=False, fact_key__isnull=True)
                | Q(activity__isnull=True, answer__isnull=True, fact_key__isnull=False),
                name="credit_has_one_record",
            ),
            models.UniqueConstraint(fields=["assignment", "fact_key"], name="credit_fact_once"),
            models.CheckConstraint(
                condition=Q(fact_key__isnull=True, member__isnull=True, withdrawn_at__isnull=True)
                & Q(held_on__isnull=True, counts_from__isnull=True, text="", url="")
                | Q(fact_key__isnull=False, held_on__isnull=False, counts_from__isnull=False) & ~Q(text=""),
                name="credit_fact_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(counted=False), name="credit_withdrawn_counts_nothing"
            ),
            models.CheckConstraint(condition=Q(counted=True) | ~Q(reason=""), name="credit_refused_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} +{self.amount}"
