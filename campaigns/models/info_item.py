"""Information and good practice sent to the superior and published by it (C10)."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.info_items import SENT, TAKEN, InfoKind, InfoLevel, InfoState


class InfoItemQuerySet(models.QuerySet["InfoItem"]):
    """Short filters over items."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches; a draft is its organisation's own."""
        own = scope.grant.organization_id if scope.grant and scope.holds(Permission.DO_WORK) else None
        reached = path_filter(scope, permission, "organization__path")
        return self.filter(reached, ~Q(state=InfoState.DRAFT) | Q(organization_id=own))

    def published_to(self, scope: Scope) -> Self:
        """Those that one's own organisation or a superior has published to everybody below it."""
        if scope.grant is None or not scope.holds(Permission.VIEW_WORK):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        return self.filter(state=InfoState.PUBLISHED, receiver_id__in=above)


class InfoItem(models.Model):
    """One item that an organisation sends to its superior (``receiver``)."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="info_items", verbose_name="报送单位"
    )
    receiver = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="上级党组织")
    kind = models.CharField("类别", max_length=16, choices=InfoKind)
    title = models.CharField("标题", max_length=128)
    text = models.TextField("正文", max_length=20_000)
    state = models.CharField("状态", max_length=16, choices=InfoState, default=InfoState.DRAFT)
    level = models.CharField("采用级别", max_length=16, choices=InfoLevel, blank=True, default="")
    remark = models.CharField("处理意见", max_length=500, blank=True, default="")
    created_at = models.DateTimeField("建立时间")
    created_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_on = models.DateField("报送日期", null=True, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField("发布日期", null=True, blank=True)

    objects = InfoItemQuerySet.as_manager()

    class Meta:
        verbose_name = "信息"
        verbose_name_plural = "信息"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InfoKind.values), name="info_item_kind_known"),
            models.CheckConstraint(condition=Q(state__in=InfoState.values), name="info_item_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="info_item_has_title"),
            models.CheckConstraint(
                condition=Q(state=InfoState.DRAFT) | Q(submitted_at__isnull=False, submitted_on__isnull=False),
                name="info_item_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TAKEN, level__in=InfoLevel.values) | (~Q(state__in=TAKEN) & Q(level="")),
                name="info_item_level_when_adopted",
            ),
            models.CheckConstraint(
                condition=~Q(state=InfoState.DECLINED) | ~Q(remark=""), name="info_item_declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=InfoState.PUBLISHED, published_on__isnull=False)
                | (~Q(state=InfoState.PUBLISHED) & Q(published_on__isnull=True)),
                name="info_item_published_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-submitted_on"], name="info_item_organization"),
            models.Index(fields=["receiver", "state"], name="info_item_receiver"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the organisation may still change it."""
        return self.state == InfoState.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state in SENT
