"""What signing in and out leaves behind."""

from django.db import transaction

from branches.actions import audit
from branches.actions.accounts import use_first_password
from branches.enums import AuditResult
from branches.models import User
from branches.permissions import Actor, Grant


@transaction.atomic
def record_sign_in(*, by: Actor, user: User) -> None:
    """A person has signed in; a first password is spent with it."""
    use_first_password(user=user)
    audit.record(by=by, verb="登录", obj=user, organization=user.organization)


@transaction.atomic
def record_failed_sign_in(*, by: Actor, login: str) -> None:
    """Somebody failed to sign in. What was typed is not kept: it may be a password in the wrong field."""
    user = User.objects.filter(login=login).select_related("organization").first()
    organization = user.organization if user else None
    audit.record(by=by, verb="登录", obj=user, organization=organization, result=AuditResult.REFUSED)


@transaction.atomic
def record_sign_out(*, by: Actor, user: User) -> None:
    """A person has signed out."""
    audit.record(by=by, verb="退出登录", obj=user, organization=user.organization)


@transaction.atomic
def record_switch(*, by: Actor, grant: Grant) -> None:
    """A person goes on under another of his posts."""
    audit.record(by=by, verb="切换岗位", detail={"post": grant.post_id})


@transaction.atomic
def record_refusal(*, by: Actor, method: str, path: str) -> None:
    """Somebody asked for what he may not do."""
    audit.record(
        by=by,
        verb="无权访问",
        result=AuditResult.REFUSED,
        detail={"method": method, "path": path[:200].replace("\0", "")},
    )
