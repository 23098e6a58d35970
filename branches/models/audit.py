"""The audit trail."""

from django.db import models
from django.db.models import Q

from branches.enums import AuditResult, Channel


class AuditEntry(models.Model):
    """Somebody did something; people by id only, appended and never changed."""

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
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"
