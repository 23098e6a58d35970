"""Periodic jobs as rows: what was due, what is done, and how far it is."""

from django.db import models
from django.db.models import Q

from office.enums import Job, RunStatus


class Run(models.Model):
    """One periodic job for one period (and subject, such as a campaign's code); claimed by compare-and-set."""

    job = models.CharField("任务", max_length=16, choices=Job)
    period = models.CharField("周期", max_length=16)
    subject = models.CharField(max_length=64, blank=True, default="")
    status = models.CharField("状态", max_length=16, choices=RunStatus, default=RunStatus.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    expected = models.PositiveIntegerField("应处理", default=0)
    result = models.JSONField("结果", default=dict)
    error = models.CharField("原因", max_length=255, blank=True, default="")
    requested_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "周期任务"
        verbose_name_plural = "周期任务"
        ordering = ["-period", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "period", "subject"], name="run_once"),
            models.CheckConstraint(condition=Q(job__in=Job.values), name="run_job_known"),
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="run_status_known"),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.DONE) | Q(finished_at__isnull=False), name="run_done_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_job_display()} {self.period}"


class RunPiece(models.Model):
    """A run's part for one superior unit, done in one transaction of its own."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="pieces", db_index=False)
    unit = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+")
    done_at = models.DateTimeField("完成时间")
    result = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = "周期任务分项"
        verbose_name_plural = "周期任务分项"
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="run_piece_once")]

    def __str__(self) -> str:
        return f"{self.run} · {self.unit}"
