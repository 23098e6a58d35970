"""The tree of party organisations."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q

from branches.enums import OrganizationKind, Role
from branches.permissions import Permission, Scope

if TYPE_CHECKING:
    from datetime import date


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Short filters over the tree."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ORGANIZATION) -> Self:
        """Those at which the scope holds the permission."""
        return self.filter(path_filter(scope, permission))

    def below(self, organization: "Organization") -> Self:
        """The organisation and everything under it."""
        return self.filter(path__startswith=organization.path)

    def in_force(self, on: "date") -> Self:
        """Founded by the day and not yet dissolved on it."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=on), Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)
        )


def path_filter(scope: Scope, permission: Permission, field: str = "path") -> Q:
    """The pure filter behind every ``visible_to``: rows whose path the scope reaches with the permission."""
    prefix = scope.prefix(permission)
    if prefix is None:
        return Q(pk__in=[])
    path, below = prefix
    return Q(**{f"{field}__startswith": path}) if below else Q(**{field: path})


class Organization(models.Model):
    """One party organisation; ``path`` holds the ids from the root down, each followed by a slash (``1/12/340/``)."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=255, editable=False)
    code = models.CharField("党组织编码", max_length=32, unique=True)
    name = models.CharField("党组织名称", max_length=128)
    short_name = models.CharField("简称", max_length=64, blank=True, default="")
    initials = models.CharField(max_length=128, blank=True, default="", editable=False)
    kind = models.CharField("组织类别", max_length=24, choices=OrganizationKind)
    department = models.CharField("所在单位", max_length=128, blank=True, default="")
    contact = models.CharField("联系人", max_length=64, blank=True, default="")
    phone = models.CharField("联系电话", max_length=32, blank=True, default="")
    founded_on = models.DateField("成立时间", null=True, blank=True)
    dissolved_on = models.DateField("撤销时间", null=True, blank=True)
    position = models.PositiveIntegerField("排序", default=0)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "党组织"
        verbose_name_plural = "党组织"
        ordering = ["position", "id"]
        permissions = [(f"act_as_{role.value}", role.label) for role in Role]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrganizationKind.values), name="organization_kind_known"),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gte=models.F("founded_on")),
                name="organization_dates_in_order",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organization_has_name"),
            models.UniqueConstraint(fields=["path"], name="organization_path_once"),
            models.CheckConstraint(condition=Q(path__regex=r"^([0-9]+/)+$"), name="organization_path_form"),
        ]
        indexes = [
            models.Index(OpClass("path", name="text_pattern_ops"), name="organization_path"),
            models.Index(fields=["name"], name="organization_name"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def label(self) -> str:
        """Short name where there is one."""
        return self.short_name or self.name

    @property
    def is_branch(self) -> bool:
        return self.kind == OrganizationKind.BRANCH

    @property
    def is_committee(self) -> bool:
        return self.kind in (OrganizationKind.COMMITTEE, OrganizationKind.LEADING_GROUP)

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids from the root down to the parent."""
        return [int(part) for part in self.path.split("/")[:-2]]


class ChangeKind(models.TextChoices):
    """What can happen to an organisation."""

    FOUNDED = "founded", "成立"
    RENAMED = "renamed", "更名"
    MOVED = "moved", "隶属关系调整"
    EDITED = "edited", "信息变更"
    MERGED = "merged", "并入"
    ABSORBED = "absorbed", "合并"
    SPLIT = "split", "拆分"
    SPLIT_OFF = "split_off", "由拆分设立"
    DISSOLVED = "dissolved", "撤销"


TWO_SIDED = (ChangeKind.MERGED, ChangeKind.ABSORBED, ChangeKind.SPLIT, ChangeKind.SPLIT_OFF)
"""Changes that another organisation is part of; each has a row on either side."""


class OrganizationChangeQuerySet(models.QuerySet["OrganizationChange"]):
    """Short filters over changes."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_ORGANIZATION) -> Self:
        """Those of the organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class OrganizationChange(models.Model):
    """What happened to an organisation on a day: founded, renamed, moved …; the history of the tree.

    ``before`` and ``after`` hold the fields that changed (``parent_id`` of a move); ``other`` is the second
    organisation of a merger or a split; ``effects`` tells what followed on the floors above: [[words, number], …].
    """

    Kind = ChangeKind

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=ChangeKind)
    effective_on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    other = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("事由", max_length=255, blank=True, default="")
    effects = models.JSONField(default=list, blank=True)

    objects = OrganizationChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "党组织变更"
        verbose_name_plural = "党组织变更"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="organization_change_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=TWO_SIDED, other__isnull=False) | (~Q(kind__in=TWO_SIDED) & Q(other__isnull=True)),
                name="organization_change_two_sided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}"
