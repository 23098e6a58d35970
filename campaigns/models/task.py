"""Tasks of a campaign, their checklists and targets."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from branches.enums import OrganizationKind
from branches.permissions import Permission, Scope
from campaigns.enums import AudienceGroup, Basis, CampaignStatus, Subject, TaskNature
from campaigns.models.campaign import Campaign
from campaigns.rules import metrics
from campaigns.rules.targets import Demand
from partybuild.lib.periods import PeriodKind


class TaskQuerySet(models.QuerySet["Task"]):
    """Short filters over tasks."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of the campaigns that a person finds; of drafts only those that he may work on."""
        found = self.filter(campaign__in=Campaign.objects.visible_to(scope))
        if scope.holds(Permission.MANAGE_CAMPAIGN):
            return found
        return found.exclude(campaign__status=CampaignStatus.DRAFT)


class Task(models.Model):
    """One numbered item of the plan, with its own wording and the paragraph that it comes from."""

    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, related_name="tasks", db_index=False)
    dimension = models.ForeignKey("campaigns.Dimension", models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    number = models.CharField("序号", max_length=16)
    title = models.CharField("任务", max_length=64)
    wording = models.TextField("要求", blank=True, default="")
    source = models.CharField("出处", max_length=64)
    sentence = models.TextField("方案原句", blank=True, default="")
    nature = models.CharField("性质", max_length=16, choices=TaskNature, default=TaskNature.MEASURE)
    is_open = models.BooleanField("清单待细化", default=False)
    position = models.PositiveSmallIntegerField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="task_number_once"),
            models.CheckConstraint(condition=Q(nature__in=TaskNature.values), name="task_nature_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ChecklistItem(models.Model):
    """One demand of a task that an organisation can prove done; ``slots`` names the materials, a file for each."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    text = models.CharField("内容", max_length=255)
    needs_evidence = models.BooleanField("须附材料", default=False)
    slots = ArrayField(models.CharField(max_length=32), default=list, blank=True, verbose_name="须附的材料")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "清单"
        verbose_name_plural = "清单"
        ordering = ["task", "position"]

    def __str__(self) -> str:
        return self.text


class TargetQuerySet(models.QuerySet["Target"]):
    """Short filters over targets."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of the tasks that a person finds."""
        return self.filter(task__in=Task.objects.visible_to(scope))

    def in_force(self) -> Self:
        """Not ended by an amendment."""
        return self.filter(ended_on__isnull=True)


class Target(models.Model):
    """One thing that can be due. Once published never edited: an amendment ends it and adds a successor of the
    same ``lineage``. ``starts_on`` and ``ended_on`` (the first day on which it holds no more) bound the versions."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="targets")
    lineage = models.UUIDField(db_index=True)
    title = models.CharField("指标", max_length=64)
    metric = models.CharField("计量", max_length=48)
    subject = models.CharField("对象", max_length=16, choices=Subject)
    period = models.CharField("周期", max_length=16)
    at_least = models.DecimalField("不少于", max_digits=12, decimal_places=2)
    at_most = models.DecimalField("不多于", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("单位", max_length=8)
    basis = models.CharField("依据", max_length=8, choices=Basis)
    phrase = models.CharField("原文", max_length=255, blank=True, default="")
    due_day = models.CharField("截止月日", max_length=5, blank=True, default="")
    by_day = models.PositiveSmallIntegerField("每月几日前", null=True, blank=True)
    before_term_end_months = models.PositiveSmallIntegerField(null=True, blank=True)
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    audience_kinds = ArrayField(models.CharField(max_length=24), default=list)
    audience_group = models.CharField(max_length=16, choices=AudienceGroup, default=AudienceGroup.ALL)
    starts_on = models.DateField("自哪天起", null=True, blank=True)
    ended_on = models.DateField("到哪天止", null=True, blank=True)
    amended_for = models.CharField("调整理由", max_length=255, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "指标"
        verbose_name_plural = "指标"
        ordering = ["task", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="target_subject_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="target_basis_known"),
            models.CheckConstraint(
                condition=Q(period__in=[kind.value for kind in PeriodKind]), name="target_period_known"
            ),
            models.CheckConstraint(condition=Q(at_least__gt=0), name="target_amount_positive"),
            models.CheckConstraint(condition=Q(audience_group__in=AudienceGroup.values), name="target_group_known"),
            models.UniqueConstraint(fields=["lineage"], condition=Q(ended_on__isnull=True), name="target_lineage_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: date) -> bool:
        """Whether this version is the one for a period that begins on the day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ended_on is None or self.ended_on > day)

    @property
    def rule(self) -> metrics.Metric:
        """The registered metric."""
        return metrics.get(self.metric)

    @property
    def audience_labels(self) -> list[str]:
        return [OrganizationKind(kind).label for kind in self.audience_kinds]

    @property
    def demand(self) -> Demand:
        """What it asks, in plain values for the rules that word it."""
        return Demand(
            subject=self.subject,
            period=self.period,
            at_least=self.at_least,
            unit=self.unit,
            basis=self.basis,
            kinds=tuple(self.audience_kinds),
            group=self.audience_group,
            at_most=self.at_most,
            phrase=self.phrase,
            due_day=self.due_day,
            by_day=self.by_day,
            before_term_end_months=self.before_term_end_months,
            within_days=self.within_days,
        )
