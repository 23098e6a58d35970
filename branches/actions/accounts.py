"""Accounts and their passwords. Sessions of an account end with its password: their hash no longer fits."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from branches.actions import audit
from branches.models import Organization, User
from branches.permissions import Actor
from branches.rules.passwords import FIRST_PASSWORD_DAYS, new_password
from partybuild.lib import clock


@dataclass(frozen=True)
class NewAccount:
    """An account and the password to hand over, which is known only now."""

    user: User
    password: str


@transaction.atomic
def create_account(
    *,
    by: Actor,
    login: str,
    name: str,
    organization: Organization | None = None,
    phone: str = "",
    password: str = "",
    must_change: bool = True,
) -> NewAccount:
    """A new account, kept by an organisation. Without a password it gets a first one: one session, within some days.

    An account without an organisation belongs to that of its first post.
    """
    user = User(login=login.strip(), name=name, organization=organization, phone=phone, created_at=clock.now())
    given = password or new_password(secrets.choice)
    user.set_password(given)
    if password:
        user.must_change_password = must_change
    else:
        _mark_first(user)
    user.full_clean(exclude=["password"])
    user.save()
    audit.record(by=by, verb="新增账号", obj=user, organization=organization)
    return NewAccount(user, given)


@transaction.atomic
def reset_password(*, by: Actor, user: User) -> str:
    """A new first password, to be shown once; the account's sessions end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    password = new_password(secrets.choice)
    user.set_password(password)
    _mark_first(user)
    user.save(update_fields=["password", "must_change_password", "first_password_until"])
    audit.record(by=by, verb="重置密码", obj=user, organization=user.organization)
    return password


@transaction.atomic
def change_password(*, by: Actor, user: User, password: str) -> User:
    """A person's own new password, held against the rules for passwords; his other sessions end.

    The view keeps the session in hand with ``update_session_auth_hash``.
    """
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.first_password_until = None
    user.save(update_fields=["password", "must_change_password", "first_password_until"])
    audit.record(by=by, verb="修改密码", obj=user, organization=user.organization)
    return user


@transaction.atomic
def use_first_password(*, user: User) -> None:
    """A first password has opened its one session; from now on it opens none."""
    if user.first_password_until is not None:
        user.first_password_until = clock.now() - timedelta(microseconds=1)
        user.save(update_fields=["first_password_until"])


@transaction.atomic
def set_account_active(*, by: Actor, user: User, is_active: bool) -> User:
    """Disable an account, which acts with its next request, or enable it again."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active != is_active:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
        verb = "启用账号" if is_active else "停用账号"
        audit.record(by=by, verb=verb, obj=user, organization=user.organization)
    return user


def _mark_first(user: User) -> None:
    user.must_change_password = True
    user.first_password_until = clock.now() + timedelta(days=FIRST_PASSWORD_DAYS)
