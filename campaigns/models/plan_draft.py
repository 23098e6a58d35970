"""Drafts of plans: a document as it was read, and the plan that staff make of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.plan_drafts.items import Content, content_from_data
from campaigns.rules.plan_drafts.states import DraftState

LONGEST_TEXT = 50_000


class PlanDraftQuerySet(models.QuerySet["PlanDraft"]):
    """Short filters over drafts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.MANAGE_CAMPAIGN) -> Self:
        """Those of organisations for which the scope may make campaigns."""
        return self.filter(path_filter(scope, permission, "issuer__path"))


class PlanDraft(models.Model):
    """A plan before it is a campaign: what the document says, what the reader found, what staff made of it.

    ``reading`` stays as it was read; ``content`` is what staff work on. ``name``, ``code`` and ``year`` follow the
    content's head.
    """

    issuer = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="plan_drafts", verbose_name="发布单位"
    )
    state = models.CharField("状态", max_length=16, choices=DraftState, default=DraftState.EDITING)
    code = models.CharField("代号", max_length=16)
    name = models.CharField("名称", max_length=64)
    year = models.PositiveSmallIntegerField("年度")
    text = models.TextField("方案原文", blank=True, default="")
    file = models.ForeignKey("office.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("文件名", max_length=255, blank=True, default="")
    reading = models.JSONField("识别结果", default=dict, blank=True)
    content = models.JSONField("草稿内容", default=dict)
    created_at = models.DateTimeField("创建时间")
    created_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField("最近修改")
    changed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.OneToOneField(
        "campaigns.Campaign", models.SET_NULL, null=True, blank=True, related_name="plan_draft"
    )

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "方案草稿"
        verbose_name_plural = "方案草稿"
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="plan_draft_state_known"),
            models.CheckConstraint(condition=~Q(name=""), name="plan_draft_has_name"),
            models.CheckConstraint(
                condition=Q(campaign__isnull=True) | Q(state=DraftState.PUBLISHED), name="plan_draft_campaign_published"
            ),
            models.CheckConstraint(condition=Q(file__isnull=True) | ~Q(file_name=""), name="plan_draft_file_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def parts(self) -> Content:
        """The content as items."""
        return content_from_data(self.content)
