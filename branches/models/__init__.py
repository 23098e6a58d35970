"""Rows of people and organisations."""

from branches.models.audit import AuditEntry
from branches.models.organization import Organization, OrganizationChange
from branches.models.post import OrganizationUserPermission, Post
from branches.models.upload import Upload
from branches.models.user import User

__all__ = [
    "AuditEntry",
    "Organization",
    "OrganizationChange",
    "OrganizationUserPermission",
    "Post",
    "Upload",
    "User",
]
