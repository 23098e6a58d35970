"""Rows that every desk shares."""

from office.models.attached import AttachedFile
from office.models.document import Document
from office.models.file import StoredFile
from office.models.notice import Notice
from office.models.rule import Rule, WorkDay
from office.models.run import Run, RunPiece

__all__ = ["AttachedFile", "Document", "Notice", "Rule", "Run", "RunPiece", "StoredFile", "WorkDay"]
