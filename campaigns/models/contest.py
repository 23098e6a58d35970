"""Contests for titles (争创), their criteria, applications and the awards given. C12."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from branches.enums import OrganizationKind
from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.models.project import addressed_to
from campaigns.rules.contests import OPEN_APPLICATION, ApplicationState, ContestState, ContestSubject


class ContestQuerySet(models.QuerySet["Contest"]):
    """Short filters over contests."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of issuers within reach, and, to be read, published ones that a superior addresses to one's own."""
        own = path_filter(scope, permission, "issuer__path")
        if permission != Permission.VIEW_WORK:
            return self.filter(own)
        shown = ~Q(state=ContestState.DRAFT)
        return self.filter(own & (shown | Q(pk__in=_drafts_of(scope))) | addressed_to(scope) & shown)

    def open_on(self, day: date) -> Self:
        """Those to which one may apply."""
        return self.filter(state=ContestState.PUBLISHED, starts_on__lte=day, ends_on__gte=day)


def _drafts_of(scope: Scope) -> "models.QuerySet[Contest, int]":
    """Drafts are seen by those who lead such work."""
    drafts = Contest.objects.filter(path_filter(scope, Permission.LEAD_WORK, "issuer__path"), state=ContestState.DRAFT)
    return drafts.values_list("pk", flat=True)


class Contest(models.Model):
    """An organisation invites those below it to earn a title for themselves, a post or a member.

    ``preset`` is the code of what a source document names; ``levels`` are the titles or stars to choose from.
    """

    issuer = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="发布单位")
    preset = models.CharField(max_length=32, blank=True, default="")
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=64)
    subject = models.CharField("争创对象", max_length=16, choices=ContestSubject)
    kinds = ArrayField(models.CharField(max_length=24, choices=OrganizationKind), verbose_name="面向")
    content = models.TextField("内容和要求", max_length=2000, blank=True, default="")
    levels = ArrayField(models.CharField(max_length=32), default=list, blank=True, verbose_name="等次")
    quota = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    starts_on = models.DateField("申报开始")
    ends_on = models.DateField("申报截止")
    state = models.CharField("状态", max_length=16, choices=ContestState, default=ContestState.DRAFT)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = "争创活动"
        verbose_name_plural = "争创活动"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "title"], name="contest_once"),
            models.CheckConstraint(condition=Q(subject__in=ContestSubject.values), name="contest_subject_known"),
            models.CheckConstraint(condition=Q(state__in=ContestState.values), name="contest_state_known"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=[*OrganizationKind.values]) & ~Q(kinds=[]), name="contest_kinds_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & Q(ends_on__gte=F("starts_on")), name="contest_whole"),
            models.CheckConstraint(condition=Q(quota__isnull=True) | Q(quota__gte=1), name="contest_quota_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kinds_text(self) -> str:
        """党总支、党支部."""
        return "、".join(OrganizationKind(kind).label for kind in self.kinds)

    @property
    def is_personal(self) -> bool:
        """Whether a person stands behind an application: the member, or who holds the post."""
        return self.subject != ContestSubject.ORGANIZATION


class Criterion(models.Model):
    """One condition of a contest, with the evidence that it asks for (empty: none)."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = models.CharField("条件", max_length=255)
    evidence = models.CharField("需要的佐证", max_length=255, blank=True, default="")

    class Meta:
        verbose_name = "争创条件"
        verbose_name_plural = "争创条件"
        ordering = ["contest", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="criterion_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Short filters over applications."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def under_way(self) -> Self:
        """Those on which something is still to be decided."""
        return self.filter(state__in=OPEN_APPLICATION)


class Application(models.Model):
    """An organisation, a post or a member applies; ``member`` is who holds the post or is to be honoured."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="applications", verbose_name="争创活动")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="党员"
    )
    post_name = models.CharField("岗位", max_length=64, blank=True, default="")
    statement = models.TextField("申报理由", max_length=2000)
    state = models.CharField("状态", max_length=16, choices=ApplicationState)
    applied_at = models.DateTimeField("申报时间")
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "争创申报"
        verbose_name_plural = "争创申报"
        ordering = ["-applied_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(condition=~Q(statement=""), name="application_has_statement"),
            models.CheckConstraint(
                condition=Q(post_name="") | Q(member__isnull=False), name="application_post_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=False)
                | ~Q(
                    state__in=[
                        ApplicationState.MET, ApplicationState.UNMET, ApplicationState.AWARDED,
                        ApplicationState.REVOKED,
                    ]
                ),
                name="application_verified_has_time",
            ),
            models.UniqueConstraint(
                fields=["contest", "organization", "member", "post_name"],
                condition=Q(state__in=[*OPEN_APPLICATION, ApplicationState.AWARDED]),
                nulls_distinct=False,
                name="application_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organization", "-applied_at"], name="application_organization")]

    def __str__(self) -> str:
        return f"{self.name} {self.contest}"

    @property
    def name(self) -> str:
        """Who or what is to be honoured."""
        if self.member is None:
            return str(self.organization)
        return f"{self.post_name}（{self.member}）" if self.post_name else str(self.member)


class CriterionAnswer(models.Model):
    """What an application shows for a criterion, and whether the superior found it met."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    evidence = models.TextField("佐证", max_length=1000, blank=True, default="")
    is_met = models.BooleanField("达标", null=True, blank=True)
    remark = models.CharField("核验意见", max_length=255, blank=True, default="")

    class Meta:
        verbose_name = "争创条件佐证"
        verbose_name_plural = "争创条件佐证"
        ordering = ["application", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="criterion_answer_once"),
            models.CheckConstraint(
                condition=Q(is_met__isnull=True) | Q(is_met=True) | ~Q(remark=""), name="criterion_unmet_has_remark"
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)


class AwardQuerySet(models.QuerySet["Award"]):
    """Short filters over awards."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def in_force(self) -> Self:
        """Not taken back."""
        return self.filter(revoked_on__isnull=True)


class Award(models.Model):
    """A title given to an organisation, a post or a member (荣誉名册); taken back with a reason, never deleted."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="award")
    issuer = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="授予单位")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="党员"
    )
    post_name = models.CharField("岗位", max_length=64, blank=True, default="")
    title = models.CharField("称号", max_length=64)
    level = models.CharField("等次", max_length=32, blank=True, default="")
    number = models.CharField("文号", max_length=64, blank=True, default="")
    awarded_on = models.DateField("授予日期")
    revoked_on = models.DateField("撤销日期", null=True, blank=True)
    reason = models.CharField("撤销原因", max_length=500, blank=True, default="")

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "荣誉称号"
        verbose_name_plural = "荣誉称号"
        ordering = ["-awarded_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="award_has_title"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, reason="")
                | (Q(revoked_on__isnull=False, revoked_on__gte=F("awarded_on")) & ~Q(reason="")),
                name="award_revoked_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-awarded_on"], name="award_organization"),
            models.Index(fields=["member", "-awarded_on"], name="award_member"),
        ]

    def __str__(self) -> str:
        return f"{self.title}{f'（{self.level}）' if self.level else ''}"
