"""Restricted records (O10): talk notes, thoughts, integrity file, matters reported, the four forms, sanctions."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from branches.permissions import Scope
from members.enums import DisciplineForm, RestrictedKind, Sanction
from members.models.custodian import custody_filter
from office.models.attached import AttachedFile
from partybuild.lib.fields import EncryptedTextField

RECORD_KINDS = [kind for kind in RestrictedKind if kind != RestrictedKind.CARE]


class RestrictedRecordQuerySet(models.QuerySet["RestrictedRecord"]):
    """Short filters over restricted records."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of the kinds for which the post in use is named, at its organisation and below; nobody else's."""
        return self.filter(custody_filter(scope))

    def kept(self) -> Self:
        """Those that are not destroyed yet."""
        return self.filter(destroyed_at=None)


class RestrictedRecord(models.Model):
    """Something about a member that only named posts see, kept until a day and then destroyed: what is left has no
    person and no text. ``organization`` is the branch of the time."""

    kind = models.CharField("类别", max_length=16, choices=[(kind.value, kind.label) for kind in RECORD_KINDS])
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+", verbose_name="党员")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", db_index=False)
    happened_on = models.DateField("日期")
    content = EncryptedTextField("内容", blank=True, default="", null=True)
    basis = EncryptedTextField("依据", blank=True, default="", null=True)
    measure = EncryptedTextField("处理措施", blank=True, default="", null=True)
    form = models.CharField("形态", max_length=16, choices=DisciplineForm, blank=True, default="")
    sanction = models.CharField("处理决定", max_length=16, choices=Sanction, blank=True, default="")
    effective_on = models.DateField("生效日期", null=True, blank=True)
    impact_until = models.DateField("影响期至", null=True, blank=True)
    keep_until = models.DateField("保存至")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    objects = RestrictedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "限定记录"
        verbose_name_plural = "限定记录"
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RECORD_KINDS), name="restricted_kind_known"),
            models.CheckConstraint(
                condition=Q(form="") | Q(form__in=DisciplineForm.values), name="restricted_form_known"
            ),
            models.CheckConstraint(
                condition=Q(sanction="") | Q(sanction__in=Sanction.values), name="restricted_sanction_known"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False) | (Q(kind="form") ^ Q(form="")), name="restricted_form_paired"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False) | (Q(kind="discipline") ^ Q(sanction="")),
                name="restricted_sanction_paired",
            ),
            models.CheckConstraint(
                condition=Q(impact_until__isnull=True)
                | Q(effective_on__isnull=False, impact_until__gte=F("effective_on")),
                name="restricted_impact_in_order",
            ),
            models.CheckConstraint(condition=Q(keep_until__gte=F("happened_on")), name="restricted_kept_after"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, member__isnull=False)
                | Q(
                    destroyed_at__isnull=False, member__isnull=True, content__isnull=True, basis__isnull=True,
                    measure__isnull=True, form="", sanction="", effective_on__isnull=True, impact_until__isnull=True,
                ),
                name="restricted_destroyed_is_empty",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organization", "kind", "-happened_on"], name="restricted_organization"),
            models.Index(fields=["keep_until"], condition=Q(destroyed_at=None), name="restricted_kept"),
        ]

    def __str__(self) -> str:
        # The trail shows this: neither person nor content.
        return f"{self.get_kind_display()} {self.pk}"


class RecordPaperQuerySet(models.QuerySet["RecordPaper"]):
    """Short filters over papers."""

    def visible_to(self, scope: Scope) -> Self:
        """Those of records that the scope sees."""
        return self.filter(record__in=RestrictedRecord.objects.visible_to(scope))


class RecordPaper(AttachedFile):
    """A paper of a restricted record, gone with it."""

    record = models.ForeignKey(RestrictedRecord, models.CASCADE, related_name="papers")

    objects = RecordPaperQuerySet.as_manager()

    class Meta(AttachedFile.Meta):
        verbose_name = "限定记录材料"
        verbose_name_plural = "限定记录材料"

    def __str__(self) -> str:
        return f"材料 {self.pk}"
