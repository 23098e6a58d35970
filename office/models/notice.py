"""What a person should know."""

from typing import Self

from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Short filters over notices."""

    def of(self, user_id: int | None) -> Self:
        """Those of one person: nobody else sees them."""
        return self.filter(user_id=user_id)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something a person should know, told once for its occasion: ``key`` names the thing and the occasion."""

    user = models.ForeignKey("branches.User", models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=120)
    text = models.CharField("内容", max_length=255)
    url = models.CharField(max_length=255, blank=True, default="")
    due_on = models.DateField("期限", null=True, blank=True)
    told_at = models.DateTimeField("时间")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(condition=~Q(text=""), name="notice_has_text"),
        ]
        indexes = [
            models.Index(fields=["user", "-told_at"], name="notice_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text
