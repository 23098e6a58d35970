"""Needs of masses, staff and enterprises that an organisation sees to (实事清单). C13."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.needs import OPEN_NEED, AskerKind, NeedKind, NeedState, Satisfaction
from partybuild.lib.fields import EncryptedTextField


class NeedQuerySet(models.QuerySet["Need"]):
    """Short filters over needs."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_WORK) -> Self:
        """Those that an organisation within reach has taken in, or is to see to."""
        return self.filter(
            path_filter(scope, permission, "organization__path") | path_filter(scope, permission, "owner__path")
        )

    def open(self) -> Self:
        """Not closed and not declined."""
        return self.filter(state__in=OPEN_NEED)

    def late(self, day: date) -> Self:
        """Being done, past their day."""
        return self.filter(state=NeedState.DOING, due_on__lt=day)


class Need(models.Model):
    """Somebody needs something: taken in by ``organization``, seen to by ``owner``, rated by the asker.

    ``asker`` and ``phone`` are optional and shown in full only to who works on it. ``rating_hash`` is of the link by
    which the asker rates by himself, once, up to ``rating_until``; the link itself is not kept.
    """

    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="登记单位")
    owner = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="承办党组织")
    responsible = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    kind = models.CharField("类别", max_length=16, choices=NeedKind)
    asker_kind = models.CharField("反映人类别", max_length=16, choices=AskerKind)
    asker = EncryptedTextField("反映人", blank=True, default="")
    phone = EncryptedTextField("联系电话", blank=True, default="")
    title = models.CharField("事项", max_length=128)
    content = models.TextField("具体内容", max_length=2000, blank=True, default="")
    raised_on = models.DateField("提出日期")
    due_on = models.DateField("办结期限")
    state = models.CharField("状态", max_length=16, choices=NeedState, default=NeedState.DOING)
    result = models.TextField("办理结果", max_length=2000, blank=True, default="")
    done_on = models.DateField("办结日期", null=True, blank=True)
    satisfaction = models.CharField("满意度", max_length=16, choices=Satisfaction, blank=True, default="")
    rated_on = models.DateField("评价日期", null=True, blank=True)
    rated_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")
    rating_hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    rating_until = models.DateField("评价链接有效至", null=True, blank=True, editable=False)
    closed_on = models.DateField("销号日期", null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "实事"
        verbose_name_plural = "实事清单"
        ordering = ["-raised_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NeedKind.values), name="need_kind_known"),
            models.CheckConstraint(condition=Q(asker_kind__in=AskerKind.values), name="need_asker_kind_known"),
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(condition=~Q(title="") & Q(due_on__gte=F("raised_on")), name="need_whole"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, state__in=[NeedState.DOING, NeedState.DECLINED])
                | (
                    Q(done_on__isnull=False, done_on__gte=F("raised_on"))
                    & Q(state__in=[NeedState.DONE, NeedState.RATED, NeedState.CLOSED])
                    & ~Q(result="")
                ),
                name="need_done_with_result",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction="", rated_on__isnull=True)
                & Q(state__in=[NeedState.DOING, NeedState.DONE, NeedState.DECLINED])
                | Q(satisfaction__in=Satisfaction.values, rated_on__isnull=False)
                & Q(state__in=[NeedState.RATED, NeedState.CLOSED]),
                name="need_rated_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=NeedState.CLOSED, closed_on__isnull=False)
                | (~Q(state=NeedState.CLOSED) & Q(closed_on__isnull=True)),
                name="need_closed_has_day",
            ),
            models.CheckConstraint(
                condition=Q(rating_hash="", rating_until__isnull=True)
                | (~Q(rating_hash="") & Q(rating_until__isnull=False, state=NeedState.DONE)),
                name="need_link_whole",
            ),
            models.UniqueConstraint(fields=["rating_hash"], condition=~Q(rating_hash=""), name="need_link_once"),
        ]
        indexes = [
            models.Index(fields=["organization", "-raised_on"], name="need_organization"),
            models.Index(fields=["owner", "-raised_on"], name="need_owner"),
        ]

    def __str__(self) -> str:
        return self.title
