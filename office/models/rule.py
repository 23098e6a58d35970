"""The versioned rule table and the working calendar."""

from django.db import models


class Rule(models.Model):
    """A value of the rule table from a date on; never edited, only succeeded by a later row of the same code."""

    code = models.CharField("代码", max_length=64)
    name = models.CharField("规则", max_length=128)
    value = models.JSONField("取值")
    unit = models.CharField("单位", max_length=16, blank=True, default="")
    basis = models.CharField("依据", max_length=255)
    is_secondary = models.BooleanField("请按本地规定核对", default=False)
    effective_from = models.DateField("生效日期")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "规则"
        verbose_name_plural = "规则"
        ordering = ["code", "-effective_from"]
        constraints = [models.UniqueConstraint(fields=["code", "effective_from"], name="rule_once_a_day")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class WorkDay(models.Model):
    """A day that is known to the working calendar; days without a row follow Monday to Friday."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("工作日")
    note = models.CharField("说明", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'工作日' if self.is_workday else '休息日'}"
