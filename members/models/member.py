"""Members and their place on a roster."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import UNDER_DEVELOPMENT, MemberKind, Sex, StandingKind
from members.models.standing import Standing
from partybuild.lib.fields import EncryptedTextField


def full_filter(day: date, prefix: str = "") -> Q:
    """Full members on the day; ``prefix`` leads to the member (``member__``)."""
    return Q(**{f"{prefix}converted_on__lte": day}) | Q(
        **{f"{prefix}converted_on__isnull": True, f"{prefix}kind": MemberKind.FULL}
    )


class MemberQuerySet(models.QuerySet["Member"]):
    """Short filters over members."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_MEMBER) -> Self:
        """Those on a roster that the scope reaches, former members who left from one, and oneself."""
        places = Membership.objects.filter(path_filter(scope, permission, "organization__path"))
        reached = Q(pk__in=places.filter(ends_on__isnull=True).values("member"))
        reached |= Q(pk__in=places.of_former().values("member"))
        return self.filter(reached | Q(pk=scope.member_id)) if scope.member_id else self.filter(reached)


class Member(models.Model):
    """One party member. Identity number and phone are encrypted; the hash finds a number without reading it."""

    name = models.CharField("姓名", max_length=64)
    sex = models.CharField("性别", max_length=8, choices=Sex)
    ethnicity = models.CharField("民族", max_length=32, blank=True, default="汉族")
    native_place = models.CharField("籍贯", max_length=64, blank=True, default="")
    born_on = models.DateField("出生日期", null=True, blank=True)
    id_number = EncryptedTextField("身份证号", blank=True, default="")
    id_number_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    phone = EncryptedTextField("手机号码", blank=True, default="")
    phone_hash = models.CharField(max_length=64, null=True, blank=True, editable=False)
    landline = EncryptedTextField("固定电话", blank=True, default="")
    address = EncryptedTextField("家庭住址", blank=True, default="")
    education = models.CharField("学历", max_length=32, blank=True, default="")
    degree = models.CharField("学位", max_length=32, blank=True, default="")
    work_started_on = models.DateField("参加工作时间", null=True, blank=True)
    job = models.CharField("工作岗位", max_length=64, blank=True, default="")
    joined_on = models.DateField("入党时间", null=True, blank=True)
    converted_on = models.DateField("转正时间", null=True, blank=True)
    # Counts only where the day of conversion is not known.
    kind = models.CharField("人员类别", max_length=16, choices=MemberKind, default=MemberKind.PROBATIONARY)
    initials = models.CharField(max_length=32, blank=True, default="", editable=False)
    remark = models.CharField("备注", max_length=255, blank=True, default="")
    anonymised_on = models.DateField("隐去个人信息的日期", null=True, blank=True, editable=False)
    user = models.OneToOneField(
        "branches.User", models.PROTECT, null=True, blank=True, related_name="member", verbose_name="账号"
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "党员"
        verbose_name_plural = "党员"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="member_sex_known"),
            models.CheckConstraint(condition=Q(kind__in=MemberKind.values), name="member_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="member_has_name"),
            models.CheckConstraint(
                condition=Q(converted_on__isnull=True) | Q(converted_on__gte=F("joined_on")),
                name="member_converted_after_joining",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=UNDER_DEVELOPMENT) | Q(joined_on__isnull=True, converted_on__isnull=True),
                name="member_joined_not_before_accepted",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_on__isnull=True)
                | Q(id_number_hash__isnull=True, phone_hash__isnull=True, born_on__isnull=True),
                name="member_anonymised_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="member_name"),
            models.Index(fields=["phone_hash"], name="member_phone_hash"),
        ]

    def __str__(self) -> str:
        return self.name

    def kind_on(self, day: date) -> MemberKind:
        """Full from the day of conversion on, probationary before; without that day what the roster says."""
        if self.converted_on is None:
            return MemberKind(self.kind)
        return MemberKind.FULL if self.converted_on <= day else MemberKind.PROBATIONARY


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Short filters over places on rosters."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_MEMBER) -> Self:
        """Those at branches that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))

    def on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def counted(self, day: date) -> Self:
        """Those that hold on the day and count towards size and votes: not while party standing is suspended."""
        return self.on(day).exclude(Exists(Standing.objects.uncounted(day).filter(member=OuterRef("member"))))

    def of_former(self) -> Self:
        """The last place of those who are no longer members of the party."""
        left = Standing.objects.filter(
            member=OuterRef("member"), kind=StandingKind.HISTORICAL, ends_on=None, starts_on=OuterRef("ends_on")
        )
        return self.filter(Exists(left))


class Membership(models.Model):
    """A member's place on the roster of a branch, from – to (the day of leaving belongs to the next one)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships", db_index=False)
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="memberships")
    group = models.ForeignKey(
        "branches.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="党小组"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "所在党支部"
        verbose_name_plural = "所在党支部"
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(ends_on__isnull=True), name="membership_one_live"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_dates_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "starts_on"], name="membership_member"),
            models.Index(fields=["organization", "starts_on", "ends_on"], name="membership_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.organization}"
