"""Files kept by their content."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A file by its SHA-256, stored once however often it is attached; names belong to the attachments."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=128)
    extension = models.CharField(max_length=8)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        constraints = [models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_form")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
