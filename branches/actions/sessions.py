"""Signing in and out, the sign-ins that this makes, and what all of it leaves behind."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connection, transaction

from branches.actions import audit
from branches.actions.accounts import end_sign_ins, use_first_password
from branches.enums import AuditResult, EndReason
from branches.models import FailedSignIn, SignIn, User
from branches.permissions import Actor, Grant
from branches.queries.sign_ins import hash_of_login, must_wait_until
from branches.rules.lockout import WINDOW
from partybuild.lib import clock

KEPT_DAYS = 184
"""Sign-ins that are over are kept as long as the trail is at least."""
# First halves of the advisory locks' keys; the second is a hash of login or address.
_LOGIN_LOCK, _ADDRESS_LOCK = 0x51, 0x52


class MustWaitError(Exception):
    """Account or address has failed too often; ``until`` is the moment of the next try."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@transaction.atomic
def begin_try(*, login: str, address: str) -> FailedSignIn:
    """Count a try as failed before the password is looked at, so that no number of tries at once gets past the limit.

    Raises ``MustWaitError``; what was right after all is taken back by ``forgive_failures``.
    """
    with connection.cursor() as cursor:
        for lock, text in ((_LOGIN_LOCK, login.strip()), (_ADDRESS_LOCK, address)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [lock, text])
    if (until := must_wait_until(login, address)) is not None:
        raise MustWaitError(until)
    return FailedSignIn.objects.create(login_hash=hash_of_login(login), address=address, at=clock.now())


@transaction.atomic
def forgive_failures(*, login: str, address: str) -> None:
    """Who has got in is not held against the failures of his own address; those of others stay counted."""
    FailedSignIn.objects.filter(login_hash=hash_of_login(login), address=address).delete()


@transaction.atomic
def begin_sign_in(*, user: User, session_key: str, address: str, agent: str) -> SignIn:
    """Note that a person is signed in with this session; two requests that begin it at once make one row."""
    now = clock.now()
    told = {"address": address[:64], "agent": agent.replace("\0", "")[:255], "started_at": now, "seen_at": now}
    sign_in, _ = SignIn.objects.update_or_create(
        session_key=session_key, defaults={"user": user, **told, "ended_at": None, "end_reason": ""}
    )
    return sign_in


@transaction.atomic
def note_use(*, sign_in_id: int, session_key: str) -> SignIn | None:
    """The session is in use; its key may be another since the password was changed in it."""
    sign_in = SignIn.objects.filter(pk=sign_in_id).first()
    if sign_in is not None:
        sign_in.seen_at, sign_in.session_key = clock.now(), session_key
        sign_in.save(update_fields=["seen_at", "session_key"])
    return sign_in


@transaction.atomic
def end_own_sign_ins(*, by: Actor, user: User, only: int | None = None, but: int | None = None) -> int:
    """A person ends his sign-ins on other devices."""
    count = end_sign_ins(user=user, reason=EndReason.ENDED, only=only, but=but)
    if count:
        audit.record(by=by, verb="结束登录", obj=user, organization=user.organization, detail={"count": count})
    return count


@transaction.atomic
def remove_old_sign_ins(*, by: Actor) -> int:
    """Remove the sign-ins of half a year ago, old failures, and sessions past their time; safe to repeat."""
    now = clock.now()
    old, _ = SignIn.objects.filter(started_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    FailedSignIn.objects.filter(at__lt=now - WINDOW).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    if old:
        audit.record(by=by, verb="清理登录记录", detail={"count": old})
    return old


@transaction.atomic
def record_sign_in(*, by: Actor, user: User) -> None:
    """A person has signed in; a first password is spent with it."""
    use_first_password(user=user)
    # By the portal's clock, as all that is compared with it.
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])
    audit.record(by=by, verb="登录", obj=user, organization=user.organization)


@transaction.atomic
def record_failed_sign_in(*, by: Actor, login: str, what: str = "登录") -> None:
    """Somebody failed to sign in. What was typed is not kept: it may be a password in the wrong field."""
    user = User.objects.filter(login=login).select_related("organization").first()
    organization = user.organization if user else None
    audit.record(by=by, verb=what, obj=user, organization=organization, result=AuditResult.REFUSED)


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
