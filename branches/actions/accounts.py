"""Accounts and their passwords. Sessions of an account end with its password: their hash no longer fits."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.db import transaction

from branches.actions import audit
from branches.actions.acting import end_acting_of
from branches.enums import EndReason
from branches.models import Organization, SignIn, UsedPassword, User
from branches.permissions import Actor
from branches.rules.passwords import FIRST_PASSWORD_DAYS, new_password
from partybuild.lib import clock

# A first password is 68 random bits, which need no stretching: many are made in one go, and its first use, which is
# its last, stores it with the usual number of rounds.
_FIRST_PASSWORD_ROUNDS = 10_000


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
    valid_until: datetime | None = None,
) -> NewAccount:
    """A new account, kept by an organisation. Without a password it gets a first one: one session, within some days.

    An account without an organisation belongs to that of its first post.
    """
    user = User(login=login.strip(), name=name, organization=organization, phone=phone, created_at=clock.now())
    given = password
    if password:
        user.set_password(password)
        user.must_change_password = must_change
        user.password_changed_at = clock.now()
    else:
        given = _give_first(user, valid_until)
    user.full_clean(exclude=["password"])
    user.save()
    audit.record(by=by, verb="新增账号", obj=user, organization=organization)
    return NewAccount(user, given)


@transaction.atomic
def reset_password(*, by: Actor, user: User, valid_until: datetime | None = None) -> str:
    """A new first password, to be shown once; the account's sessions end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    password = _give_first(user, valid_until)
    user.save(update_fields=["password", "must_change_password", "first_password_until", "password_changed_at"])
    end_sign_ins(user=user, reason=EndReason.PASSWORD)
    audit.record(by=by, verb="重置密码", obj=user, organization=user.organization)
    return password


@transaction.atomic
def change_password(*, by: Actor, user: User, password: str, sign_in_id: int | None = None) -> User:
    """A person's own new password, held against the rules for passwords; his sign-ins but ``sign_in_id`` end.

    The view keeps the session in hand with ``update_session_auth_hash``.
    """
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.first_password_until = None
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "must_change_password", "first_password_until", "password_changed_at"])
    _remember(user)
    end_sign_ins(user=user, reason=EndReason.PASSWORD, but=sign_in_id)
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
        if not is_active:
            end_sign_ins(user=user, reason=EndReason.DISABLED)
            end_acting_of(by=by, principal=user)
        verb = "启用账号" if is_active else "停用账号"
        audit.record(by=by, verb=verb, obj=user, organization=user.organization)
    return user


@transaction.atomic
def disable_accounts(*, by: Actor, users: Iterable[User]) -> int:
    """Disable many accounts, each with its own entry in the trail; oneself is left out. How many it were."""
    wanted = [user for user in users if user.is_active and user.pk != by.user_id]
    for user in sorted(wanted, key=lambda one: one.pk):
        set_account_active(by=by, user=user, is_active=False)
    return len(wanted)


@transaction.atomic
def end_sign_ins(*, user: User, reason: EndReason, only: int | None = None, but: int | None = None) -> int:
    """End the sign-ins of a person on the server: all, ``only`` one, or all ``but`` one; how many there were."""
    held = SignIn.objects.select_for_update().filter(user=user, ended_at__isnull=True).order_by("pk")
    if only is not None:
        held = held.filter(pk=only)
    if but is not None:
        held = held.exclude(pk=but)
    ended = list(held)
    Session.objects.filter(session_key__in=[one.session_key for one in ended]).delete()
    SignIn.objects.filter(pk__in=[one.pk for one in ended]).update(ended_at=clock.now(), end_reason=reason)
    return len(ended)


def _give_first(user: User, valid_until: datetime | None) -> str:
    """Set a first password on the account, which is not yet saved, and tell it."""
    password = new_password(secrets.choice)
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        user.password = hasher.encode(password, hasher.salt(), _FIRST_PASSWORD_ROUNDS)
    else:
        user.set_password(password)
    user.must_change_password = True
    user.first_password_until = valid_until or clock.now() + timedelta(days=FIRST_PASSWORD_DAYS)
    user.password_changed_at = clock.now()
    return password


def _remember(user: User) -> None:
    """Keep the hash where the profile refuses the last passwords, and no more of them than it asks for."""
    last = settings.PASSWORD_KEPT
    if last:
        UsedPassword.objects.create(user=user, password=user.password, set_at=clock.now())
        kept = UsedPassword.objects.filter(user=user).order_by("-pk").values_list("pk", flat=True)[:last]
        UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
