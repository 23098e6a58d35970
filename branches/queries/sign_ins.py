"""Sign-ins of a person, and how long an account or an address must wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from branches.models import FailedSignIn, SignIn, User
from branches.rules.lockout import ADDRESS_FAILURES, WINDOW, account_locked_until, address_slowed_until
from branches.rules.sessions import device_words
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash


@dataclass(frozen=True)
class Limits:
    """How long one stays signed in: without doing anything, and at most."""

    idle: timedelta | None
    longest: timedelta | None


def limits() -> Limits:
    """The limits of the profile."""
    return Limits(_seconds(settings.SIGN_IN_IDLE_SECONDS), _seconds(settings.SIGN_IN_LONGEST_SECONDS))


@dataclass(frozen=True)
class Line:
    """A sign-in as its owner sees it."""

    sign_in: SignIn
    device: str
    is_current: bool


def live_lines(user: User, current: int | None) -> list[Line]:
    """Where a person is signed in now: here first, then by last use."""
    held = limits()
    found = SignIn.objects.filter(user=user).live(clock.now(), held.idle, held.longest).order_by("-seen_at", "-pk")
    lines = [Line(one, device_words(one.agent), one.pk == current) for one in found]
    return sorted(lines, key=lambda line: not line.is_current)


def recent_lines(user: User, count: int = 10) -> list[Line]:
    """The last sign-ins that are over."""
    found = SignIn.objects.filter(user=user, ended_at__isnull=False).order_by("-started_at", "-pk")[:count]
    return [Line(one, device_words(one.agent), False) for one in found]


def previous_sign_in(sign_in: SignIn) -> SignIn | None:
    """The one before."""
    return SignIn.objects.filter(user=sign_in.user_id, pk__lt=sign_in.pk).order_by("-pk").first()


def newer_sign_in(sign_in: SignIn, since: datetime) -> SignIn | None:
    """The latest sign-in of the same person that began elsewhere after the moment."""
    others = SignIn.objects.filter(user=sign_in.user_id, started_at__gt=since, pk__gt=sign_in.pk)
    return others.order_by("-pk").first()


def why_ended(session_key: str) -> str:
    """Why the session of this cookie is over; empty when nothing is known of it."""
    found = SignIn.objects.filter(session_key=session_key[:40], ended_at__isnull=False)
    return found.values_list("end_reason", flat=True).first() or ""


def must_wait_until(login: str, address: str) -> datetime | None:
    """Until when neither account nor address may try again; an unknown account is counted as a known one."""
    now = clock.now()
    failures = FailedSignIn.objects.filter(at__gt=now - WINDOW).order_by("-at")
    of_account = failures.filter(login_hash=hash_of_login(login)).values_list("at", flat=True)
    of_address = failures.filter(address=address).values_list("at", flat=True)[:ADDRESS_FAILURES]
    waits = [account_locked_until(list(of_account), now), address_slowed_until(list(of_address), now)]
    return max((clock.in_zone(moment) for moment in waits if moment is not None), default=None)


def hash_of_login(login: str) -> str:
    """Under what the tries for a login are counted."""
    return keyed_hash(f"login:{login.strip()}")


def _seconds(value: int | None) -> timedelta | None:
    return None if value is None else timedelta(seconds=value)
