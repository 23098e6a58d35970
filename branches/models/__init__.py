"""Rows of people and organisations."""

from branches.models.audit import AuditEntry, AuditSeal
from branches.models.organization import Organization, OrganizationChange
from branches.models.planned_change import PlannedChange
from branches.models.post import OrganizationUserPermission, Post
from branches.models.second_factor import RecoveryCode, SecondFactor
from branches.models.sent_form import SentForm
from branches.models.sign_in import FailedSignIn, SignIn
from branches.models.upload import Upload
from branches.models.user import UsedPassword, User

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "FailedSignIn",
    "Organization",
    "OrganizationChange",
    "OrganizationUserPermission",
    "PlannedChange",
    "Post",
    "RecoveryCode",
    "SecondFactor",
    "SentForm",
    "SignIn",
    "Upload",
    "UsedPassword",
    "User",
]
