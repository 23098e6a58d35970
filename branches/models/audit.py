"""The audit trail and its seals. Both are only ever appended to: the database refuses the rest."""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast

from branches.enums import AuditResult, Channel, SealKind

# The number of the transaction that writes the row, by which sealing knows that nothing can come in below.
TRANSACTION = Cast(Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField())


class AuditEntry(models.Model):
    """Somebody did something; people by id only, appended and never changed."""

    transaction_id = models.BigIntegerField(db_default=TRANSACTION, editable=False)
    at = models.DateTimeField("时间")
    user_id = models.BigIntegerField("操作人", null=True)
    post_id = models.BigIntegerField("岗位", null=True)
    acting_for_id = models.BigIntegerField("代理对象", null=True)
    channel = models.CharField("方式", max_length=16, choices=Channel)
    address = models.CharField("来源地址", max_length=64, blank=True, default="")
    verb = models.CharField("操作", max_length=64)
    object_type = models.CharField("对象类别", max_length=64, blank=True, default="")
    object_id = models.BigIntegerField("对象编号", null=True)
    object_label = models.CharField("对象", max_length=255, blank=True, default="")
    organization_id = models.BigIntegerField("党组织", null=True)
    organization_path = models.CharField(max_length=255, blank=True, default="")
    result = models.CharField("结果", max_length=16, choices=AuditResult)
    detail = models.JSONField("说明", default=dict)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="audit_channel_known"),
            models.CheckConstraint(condition=Q(result__in=AuditResult.values), name="audit_result_known"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_object"),
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["user_id", "-id"], name="audit_user"),
            models.Index(fields=["transaction_id", "id"], name="audit_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class AuditSeal(models.Model):
    """A sealed stretch of entries, chained to the seal before; or the note that older stretches were removed.

    A stretch holds the entries of ``from_transaction`` ≤ transaction < ``below_transaction`` with an id above
    ``floor_id`` (which rises when the data have moved to another server, whose transactions count anew).
    ``members`` are the ids and digests of its entries; ``hash`` covers them, the row itself and the seal before.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    kind = models.CharField("类别", max_length=8, choices=SealKind)
    at = models.DateTimeField("封存时间")
    from_transaction = models.BigIntegerField()
    below_transaction = models.BigIntegerField()
    floor_id = models.BigIntegerField(default=0)
    first_id = models.BigIntegerField("首条", null=True)
    last_id = models.BigIntegerField("末条", null=True)
    first_at = models.DateTimeField("最早时间")
    last_at = models.DateTimeField("最晚时间")
    count = models.PositiveIntegerField("条数")
    members = models.BinaryField(default=bytes)
    upto_number = models.BigIntegerField("清理到", null=True)
    upto_hash = models.CharField(max_length=64, blank=True, default="")
    previous_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = "审计封存"
        verbose_name_plural = "审计封存"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SealKind.values), name="audit_seal_kind_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="audit_seal_numbered"),
            models.CheckConstraint(condition=Q(last_at__gte=F("first_at")), name="audit_seal_times_in_order"),
            models.CheckConstraint(
                condition=Q(kind=SealKind.SEALED, first_id__isnull=False, last_id__isnull=False, upto_number=None)
                | Q(kind=SealKind.PRUNED, first_id=None, last_id=None, upto_number__isnull=False),
                name="audit_seal_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 段"
