"""Contact points, districts, pairings and the visits made there (C11)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.contacts import WITH_LEADER, ContactKind, PartnerKind, Shown, gaps


class ContactQuerySet(models.QuerySet["Contact"]):
    """Short filters over contacts."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of organisations that the scope reaches, and those that are with one of them."""
        reached = path_filter(scope, permission, "organization__path")
        if permission == Permission.VIEW_WORK:
            reached |= path_filter(scope, permission, "partner_organization__path")
        return self.filter(reached)

    def running(self) -> Self:
        return self.filter(ended_on__isnull=True)


class Contact(models.Model):
    """An organisation, or one of its leaders, keeps contact with a branch, a community, a village, an enterprise."""

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="contacts", verbose_name="党组织"
    )
    kind = models.CharField("类别", max_length=16, choices=ContactKind)
    year = models.PositiveSmallIntegerField("年度")
    leader = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="联系人"
    )
    partner_kind = models.CharField("联系对象类别", max_length=16, choices=PartnerKind)
    partner_organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="联系的党组织"
    )
    partner = models.CharField("联系对象", max_length=128)
    aim = models.TextField("目标和任务", max_length=2000, blank=True, default="")
    effect = models.TextField("成效", max_length=2000, blank=True, default="")
    starts_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "联系点"
        verbose_name_plural = "联系点"
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_known"),
            models.CheckConstraint(condition=Q(partner_kind__in=PartnerKind.values), name="contact_partner_known"),
            models.CheckConstraint(condition=~Q(partner=""), name="contact_has_partner"),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_LEADER) | Q(leader__isnull=False), name="contact_point_has_leader"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")), name="contact_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["leader", "year"], condition=Q(kind=ContactKind.POINT, ended_on__isnull=True),
                name="contact_one_point_a_year",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organization", "year"], name="contact_organization")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.partner}"

    @property
    def is_open(self) -> bool:
        return self.ended_on is None

    @property
    def shown(self) -> Shown:
        """What it can show, of a row that carries its counts (``queries.contacts.with_counts``)."""
        row = vars(self)
        return Shown(self.kind, row.get("slots") or (), row["visits_count"], row["problems_count"], row["solved_count"])

    @property
    def gaps(self) -> list[str]:
        """What is missing, in words."""
        return gaps(self.shown)


class ContactVisitQuerySet(models.QuerySet["ContactVisit"]):
    """Short filters over visits."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those of contacts that the scope sees."""
        return self.filter(contact__in=Contact.objects.visible_to(scope, permission))


class ContactVisit(models.Model):
    """A visit, with a problem that was found perhaps, and how it was solved; linked to a record where there is one."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="visits")
    visited_on = models.DateField("走访日期")
    visitors = models.CharField("走访人员", max_length=128)
    note = models.TextField("走访情况", max_length=2000, blank=True, default="")
    activity = models.OneToOneField(
        "campaigns.Activity", models.PROTECT, null=True, blank=True, related_name="contact_visit",
        verbose_name="活动记录",
    )  # fmt: skip
    problem = models.CharField("发现的问题", max_length=500, blank=True, default="")
    solution = models.CharField("解决情况", max_length=500, blank=True, default="")
    solved_on = models.DateField("解决日期", null=True, blank=True)
    created_at = models.DateTimeField("登记时间")

    objects = ContactVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "走访"
        verbose_name_plural = "走访"
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(visitors=""), name="contact_visit_has_visitors"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True, solution="")
                | (Q(solved_on__isnull=False) & ~Q(solution="") & ~Q(problem="")),
                name="contact_visit_solved_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on:%Y-%m-%d} {self.visitors}"
