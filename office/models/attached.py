"""A file under the name that somebody gave it."""

from django.db import models


class AttachedFile(models.Model):
    """Evidence kept with a row of a register; a concrete class adds the key of what it belongs to."""

    file = models.ForeignKey("office.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=255)
    added_at = models.DateTimeField("上传时间")
    added_by = models.ForeignKey("branches.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name
