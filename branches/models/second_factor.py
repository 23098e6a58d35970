"""The second factor of an account."""

from django.db import models
from django.db.models import Q

from partybuild.lib.fields import EncryptedTextField


class SecondFactor(models.Model):
    """The app on a person's phone that shows one-time codes; in use from its first right code on."""

    user = models.OneToOneField("branches.User", models.CASCADE, related_name="second_factor")
    secret = EncryptedTextField("密钥")
    begun_at = models.DateTimeField("开始设置")
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    # The step of the last code that was used: neither it nor an earlier one opens again.
    last_step = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "动态口令"
        verbose_name_plural = "动态口令"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(last_step__isnull=False),
                name="second_factor_confirmed_by_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} 动态口令"


class RecoveryCode(models.Model):
    """A code for the day on which the phone is lost: kept as a keyed hash, used once."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes", db_index=False)
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "备用码"
        verbose_name_plural = "备用码"
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.factor} 备用码"
