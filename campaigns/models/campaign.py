"""Campaigns, their templates, and the parts of a plan that are not tasks."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.enums import CampaignStatus, ReviewPolicy
from partybuild.lib.periods import PeriodKind


class Template(models.Model):
    """A plan as the catalogue holds it (``SX``); campaigns of a year are made from it."""

    code = models.CharField("代号", max_length=16, unique=True)
    name = models.CharField("名称", max_length=64)
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "方案模板"
        verbose_name_plural = "方案模板"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Short filters over campaigns."""

    def visible_to(self, scope: Scope) -> Self:
        """Own ones, and those that a superior organisation has published downwards."""
        if scope.grant is None or not scope.holds(Permission.VIEW_CAMPAIGN):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        own = path_filter(scope, Permission.VIEW_CAMPAIGN, "issuer__path")
        seat = Q(pk__in=LeadingGroupSeat.objects.filter(user=scope.user_id).values("campaign"))
        return self.filter(own | seat | (Q(issuer_id__in=above) & ~Q(status=CampaignStatus.DRAFT)))

    def published(self) -> Self:
        return self.filter(status=CampaignStatus.PUBLISHED)


class Campaign(models.Model):
    """A plan carried out by one issuer in one year, in the issuer's subtree."""

    code = models.CharField("代号", max_length=16)
    year = models.PositiveSmallIntegerField("年度")
    issuer = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="campaigns", verbose_name="发布单位"
    )
    name = models.CharField("名称", max_length=64)
    level = models.CharField("层级", max_length=16, blank=True, default="")
    plan_title = models.CharField("方案标题", max_length=128, blank=True, default="")
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="campaigns")
    status = models.CharField("状态", max_length=16, choices=CampaignStatus, default=CampaignStatus.DRAFT)
    review_policy = models.CharField("审核方式", max_length=16, choices=ReviewPolicy, default=ReviewPolicy.SAMPLE)
    review_levels = models.PositiveSmallIntegerField("审核级数", default=1)
    published_on = models.DateField("发布日期", null=True, blank=True)
    created_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "创建活动"
        verbose_name_plural = "创建活动"
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "year", "issuer"], name="campaign_once_a_year"),
            models.CheckConstraint(condition=Q(status__in=CampaignStatus.values), name="campaign_status_known"),
            models.CheckConstraint(condition=Q(review_policy__in=ReviewPolicy.values), name="campaign_policy_known"),
            models.CheckConstraint(condition=Q(review_levels__range=(1, 4)), name="campaign_review_levels_range"),
            models.CheckConstraint(
                condition=Q(status=CampaignStatus.DRAFT) | Q(published_on__isnull=False),
                name="campaign_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.year}年）"

    @property
    def symbol(self) -> str:
        """Code and year, as commands name it: ``SX-2026``."""
        return f"{self.code}-{self.year}"


class Dimension(models.Model):
    """One of the sides of a campaign (政治机关, 书香机关 …)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="dimensions")
    name = models.CharField("类型", max_length=64)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "类型"
        verbose_name_plural = "类型"
        ordering = ["campaign", "position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "position"], name="dimension_position_once")]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A date by which something is to be there; without a date the staff fixes the day. ``task`` is what asks the
    organisations for its deliverable, once the staff has asked."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="milestones")
    due_on = models.DateField("日期", null=True, blank=True)
    title = models.CharField("节点", max_length=128)
    deliverable = models.CharField("成果", max_length=255, blank=True, default="")
    note = models.CharField("说明", max_length=255, blank=True, default="")
    source = models.CharField("出处", max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField()
    task = models.OneToOneField(
        "campaigns.Task", models.SET_NULL, null=True, blank=True, related_name="milestone", verbose_name="成果任务"
    )

    class Meta:
        verbose_name = "时间节点"
        verbose_name_plural = "时间节点"
        ordering = ["campaign", "due_on", "position"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_day_open(self) -> bool:
        """Whether the plan leaves the day to the staff: it names none, or says with its note who fixes it."""
        return self.due_on is None or self.note != ""


class Stage(models.Model):
    """A stretch of the campaign with a beginning and an end, either of which may be open."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="stages")
    name = models.CharField("阶段", max_length=64)
    starts_on = models.DateField("开始", null=True, blank=True)
    ends_on = models.DateField("结束", null=True, blank=True)
    source = models.CharField("出处", max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "实施阶段"
        verbose_name_plural = "实施阶段"
        ordering = ["campaign", "position"]

    def __str__(self) -> str:
        return self.name


class Cadence(models.Model):
    """A rhythm that the plan asks for (月调度、季督查、年通报)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="cadences")
    period = models.CharField("周期", max_length=16)
    title = models.CharField("名称", max_length=64)
    source = models.CharField("出处", max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "工作周期"
        verbose_name_plural = "工作周期"
        ordering = ["campaign", "position"]

    def __str__(self) -> str:
        return self.title

    @property
    def period_label(self) -> str:
        """每月, 每季度."""
        return PeriodKind(self.period).label


class LeadingGroupSeat(models.Model):
    """A seat of the leading group, or a lead department. ``user`` sits on it in the portal: those of the office and of
    the lead departments carry out this campaign beside the issuer's staff."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="leading_group")
    role = models.CharField("职责", max_length=32)
    holder = models.CharField("担任", max_length=128)
    user = models.ForeignKey(
        "branches.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    runs_campaign = models.BooleanField("承担办公室工作", default=False)
    source = models.CharField("出处", max_length=64, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "领导小组"
        verbose_name_plural = "领导小组"
        ordering = ["campaign", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(runs_campaign=False) | Q(user__isnull=False), name="seat_that_runs_has_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.holder}"
