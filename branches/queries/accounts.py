"""Accounts with their posts, and how long a pair of account and address is locked."""

from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.db.models import Prefetch, Q

from branches.models import Post, User
from branches.models.user import UserQuerySet
from branches.permissions import Scope
from branches.rules.lockout import COOL_OFF
from partybuild.lib import clock

UNUSED, IDLE = "unused", "idle"
IDLE_DAYS = 90


def accounts_for(scope: Scope, on: date, *, q: str = "", role: str = "", status: str = "") -> UserQuerySet:
    """The accounts that the scope keeps, with their posts in force as ``held``; filtered by name or login."""
    held = Post.objects.in_force(on).select_related("organization").order_by("pk")
    accounts = User.objects.visible_to(scope).prefetch_related(Prefetch("posts", held, to_attr="held"))
    if q:
        accounts = accounts.filter(Q(login__icontains=q) | Q(name__icontains=q))
    if role:
        accounts = accounts.filter(pk__in=Post.objects.in_force(on).filter(role=role).values("user"))
    if status:
        accounts = accounts.filter(_of_status(status, on))
    return accounts.select_related("organization").order_by("organization__path", "login")


def _of_status(status: str, on: date) -> Q:
    """Enabled or not; of the enabled those that nobody has ever used, or not for long."""
    if status == UNUSED:
        return Q(is_active=True, last_login__isnull=True)
    if status == IDLE:
        since = clock.start_of_day(on - timedelta(days=IDLE_DAYS))
        return Q(is_active=True) & (Q(last_login__lt=since) | Q(last_login__isnull=True, created_at__lt=since))
    return Q(is_active=status == "active")


def names_of(ids: set[int]) -> dict[int, str]:
    """User id → name, for lists that keep people by id."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def locked_until(login: str, address: str) -> datetime | None:
    """Until when this pair of account and address may not try again."""
    attempt = AccessAttempt.objects.filter(username=login, ip_address=address or None).order_by("-attempt_time").first()
    return clock.in_zone(attempt.attempt_time) + COOL_OFF if attempt else None
