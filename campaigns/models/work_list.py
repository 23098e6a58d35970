"""Lists of projects, duties and assessment of an organisation or one of its leaders (C06)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.work_lists import OF_ONE_PERSON, WorkListKind, WorkListState


class WorkListQuerySet(models.QuerySet["WorkList"]):
    """Short filters over lists."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def confirmed(self) -> Self:
        return self.filter(state=WorkListState.CONFIRMED)

    def late(self, day: date) -> Self:
        """Confirmed, with a line that is not done and past its day."""
        late = WorkListItem.objects.filter(done_on=None, due_on__lt=day)
        return self.confirmed().filter(pk__in=late.values("work_list"))


class WorkList(models.Model):
    """One list of a kind for a year, of an organisation or of one person of it."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="work_lists", verbose_name="党组织"
    )
    kind = models.CharField("类别", max_length=16, choices=WorkListKind)
    year = models.PositiveSmallIntegerField("年度")
    leader = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    state = models.CharField("状态", max_length=16, choices=WorkListState, default=WorkListState.DRAFT)
    created_at = models.DateTimeField("生成时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    confirmed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = WorkListQuerySet.as_manager()

    class Meta:
        verbose_name = "清单"
        verbose_name_plural = "清单"
        ordering = ["-year", "organization__path", "kind", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind", "year", "leader"], nulls_distinct=False, name="work_list_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=WorkListKind.values), name="work_list_kind_known"),
            models.CheckConstraint(condition=Q(state__in=WorkListState.values), name="work_list_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_ONE_PERSON, leader__isnull=False)
                | (~Q(kind__in=OF_ONE_PERSON) & Q(leader__isnull=True)),
                name="work_list_person_named",
            ),
            models.CheckConstraint(
                condition=Q(state=WorkListState.CONFIRMED, confirmed_at__isnull=False, confirmed_on__isnull=False)
                | Q(state=WorkListState.DRAFT, confirmed_at__isnull=True, confirmed_on__isnull=True),
                name="work_list_confirmed_has_time",
            ),
        ]

    def __str__(self) -> str:
        who = f"（{self.leader}）" if self.leader_id else ""
        return f"{self.organization}{self.year}年{self.get_kind_display()}{who}"

    @property
    def is_open(self) -> bool:
        return self.state == WorkListState.DRAFT


class WorkListItemQuerySet(models.QuerySet["WorkListItem"]):
    """Short filters over lines."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "work_list__organization__path"))


class WorkListItem(models.Model):
    """What somebody does by when: one line of a list, from a target or written by hand."""

    work_list = models.ForeignKey(WorkList, models.CASCADE, related_name="items")
    target = models.ForeignKey("campaigns.Target", models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField("事项", max_length=255)
    standard = models.CharField("要求和标准", max_length=500, blank=True, default="")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    post = models.CharField("责任岗位", max_length=64, blank=True, default="")
    due_on = models.DateField("完成时限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("完成情况", max_length=500, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    objects = WorkListItemQuerySet.as_manager()

    class Meta:
        verbose_name = "清单事项"
        verbose_name_plural = "清单事项"
        ordering = ["position", "id"]
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="work_list_item_has_words")]

    def __str__(self) -> str:
        return self.what
