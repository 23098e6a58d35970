"""Sign-ins of people and the tries that failed."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from branches.enums import EndReason


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Short filters over sign-ins."""

    def live(self, now: datetime, idle: timedelta | None, longest: timedelta | None) -> Self:
        """Those that may still send requests."""
        found = self.filter(ended_at__isnull=True)
        if longest is not None:
            found = found.filter(started_at__gt=now - longest)
        return found if idle is None else found.filter(seen_at__gt=now - idle)


class SignIn(models.Model):
    """A person signed in on a device, from – to; ``session_key`` is the one of Django's session."""

    user = models.ForeignKey("branches.User", models.CASCADE, related_name="sign_ins", db_index=False)
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField("来源地址", max_length=64, blank=True, default="")
    agent = models.CharField("浏览器", max_length=255, blank=True, default="")
    started_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近使用")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=16, choices=EndReason, blank=True, default="")

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = "登录"
        verbose_name_plural = "登录"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=EndReason.values),
                name="sign_in_ended_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["user", "-started_at"], name="sign_in_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"


class FailedSignIn(models.Model):
    """One failed try, kept for a while to be counted; the login as a keyed hash: it may hold a password."""

    login_hash = models.CharField(max_length=64)
    address = models.CharField("来源地址", max_length=64, blank=True, default="")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "失败的登录"
        verbose_name_plural = "失败的登录"
        indexes = [
            models.Index(fields=["login_hash", "at"], name="failed_sign_in_login"),
            models.Index(fields=["address", "at"], name="failed_sign_in_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.at:%Y-%m-%d %H:%M}"
