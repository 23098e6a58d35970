"""Files kept by their content."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A file by the SHA-256 of what lies on the disk, stored once however often it is attached; names belong to the
    attachments. One that is sealed lies encrypted, each time anew; its size and type are those of the content."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=128)
    extension = models.CharField(max_length=8)
    stored_at = models.DateTimeField()
    is_sealed = models.BooleanField("加密保存", default=False)

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        constraints = [models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_form")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        """Whether a thumbnail can be had of it; of what lies encrypted there is none."""
        return self.content_type.startswith("image/") and not self.is_sealed
