"""One person's own doings, entered by himself or for many at once by his branch (个人报送)."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.enums import Role
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.entries import COUNTING, EntryKind, EntryState
from office.models.attached import AttachedFile


class EntryQuerySet(models.QuerySet["Entry"]):
    """Short filters over entries."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations within reach; a member as such sees his own only."""
        own = Q(member=scope.member_id) if scope.member_id else Q(pk__in=[])
        if scope.role == Role.MEMBER:
            return self.filter(own)
        return self.filter(path_filter(scope, permission, "organization__path"))

    def counting(self) -> Self:
        """Neither sent back nor void."""
        return self.filter(state__in=COUNTING)


class Entry(models.Model):
    """A book read, a pledge signed, hours of study outside, service in the community: one person's, on a day.

    ``organization`` is his branch of that time. ``counts_from`` is the first filing, which decides on time or late.
    """

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="+", db_index=False, verbose_name="党支部"
    )
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="entries", verbose_name="党员")
    kind = models.CharField("类别", max_length=16, choices=EntryKind)
    held_on = models.DateField("日期")
    title = models.CharField("书名或事项", max_length=128)
    text = models.TextField("心得或情况", max_length=5000, blank=True, default="")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, null=True, blank=True)
    form = models.CharField("学习形式", max_length=32, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=EntryState, default=EntryState.FILED)
    remark = models.CharField("退回或作废原因", max_length=255, blank=True, default="")
    counts_from = models.DateTimeField("报送时间")
    filed_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "个人报送"
        verbose_name_plural = "个人报送"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="entry_has_title"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.HOURS, hours__gt=0, hours__lte=200) & ~Q(form="")
                | ~Q(kind=EntryKind.HOURS) & Q(hours__isnull=True, form=""),
                name="entry_hours_of_study_only",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.RETURNED, EntryState.VOID]) | ~Q(remark=""),
                name="entry_sent_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["member", "kind", "held_on", "title"],
                condition=~Q(state=EntryState.VOID),
                name="entry_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-held_on", "-id"], name="entry_organization"),
            models.Index(fields=["kind", "held_on"], name="entry_kind_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"


class EntryFile(AttachedFile):
    """What belongs to an entry: a scan of the pledge, a picture, a certificate."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files")

    class Meta(AttachedFile.Meta):
        verbose_name = "报送附件"
        verbose_name_plural = "报送附件"
        constraints = [models.UniqueConstraint(fields=["entry", "file", "name"], name="entry_file_once")]
