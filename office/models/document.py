"""Official documents and their numbers."""

from typing import Self

from django.db import models
from django.db.models import Q

from branches.models.organization import path_filter
from branches.permissions import Permission, Scope
from office.enums import DocumentKind, DocumentStatus
from office.rules.documents import MARKS, number_text


class DocumentQuerySet(models.QuerySet["Document"]):
    """Short filters over documents."""

    def visible_to(self, scope: Scope) -> Self:
        """Issued ones of the scope's organisations and of those above; drafts only for whom they are work."""
        issued = Q(status=DocumentStatus.ISSUED)
        drafts = path_filter(scope, Permission.VIEW_DRAFT, "issuer__path")
        own = path_filter(scope, Permission.VIEW_DOCUMENT, "issuer__path")
        if scope.grant is None or not scope.holds(Permission.VIEW_DOCUMENT):
            return self.none()
        above = [int(part) for part in scope.grant.path.split("/")[:-1]]
        return self.filter(drafts | (issued & (own | Q(issuer_id__in=above))))


class Document(models.Model):
    """An official document: draft → checked → signed → issued; the number is given on issuing, without gaps."""

    issuer = models.ForeignKey("branches.Organization", models.PROTECT, related_name="documents", db_index=False)
    kind = models.CharField("文种", max_length=16, choices=DocumentKind)
    title = models.CharField("标题", max_length=128)
    number_word = models.CharField("机关代字", max_length=32, blank=True, default="")
    status = models.CharField("状态", max_length=16, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("文号", null=True, blank=True)
    body = models.JSONField("内容", default=dict)
    file = models.ForeignKey("office.StoredFile", models.PROTECT, null=True, blank=True, related_name="documents")
    run = models.ForeignKey("office.Run", models.PROTECT, null=True, blank=True, related_name="documents")
    drafted_at = models.DateTimeField("起草时间")
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "公文"
        verbose_name_plural = "公文"
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["run", "issuer", "kind", "title"], condition=Q(run__isnull=False), name="document_run_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(condition=Q(status__in=DocumentStatus.values), name="document_status_known"),
            models.CheckConstraint(
                condition=Q(status=DocumentStatus.ISSUED, number__isnull=False, issued_at__isnull=False)
                | (~Q(status=DocumentStatus.ISSUED) & Q(issued_at__isnull=True)),
                name="document_issued_has_number",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number_label(self) -> str:
        """〔2026〕1号 after the issuer's word; empty before it is issued."""
        return "" if self.number is None else number_text(self.year, self.number, self.number_word)

    @property
    def status_mark(self) -> str:
        """The mark that pages show before the status."""
        return MARKS[DocumentStatus(self.status)]
