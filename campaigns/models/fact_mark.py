"""How far the audit trail has been read for facts that have changed on other floors."""

from django.db import models
from django.db.models import Q


class FactMark(models.Model):
    """One row: every entry of a transaction below this number has been looked at."""

    below_transaction = models.BigIntegerField()

    class Meta:
        verbose_name = "台账计数进度"
        verbose_name_plural = "台账计数进度"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="fact_mark_single")]

    def __str__(self) -> str:
        return str(self.below_transaction)
