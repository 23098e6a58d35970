"""What a filed text looks like."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Fingerprint(models.Model):
    """The keys under which a text like that of a filed record is found (``rules.likeness``)."""

    activity = models.OneToOneField(
        "campaigns.Activity", models.CASCADE, null=True, blank=True, related_name="fingerprint"
    )
    answer = models.OneToOneField("campaigns.Answer", models.CASCADE, null=True, blank=True, related_name="fingerprint")
    bands = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name = "文字特征"
        verbose_name_plural = "文字特征"
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, answer__isnull=True)
                | Q(activity__isnull=True, answer__isnull=False),
                name="fingerprint_has_one_record",
            ),
        ]
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]

    def __str__(self) -> str:
        return f"{self.activity_id or self.answer_id}"
