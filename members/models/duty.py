"""Talks and trainings that an event makes due (N18, N29)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from members.enums import DutyKind, OccasionKind, RestrictedKind
from members.models.custodian import single_custody_filter
from office.models.attached import AttachedFile
from partybuild.lib.fields import EncryptedTextField

SENSITIVE = [OccasionKind.SANCTION, OccasionKind.MISFORTUNE, OccasionKind.FIRST_SIGNS]
"""Of these only the talker and those named for talk notes learn what the occasion was."""


class Occasion(models.Model):
    """Something happened to a member that asks for a talk or a training; ``organization`` is where that is seen to."""

    kind = models.CharField("情形", max_length=16, choices=OccasionKind)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    happened_on = models.DateField("发生日期")
    detail = EncryptedTextField("情况", blank=True, default="")
    # What made it by itself: an office taken up or left, a first place on a roster, a sanction.
    office = models.ForeignKey("members.Office", models.PROTECT, null=True, related_name="+")
    is_ending = models.BooleanField(default=False)
    membership = models.ForeignKey("members.Membership", models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey("members.RestrictedRecord", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "应谈情形"
        verbose_name_plural = "应谈情形"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OccasionKind.values), name="occasion_kind_known"),
            models.UniqueConstraint(
                fields=["office", "is_ending"], condition=Q(office__isnull=False), name="occasion_office_once"
            ),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(membership__isnull=False), name="occasion_membership_once"
            ),
            models.UniqueConstraint(fields=["record"], condition=Q(record__isnull=False), name="occasion_record_once"),
        ]

    def __str__(self) -> str:
        return f"应谈情形 {self.pk}"

    @property
    def is_sensitive(self) -> bool:
        return self.kind in SENSITIVE


class DutyQuerySet(models.QuerySet["Duty"]):
    """Short filters over duties."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.VIEW_PARTY_WORK) -> Self:
        """Those at organisations that the scope reaches, and those that name oneself as the talker.

        That a talk of a sensitive kind is due at all is seen only by those who see to it.
        """
        reached = path_filter(scope, permission, "organization__path")
        keeps = path_filter(scope, Permission.MANAGE_PARTY_WORK, "organization__path")
        named = single_custody_filter(scope, RestrictedKind.TALK)
        mine = Q(talker=scope.member_id) if scope.member_id else Q(pk__in=[])
        return self.filter((reached & ~Q(occasion__kind__in=SENSITIVE)) | (reached & keeps) | named | mine)

    def manageable_by(self, scope: Scope) -> Self:
        """Those that the scope fulfils: where it keeps the registers, and those that name oneself as the talker."""
        keeps = path_filter(scope, Permission.MANAGE_PARTY_WORK, "organization__path")
        return self.filter(keeps | Q(talker=scope.member_id)) if scope.member_id else self.filter(keeps)

    def open(self) -> Self:
        """Neither done nor let off."""
        return self.filter(done_on=None, waived_on=None)

    def overdue(self, on: date) -> Self:
        """Open past the day they were due."""
        return self.open().filter(due_on__lt=on)


class Duty(models.Model):
    """A talk or a training is due for a member because of an occasion, until a day."""

    kind = models.CharField("应办事项", max_length=24, choices=DutyKind)
    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="duties", db_index=False)
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    talker = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谈话人"
    )
    due_on = models.DateField("期限")
    done_on = models.DateField("办理日期", null=True, blank=True)
    summary = EncryptedTextField("办理情况", blank=True, default="")
    record = models.ForeignKey(
        "members.RestrictedRecord", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="谈话记录"
    )
    waived_on = models.DateField("免办日期", null=True, blank=True)
    waived_reason = models.CharField("免办原因", max_length=200, blank=True, default="")

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = "应谈应办事项"
        verbose_name_plural = "应谈应办事项"
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DutyKind.values), name="duty_kind_known"),
            models.UniqueConstraint(fields=["occasion", "kind"], name="duty_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(waived_on__isnull=True), name="duty_done_or_waived"
            ),
            models.CheckConstraint(
                condition=Q(waived_on__isnull=True) ^ ~Q(waived_reason=""), name="duty_waived_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True) | Q(done_on__isnull=False), name="duty_record_when_done"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], name="duty_organization"),
            models.Index(fields=["due_on"], condition=Q(done_on=None, waived_on=None), name="duty_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.waived_on is None


class DutyProofQuerySet(models.QuerySet["DutyProof"]):
    """Short filters over proofs."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of duties that the scope sees; of a sensitive occasion only for who learns what it was."""
        named = single_custody_filter(scope, RestrictedKind.TALK, "duty__organization__path")
        mine = Q(duty__talker=scope.member_id) if scope.member_id else Q(pk__in=[])
        return self.filter(
            ~Q(duty__occasion__kind__in=SENSITIVE) | named | mine, duty__in=Duty.objects.visible_to(scope)
        )


class DutyProof(AttachedFile):
    """What shows that a duty was done: a certificate, a list of those present."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="proofs")

    objects = DutyProofQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "办理材料"
        verbose_name_plural = "办理材料"
