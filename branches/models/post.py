"""Posts, and the guardian rows that they write."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from guardian.models import UserObjectPermissionBase

from branches.enums import Role
from branches.models.organization import path_filter
from branches.permissions import OFFICERS, Permission, Scope


class DateRange(Func):
    """``daterange(from, to, '[]')``: both days included, an open end reaches without limit."""

    function = "daterange"
    output_field = DateRangeField()


class PostQuerySet(models.QuerySet["Post"]):
    """Short filters over posts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.GRANT_POST) -> Self:
        """Those at organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def in_force(self, on: date) -> Self:
        """Begun by the day and not ended before it."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Post(models.Model):
    """A person may act for an organisation in a role, from – to (both days included). The truth about rights."""

    user = models.ForeignKey("branches.User", models.PROTECT, related_name="posts", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="posts")
    role = models.CharField("岗位", max_length=16, choices=Role)
    title = models.CharField("岗位名称", max_length=64, blank=True, default="")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    # A deputy's post stands on another's: same organisation and role, never longer than that one.
    acting_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="代理岗位"
    )
    reason = models.CharField("代理原因", max_length=200, blank=True, default="")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="post_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(acting_for=None) | (Q(ends_on__isnull=False) & ~Q(role__in=sorted(OFFICERS))),
                name="post_acting_ends",
                violation_error_message="代理岗位必须有结束日期，三员岗位不能代理。",
            ),
            models.UniqueConstraint(
                fields=["user", "organization", "role"], condition=Q(ends_on__isnull=True), name="post_open_once"
            ),
            ExclusionConstraint(
                name="post_officers_exclude",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (
                        DateRange("starts_on", "ends_on", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role__in=sorted(OFFICERS)),
                violation_error_message="系统管理员、安全管理员、审计管理员不能由同一人兼任。",
            ),
        ]
        indexes = [models.Index(fields=["user", "starts_on"], name="post_user")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.label}"

    @property
    def label(self) -> str:
        """The post's own title, else the role's name."""
        return self.title or self.get_role_display()


class OrganizationUserPermission(UserObjectPermissionBase):
    """The grant that a post writes on its node: one row per post, removed when the post ends."""

    content_object = models.ForeignKey("branches.Organization", models.CASCADE, related_name="user_grants")
    post = models.OneToOneField("branches.Post", models.CASCADE, related_name="grant")

    class Meta(UserObjectPermissionBase.Meta):
        # Two posts may give the same person the same right on one node: the post is what makes a row unique.
        unique_together: ClassVar[list[Any]] = []
        verbose_name = "岗位授权"
        verbose_name_plural = "岗位授权"

    def __str__(self) -> str:
        return f"{self.user_id} {self.permission_id} {self.content_object_id}"
