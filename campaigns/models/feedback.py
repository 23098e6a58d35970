"""What people say of the burden that plans and the portal cause (意见与减负). Source: domain-rules.md; X03."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from campaigns.rules.feedback import FeedbackKind, FeedbackState


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Short filters over what was said."""

    def visible_to(self, scope: Scope, permission: Permission = Permission.ANSWER_FEEDBACK) -> Self:
        """One's own, and for those who answer what was said at their organisation and below."""
        return self.filter(path_filter(scope, permission, "organization__path") | Q(author=scope.user_id))

    def by(self, user_id: int | None) -> Self:
        """What this person has said."""
        return self.filter(author=user_id)

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(state=FeedbackState.SAID)


class Feedback(models.Model):
    """Somebody says that something costs more than it is worth, from whatever page he was on; it is answered once.

    ``page`` is the address without its query. ``outcome`` says whether something was changed for it.
    """

    author = models.ForeignKey("branches.User", models.PROTECT, related_name="+")
    organization = models.ForeignKey("branches.Organization", models.PROTECT, related_name="+", verbose_name="党组织")
    kind = models.CharField("类别", max_length=16, choices=FeedbackKind)
    text = models.TextField("内容", max_length=1000)
    page = models.CharField("所在页面", max_length=200, blank=True, default="")
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.PositiveSmallIntegerField("大约多花的时间（分钟）", null=True, blank=True)
    is_nameless = models.BooleanField("不显示姓名", default=False)
    said_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=16, choices=FeedbackState, default=FeedbackState.SAID)
    answer = models.TextField("答复", max_length=1000, blank=True, default="")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey("branches.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = "意见与减负建议"
        verbose_name_plural = "意见与减负建议"
        ordering = ["-said_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FeedbackKind.values), name="feedback_kind_known"),
            models.CheckConstraint(condition=Q(state__in=FeedbackState.values), name="feedback_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_has_text"),
            models.CheckConstraint(
                condition=Q(state=FeedbackState.SAID, answered_at__isnull=True, answer="")
                | (~Q(state=FeedbackState.SAID) & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="feedback_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-said_at"], name="feedback_organization")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
