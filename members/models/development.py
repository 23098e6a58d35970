"""Files of people under development, step by step. What their special steps ask for is in ``development_records``."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import DevelopmentOutcome, PersonRole
from members.rules.development import BY_CODE, STAGES, Body, Step

CODES = tuple(BY_CODE)


class DevelopmentFileQuerySet(models.QuerySet["DevelopmentFile"]):
    """Short filters over files."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def open(self) -> Self:
        """Those that have not ended."""
        return self.filter(outcome=DevelopmentOutcome.OPEN)


class DevelopmentFile(models.Model):
    """One person on the way from application to full membership, at one branch.

    ``stage``, ``next_code``, ``waits_for``, ``due_on`` and ``due_code`` follow from the steps that are done and are
    settled anew with each of them. ``extension``: months by which probation was extended.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="development_files", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="development_files")
    opened_on = models.DateField("申请日期")
    outcome = models.CharField("情况", max_length=16, choices=DevelopmentOutcome, default=DevelopmentOutcome.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    close_reason = models.CharField("原因", max_length=255, blank=True, default="")
    is_front_line = models.BooleanField("工作一线", default=False)
    extension = models.PositiveSmallIntegerField("延长预备期（月）", default=0)
    stage = models.PositiveSmallIntegerField("阶段", default=1)
    next_code = models.CharField(max_length=24, blank=True, default="apply")
    waits_for = models.CharField(
        max_length=8, blank=True, default=Body.BRANCH.name, choices=[(body.name, body.value) for body in Body]
    )
    due_on = models.DateField("期限", null=True, blank=True)
    due_code = models.CharField(max_length=24, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = DevelopmentFileQuerySet.as_manager()

    class Meta:
        verbose_name = "发展党员档案"
        verbose_name_plural = "发展党员档案"
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=DevelopmentOutcome.values), name="development_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=DevelopmentOutcome.OPEN, closed_on__isnull=True)
                | (~Q(outcome=DevelopmentOutcome.OPEN) & Q(closed_on__isnull=False)),
                name="development_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="development_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=len(STAGES)), name="development_stage_known"),
            models.CheckConstraint(
                condition=Q(waits_for__in=["", *(body.name for body in Body)]), name="development_waits_known"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(outcome=DevelopmentOutcome.OPEN), name="development_one_open"
            ),
        ]
        indexes = [
            models.Index(fields=["member"], name="development_member"),
            models.Index(fields=["due_on"], condition=Q(outcome=DevelopmentOutcome.OPEN), name="development_due"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.organization}"

    @property
    def is_open(self) -> bool:
        return self.outcome == DevelopmentOutcome.OPEN

    @property
    def stage_label(self) -> str:
        return STAGES[self.stage - 1]

    @property
    def next_step(self) -> Step | None:
        return BY_CODE.get(self.next_code)

    @property
    def due_step(self) -> Step | None:
        return BY_CODE.get(self.due_code)


class DevelopmentStepQuerySet(models.QuerySet["DevelopmentStep"]):
    """Short filters over steps."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of files that the scope reaches."""
        return self.filter(path_filter(scope, permission, "development__organization__path"))

    def valid(self) -> Self:
        """Those that were not declared void."""
        return self.filter(voided_at__isnull=True)


class DevelopmentStep(models.Model):
    """One of the 25 steps was taken on a day, by these people. Append-only: a mistake is declared void with reason."""

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="steps", db_index=False)
    code = models.CharField("步骤", max_length=24)
    done_on = models.DateField("办理日期")
    people = models.CharField("经办人", max_length=128)
    notes = models.TextField("情况说明", blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("作废原因", max_length=255, blank=True, default="")

    objects = DevelopmentStepQuerySet.as_manager()

    class Meta:
        verbose_name = "发展党员步骤"
        verbose_name_plural = "发展党员步骤"
        ordering = ["done_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=CODES), name="development_step_known"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="development_step_void_with_reason",
            ),
            models.UniqueConstraint(
                fields=["development", "code"], condition=Q(voided_at__isnull=True), name="development_step_once"
            ),
        ]
        indexes = [models.Index(fields=["development", "done_on"], name="development_step_file")]

    def __str__(self) -> str:
        return f"{self.development} {self.step.label}"

    @property
    def step(self) -> Step:
        return BY_CODE[self.code]


class DevelopmentPersonQuerySet(models.QuerySet["DevelopmentPerson"]):
    """Short filters over people in charge."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of files that the scope reaches."""
        return self.filter(path_filter(scope, permission, "development__organization__path"))


class DevelopmentPerson(models.Model):
    """A full member answers for a person under development, from – to: 培养联系人 or 入党介绍人."""

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="persons", db_index=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    role = models.CharField("身份", max_length=16, choices=PersonRole)
    starts_on = models.DateField("指定日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    objects = DevelopmentPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "培养联系人和入党介绍人"
        verbose_name_plural = "培养联系人和入党介绍人"
        ordering = ["role", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=PersonRole.values), name="development_person_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="development_person_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["development", "member", "role"],
                condition=Q(ends_on__isnull=True),
                name="development_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}{self.member}"


class DevelopmentQuotaQuerySet(models.QuerySet["DevelopmentQuota"]):
    """Short filters over quotas."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class DevelopmentQuota(models.Model):
    """控制总量: so many people may be taken in by an organisation and all below it in a year."""

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("控制总量")
    note = models.CharField("依据", max_length=255, blank=True, default="")

    objects = DevelopmentQuotaQuerySet.as_manager()

    class Meta:
        verbose_name = "发展党员控制总量"
        verbose_name_plural = "发展党员控制总量"
        ordering = ["-year", "organization"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year"], name="development_quota_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2199), name="development_quota_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.year}年 {self.number} 名"
