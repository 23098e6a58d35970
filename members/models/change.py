"""What changed in the roster, and from which day on."""

from django.db import models
from django.db.models import Q

PRIVATE_FIELDS = ("id_number", "phone", "landline", "address")


class MemberChange(models.Model):
    """One field of a member became different on a day. Append-only; of personal data it holds only that they changed.

    Anonymising empties ``before`` and ``after``; nothing else touches a row.
    """

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="changes", db_index=False)
    field = models.CharField("事项", max_length=32)
    before = models.CharField("原为", max_length=255, blank=True, default="")
    after = models.CharField("改为", max_length=255, blank=True, default="")
    effective_on = models.DateField("生效日期")
    recorded_at = models.DateTimeField("登记时间")
    by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "名册变更"
        verbose_name_plural = "名册变更"
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(field__in=PRIVATE_FIELDS) | Q(before="", after=""), name="change_keeps_no_personal_data"
            ),
        ]
        indexes = [models.Index(fields=["member", "-effective_on"], name="change_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.field}"
