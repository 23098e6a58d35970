"""Workbooks that people upload to be imported."""

import uuid

from django.db import models
from django.db.models import Q

from branches.enums import ImportKind, ImportStatus


class Upload(models.Model):
    """One uploaded workbook: checked first, then confirmed or dropped; its file is kept only until then."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类别", max_length=16, choices=ImportKind)
    status = models.CharField("状态", max_length=16, choices=ImportStatus, default=ImportStatus.CHECKED)
    user = models.ForeignKey("branches.User", models.PROTECT, related_name="uploads", verbose_name="上传人")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="导入范围")
    name = models.CharField("文件名", max_length=255)
    all_or_nothing = models.BooleanField("有错误时全部不导入", default=False)
    uploaded_at = models.DateTimeField("上传时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    result = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = "导入文件"
        verbose_name_plural = "导入文件"
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="upload_kind_known"),
            models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="upload_status_known"),
            models.CheckConstraint(
                condition=Q(status=ImportStatus.CHECKED, finished_at__isnull=True)
                | (~Q(status=ImportStatus.CHECKED) & Q(finished_at__isnull=False)),
                name="upload_finished_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name
