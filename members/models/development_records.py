"""What the steps of development ask for: public notices, the superior's decisions, votes, observations, materials."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import DecisionKind, NoticeKind, Resolution
from members.models.development import CODES, DevelopmentFile
from office.models.attached import AttachedFile


class OfFileQuerySet(models.QuerySet[Any]):
    """Rows that belong to a file of development."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those of files that the scope reaches."""
        return self.filter(path_filter(scope, permission, "development__organization__path"))


class PublicNotice(models.Model):
    """公示: a person was made known for so many working days at a place; an objection needs to be dealt with."""

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="notices")
    kind = models.CharField("公示事项", max_length=16, choices=NoticeKind)
    starts_on = models.DateField("公示开始")
    ends_on = models.DateField("公示结束")
    workdays = models.PositiveSmallIntegerField("工作日")
    place = models.CharField("公示地点", max_length=128)
    objections = models.TextField("收到的异议", blank=True, default="")
    settlement = models.TextField("核查处理情况", blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    objects = OfFileQuerySet.as_manager()

    class Meta:
        verbose_name = "公示"
        verbose_name_plural = "公示"
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="public_notice_kind_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="public_notice_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.get_kind_display()}公示"

    @property
    def has_open_objection(self) -> bool:
        return bool(self.objections) and not self.settlement


class PreReview(models.Model):
    """A decision of the superior: 预审, 审批 of the intake, 审批 of the conversion. Append-only.

    ``quota_note`` says why somebody may be taken in beyond the year's 控制总量.
    """

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="decisions")
    kind = models.CharField("事项", max_length=24, choices=DecisionKind)
    is_agreed = models.BooleanField("同意")
    decided_on = models.DateField("日期")
    opinion = models.CharField("意见", max_length=255)
    quota_note = models.CharField("超出控制总量的说明", max_length=255, blank=True, default="")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "预审和审批"
        verbose_name_plural = "预审和审批"
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="pre_review_kind_known"),
            models.CheckConstraint(condition=~Q(opinion=""), name="pre_review_has_opinion"),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.get_kind_display()}{'同意' if self.is_agreed else '不同意'}"


class BranchVote(models.Model):
    """票决 of a branch meeting. ``written``: voters who were absent and handed in their opinion in writing."""

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="votes")
    resolution = models.CharField("表决事项", max_length=16, choices=Resolution)
    held_on = models.DateField("会议日期")
    entitled = models.PositiveSmallIntegerField("有表决权党员")
    present = models.PositiveSmallIntegerField("到会有表决权党员")
    written = models.PositiveSmallIntegerField("书面意见", default=0)
    in_favour = models.PositiveSmallIntegerField("赞成")
    against = models.PositiveSmallIntegerField("反对", default=0)
    abstained = models.PositiveSmallIntegerField("弃权", default=0)
    is_passed = models.BooleanField("通过")
    months = models.PositiveSmallIntegerField("延长月数", default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "票决"
        verbose_name_plural = "票决"
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(resolution__in=Resolution.values), name="branch_vote_resolution_known"),
            models.CheckConstraint(
                condition=Q(entitled__gte=F("present") + F("written")), name="branch_vote_voters_entitled"
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("in_favour") + F("against") + F("abstained") - F("written")),
                name="branch_vote_votes_of_voters",
            ),
            models.CheckConstraint(
                condition=Q(resolution=Resolution.EXTEND, months__gt=0)
                | (~Q(resolution=Resolution.EXTEND) & Q(months=0)),
                name="branch_vote_months_of_extension",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.get_resolution_display()}"


class Observation(models.Model):
    """A half-yearly note on how a person under development does."""

    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="observations")
    observed_on = models.DateField("考察日期")
    people = models.CharField("考察人", max_length=128)
    text = models.TextField("考察意见")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "考察记录"
        verbose_name_plural = "考察记录"
        ordering = ["observed_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="observation_has_text"),
            models.UniqueConstraint(fields=["development", "observed_on"], name="observation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.development} {self.observed_on}"


class DevelopmentPaper(AttachedFile):
    """A material of a step: a file, or the note that the paper itself lies in the person's folder."""

    file = models.ForeignKey(  # type: ignore[assignment]
        "office.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    development = models.ForeignKey(DevelopmentFile, models.PROTECT, related_name="papers")
    code = models.CharField("步骤", max_length=24)
    kind = models.CharField("材料", max_length=32)

    objects = OfFileQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        abstract = False
        verbose_name = "发展党员材料"
        verbose_name_plural = "发展党员材料"
        constraints = [
            models.CheckConstraint(condition=Q(code__in=CODES), name="development_paper_step_known"),
            models.CheckConstraint(condition=~Q(kind=""), name="development_paper_kind"),
        ]

    @property
    def is_on_paper(self) -> bool:
        return self.file_id is None
