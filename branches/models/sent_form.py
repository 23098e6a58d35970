"""Forms that were sent and taken, so that a second sending does nothing."""

from django.db import models


class SentForm(models.Model):
    """What somebody sent from a page, and where it led: sent again from the same page, it only leads there.

    ``digest`` is of the page and of all that was sent; neither can be had back from it.
    """

    user = models.ForeignKey("branches.User", models.CASCADE, related_name="+", db_index=False, verbose_name="提交人")
    digest = models.CharField("摘要", max_length=64)
    location = models.TextField("去向", blank=True, default="")
    sent_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "已提交的表单"
        verbose_name_plural = "已提交的表单"
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="sent_form_once")]
        indexes = [models.Index(fields=["sent_at"], name="sent_form_sent_at")]

    def __str__(self) -> str:
        return self.location
