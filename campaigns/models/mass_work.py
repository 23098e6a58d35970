"""Mass organisations, calls for contributions and the pieces sent in (C15)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.mass_work import Audience, CallKind, CallState, MassKind, PieceState


class MassOrganizationQuerySet(models.QuerySet["MassOrganization"]):
    """Short filters over mass organisations."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those under organisations that the scope reaches."""
        return self.filter(path_filter(scope, permission, "organization__path"))


class MassOrganization(models.Model):
    """A union, a youth league or a women's organisation beside a party organisation."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="mass_organizations", verbose_name="党组织"
    )
    kind = models.CharField("类别", max_length=16, choices=MassKind)
    name = models.CharField("名称", max_length=128)
    head = models.CharField("负责人", max_length=64, blank=True, default="")
    members_count = models.PositiveIntegerField("成员人数", default=0)
    founded_on = models.DateField("成立时间", null=True, blank=True)
    term_ends_on = models.DateField("任期届满", null=True, blank=True)
    ended_on = models.DateField("撤销时间", null=True, blank=True)
    activities = models.ManyToManyField(
        "campaigns.Activity", related_name="mass_organizations", blank=True, verbose_name="活动"
    )

    objects = MassOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "群团组织"
        verbose_name_plural = "群团组织"
        ordering = ["organization__path", "kind", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MassKind.values), name="mass_organization_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="mass_organization_has_name"),
            models.UniqueConstraint(fields=["organization", "name"], name="mass_organization_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(founded_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="mass_organization_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(term_ends_on__gte=F("founded_on")),
                name="mass_organization_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CallQuerySet(models.QuerySet["Call"]):
    """Short filters over calls."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Own ones and those below; those that the organisations above have published."""
        reached = path_filter(scope, permission, "issuer__path")
        if scope.grant is None or permission != Permission.VIEW_WORK or not scope.holds(permission):
            return self.filter(reached)
        lines = [int(part) for part in scope.grant.path.split("/")[:-1]]
        own = Q(issuer_id=scope.grant.organization_id)
        return self.filter(own | (reached | Q(issuer_id__in=lines)) & ~Q(state=CallState.DRAFT))


class Call(models.Model):
    """An organisation asks those below it for pieces, from one day to another."""

    issuer = models.ForeignKey("branches.Organization", models.PROTECT, related_name="calls", verbose_name="征集单位")
    kind = models.CharField("类别", max_length=16, choices=CallKind)
    title = models.CharField("标题", max_length=128)
    text = models.TextField("征集要求", max_length=5000, blank=True, default="")
    audience = models.CharField("征集对象", max_length=16, choices=Audience, default=Audience.ALL)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    state = models.CharField("状态", max_length=16, choices=CallState, default=CallState.DRAFT)
    created_at = models.DateTimeField("建立时间")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "征集"
        verbose_name_plural = "征集"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CallKind.values), name="call_kind_known"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="call_audience_known"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_known"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="call_dates_in_order"),
            models.CheckConstraint(condition=~Q(title=""), name="call_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == CallState.DRAFT


class PieceQuerySet(models.QuerySet["Piece"]):
    """Short filters over pieces."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those from organisations that the scope reaches (a member: his own), and selected ones that are shown."""
        if scope.grant is None or not scope.holds(permission):
            return self.none()
        lines = [int(part) for part in scope.grant.path.split("/")[:-1]]
        shown = Q(call__state=CallState.SHOWN, call__issuer_id__in=lines, state=PieceState.SELECTED)
        own = Q(member_id=scope.member_id) if scope.member_id else Q(pk__in=[])
        if scope.holds(Permission.TAKE_PART):
            return self.filter(own | shown)
        return self.filter(own | shown | path_filter(scope, permission, "organization__path"))


class Piece(models.Model):
    """What an organisation, or one of its members, sent in answer to a call."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="pieces")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作者"
    )
    title = models.CharField("标题", max_length=128)
    text = models.TextField("内容", max_length=20_000, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=PieceState, default=PieceState.SENT)
    remark = models.CharField("评语", max_length=255, blank=True, default="")
    sent_at = models.DateTimeField("报送时间")
    sent_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = "作品"
        verbose_name_plural = "作品"
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PieceState.values), name="piece_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="piece_has_title"),
            models.UniqueConstraint(
                fields=["call", "organization", "member", "title"], nulls_distinct=False, name="piece_once"
            ),
        ]
        indexes = [models.Index(fields=["call", "state"], name="piece_call")]

    def __str__(self) -> str:
        return self.title
