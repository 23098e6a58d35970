"""What was decided together (三重一大) and what was put before the superior (重大事项请示报告). O11."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import MatterKind
from members.rules.matters import COLLECTIVE
from office.models.attached import AttachedFile


class MatterQuerySet(models.QuerySet["Matter"]):
    """Short filters over matters."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of organisations that the scope reaches: the superior sees what is below."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def without_meeting(self) -> Self:
        """Those that should have come before a meeting and did not."""
        return self.filter(kind__in=COLLECTIVE, meeting="")

    def waiting(self) -> Self:
        """Requests that the superior has and has not answered."""
        return self.filter(kind=MatterKind.REQUEST, reported_on__isnull=False, answered_on__isnull=True)


class Matter(models.Model):
    """A matter of an organisation: the meeting that dealt with it, the vote, what was decided, the way upwards."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="matters", verbose_name="党组织"
    )
    kind = models.CharField("类别", max_length=16, choices=MatterKind)
    title = models.CharField("事项", max_length=128)
    happened_on = models.DateField("办理日期")
    meeting = models.CharField("会议", max_length=64, blank=True, default="")
    held_on = models.DateField("会议日期", null=True, blank=True)
    expected = models.PositiveSmallIntegerField("应到会", null=True, blank=True)
    present = models.PositiveSmallIntegerField("实到会", null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField("赞成", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("反对", null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField("弃权", null=True, blank=True)
    decision = models.TextField("决定和内容", max_length=2000, blank=True, default="")
    reported_on = models.DateField("报上级日期", null=True, blank=True)
    reported_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField("答复期限", null=True, blank=True)
    answer = models.TextField("上级答复", max_length=2000, blank=True, default="")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "议事事项"
        verbose_name_plural = "议事事项"
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatterKind.values), name="matter_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="matter_has_title"),
            models.CheckConstraint(
                condition=Q(meeting="", held_on__isnull=True) | (~Q(meeting="") & Q(held_on__isnull=False)),
                name="matter_meeting_with_day",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(expected__isnull=False, present__lte=F("expected")),
                name="matter_present_within_expected",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True, votes_abstain__isnull=True)
                | Q(
                    present__isnull=False, votes_for__isnull=False, votes_against__isnull=False,
                    votes_abstain__isnull=False,
                    votes_for__lte=F("present") - F("votes_against") - F("votes_abstain"),
                ),
                name="matter_votes_within_present",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (
                    ~Q(answer="")
                    & Q(reported_on__isnull=False, answered_on__isnull=False, answered_on__gte=F("reported_on"))
                ),
                name="matter_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(reported_on__isnull=False, due_on__gte=F("reported_on")),
                name="matter_due_when_reported",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organization", "-happened_on"], name="matter_organization")]

    def __str__(self) -> str:
        return self.title

    @property
    def lacks_meeting(self) -> bool:
        """It should have come before a meeting and did not."""
        return self.kind in COLLECTIVE and not self.meeting

    @property
    def state(self) -> str:
        """How it stands with the superior, in the words of the portal."""
        if self.answered_on is not None:
            return "已答复"
        if self.reported_on is None:
            return "未上报"
        return "待答复" if self.kind == MatterKind.REQUEST else "已上报"


class MatterPaperQuerySet(models.QuerySet["MatterPaper"]):
    """Short filters over minutes."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of matters that the scope sees."""
        return self.filter(matter__in=Matter.objects.visible_to(scope))


class MatterPaper(AttachedFile):
    """The minutes of the meeting, or the letter to the superior."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="papers")

    objects = MatterPaperQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "会议纪要和附件"
        verbose_name_plural = "会议纪要和附件"
        constraints = [models.UniqueConstraint(fields=["matter", "file", "name"], name="matter_paper_once")]
