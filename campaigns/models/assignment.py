"""What is due from whom, and the counts kept of it."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import AssignmentState, Outcome, Subject


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Short filters over assignments."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ASSIGNMENT) -> Self:
        """Those of the organisations that the scope reaches, by the path kept on the row."""
        return self.filter(path_filter(scope, permission))

    def unfinished(self) -> Self:
        return self.exclude(state__in=[AssignmentState.DONE, AssignmentState.EXEMPT])


class Assignment(models.Model):
    """A target is due from an organisation in a period.

    Dates, amount and rule version are copied at dispatch. ``done`` is live; for personal targets it counts the people
    who have reached the amount, out of ``members_expected``. Closing fixes ``outcome`` and the ``closed_*`` fields,
    which no later change moves. ``due_before`` is the first due day of an extended one; ``exempt_by`` tells who
    exempted it by hand (nobody: a rule did).
    """

    target = models.ForeignKey("campaigns.Target", models.PROTECT, related_name="assignments", db_index=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="assignments", db_index=False)
    task = models.ForeignKey("campaigns.Task", models.PROTECT, related_name="assignments", db_index=False)
    lineage = models.UUIDField()
    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="assignments", db_index=False
    )
    unit = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    path = models.CharField(max_length=255)
    metric = models.CharField(max_length=48)
    subject = models.CharField(max_length=16, choices=Subject)
    period = models.CharField("周期", max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField("截止日期")
    due_month = models.CharField(max_length=7)
    grace_until = models.DateField()
    cut_off_on = models.DateField()
    needed = models.DecimalField(max_digits=12, decimal_places=2)
    done = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    members_expected = models.PositiveIntegerField(null=True, blank=True)
    rule_version = models.DateField()
    state = models.CharField("状态", max_length=16, choices=AssignmentState, default=AssignmentState.OPEN)
    completed_at = models.DateTimeField("完成时间", null=True, blank=True)
    exempt_reason = models.CharField("免报原因", max_length=128, blank=True, default="")
    exempt_by = models.ForeignKey(
        "branches.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    due_before = models.DateField("延期前的截止日期", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("结果", max_length=16, choices=Outcome, blank=True, default="")
    closed_done = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    closed_needed = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    closed_path = models.CharField(max_length=255, blank=True, default="")
    closed_missing_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    dispatched_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        constraints = [
            models.UniqueConstraint(fields=["lineage", "organization", "period"], name="assignment_once"),
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="assignment_outcome_known"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on"), due_on__lte=F("grace_until"))
                & Q(grace_until__lte=F("cut_off_on")),
                name="assignment_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="assignment_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.EXEMPT) | ~Q(exempt_reason=""), name="assignment_exempt_has_reason"
            ),
            models.CheckConstraint(condition=Q(done__gte=0, needed__gte=0), name="assignment_amounts_positive"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="assignment_due"),
            models.Index(fields=["unit", "state", "due_on", "id"], name="assignment_unit"),
            models.Index(fields=["organization", "due_month"], name="assignment_organization"),
            models.Index(fields=["campaign", "due_month"], name="assignment_campaign"),
            models.Index(fields=["target"], name="assignment_target"),
            models.Index(fields=["task"], name="assignment_task"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.period}"

    @property
    def is_personal(self) -> bool:
        return self.subject != Subject.ORGANIZATION

    @property
    def goal(self) -> Decimal | int:
        """What ``done`` has to reach: the amount, or for personal targets the number of people."""
        return (self.members_expected or 0) if self.is_personal else self.needed


class TallyQuerySet(models.QuerySet["Tally"]):
    """Short filters over counts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ASSIGNMENT) -> Self:
        return self.filter(path_filter(scope, permission))


class Tally(models.Model):
    """Counts of an organisation in a campaign and the month in which the assignments fall due; recomputed, never
    incremented; derivable from the assignments and frozen at closing."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="tallies", db_index=False)
    due_month = models.CharField(max_length=7)
    path = models.CharField(max_length=255)
    expected = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "统计"
        verbose_name_plural = "统计"
        constraints = [
            models.UniqueConstraint(fields=["due_month", "organization", "campaign"], name="tally_once"),
            models.CheckConstraint(
                condition=Q(expected=F("exempt") + F("on_time") + F("late") + F("missing") + F("open")),
                name="tally_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "due_month"], name="tally_campaign")]

    def __str__(self) -> str:
        return f"{self.organization_id} {self.due_month}"
