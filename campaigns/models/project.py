"""Topics (出题) and projects (领办) of branches, 一支一项. C09; WX 16."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q

from branches.enums import OrganizationKind
from branches.models import Organization
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.projects import OPEN_PROJECT, ProjectState

PROJECT_KINDS = (OrganizationKind.GENERAL_BRANCH, OrganizationKind.BRANCH)
"""Who may take a project on."""


def addressed_to(scope: Scope, issuer: str = "issuer_id", kinds: str = "kinds") -> Q:
    """What an organisation above, or one's own, addresses to kinds of organisations that one's own reaches."""
    if scope.grant is None or not scope.holds(Permission.VIEW_WORK):
        return Q(pk__in=[])
    above = [int(part) for part in scope.grant.path.split("/")[:-1]]
    own = Organization.objects.filter(pk=scope.grant.organization_id)
    fits = Q(pk__in=[])
    for kind in OrganizationKind.values:
        below = Organization.objects.filter(path__startswith=scope.grant.path, kind=kind, dissolved_on__isnull=True)
        reached = own.filter(kind=kind) if kind == OrganizationKind.GROUP else below
        fits |= Q(Exists(reached), **{f"{kinds}__contains": [kind]})
    return Q(**{f"{issuer}__in": above}) & fits


class TopicQuerySet(models.QuerySet["Topic"]):
    """Short filters over topics."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations within reach, and, to be read, those that a superior addresses to one's own."""
        found = path_filter(scope, permission, "issuer__path")
        return self.filter(found | addressed_to(scope) if permission == Permission.VIEW_WORK else found)

    def open_on(self, day: date) -> Self:
        """Those that may still be taken on."""
        return self.filter(closed_on__isnull=True, claim_by__gte=day)


class Topic(models.Model):
    """A topic that an organisation sets for the projects of those below it, of some kinds (出题)."""

    issuer = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="出题单位")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("题目", max_length=128)
    content = models.TextField("内容和要求", max_length=2000, blank=True, default="")
    kinds = ArrayField(models.CharField(max_length=24, choices=OrganizationKind), verbose_name="面向")
    claim_by = models.DateField("领办截止日期")
    published_on = models.DateField("发布日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "项目题目"
        verbose_name_plural = "项目题目"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "title"], name="topic_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(kinds=[]), name="topic_whole"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=[*OrganizationKind.values]), name="topic_kinds_known"
            ),
            models.CheckConstraint(
                condition=Q(claim_by__gte=F("published_on"))
                & (Q(closed_on__isnull=True) | Q(closed_on__gte=F("published_on"))),
                name="topic_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kinds_text(self) -> str:
        """党总支、党支部."""
        return "、".join(OrganizationKind(kind).label for kind in self.kinds)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Short filters over projects."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def running(self) -> Self:
        """Neither accepted nor given up."""
        return self.filter(state__in=OPEN_PROJECT)

    def late(self, day: date) -> Self:
        """Past their last day and still under way."""
        return self.filter(state=ProjectState.RUNNING, ends_on__lt=day)


class Project(models.Model):
    """What a branch has taken on for a year (领办): from a topic, or of its own."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="领办党组织")
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="题目"
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("项目名称", max_length=128)
    content = models.TextField("主要内容", max_length=2000, blank=True, default="")
    goal = models.TextField("预期目标", max_length=1000)
    responsible = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="责任人")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("完成期限")
    state = models.CharField("状态", max_length=16, choices=ProjectState, default=ProjectState.RUNNING)
    result = models.TextField("完成情况", max_length=2000, blank=True, default="")
    taken_at = models.DateTimeField("领办时间")
    accepted_at = models.DateTimeField("验收时间", null=True, blank=True)
    is_excellent = models.BooleanField("优秀项目", default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "一支一项项目"
        verbose_name_plural = "一支一项项目"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "title"], name="project_once"),
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(goal=""), name="project_whole"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="project_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state=ProjectState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=ProjectState.ACCEPTED) & Q(accepted_at__isnull=True, is_excellent=False)),
                name="project_accepted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProjectState.PENDING, ProjectState.ACCEPTED]) | ~Q(result=""),
                name="project_submitted_has_result",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-year"], name="project_organization")]

    def __str__(self) -> str:
        return self.title
