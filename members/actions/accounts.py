"""Accounts for those on the rosters, many at once, with first passwords that are known only now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from branches.actions import audit
from branches.actions.accounts import create_account, reset_password
from branches.actions.posts import open_post
from branches.enums import Role
from branches.models import User
from branches.permissions import Actor
from branches.rules.passwords import LONGEST_FIRST_PASSWORD_DAYS
from members.models import Member, Membership
from members.queries.accounts import annotate_secretary
from members.rules.accounts import LoginStyle, login_of
from partybuild.lib import clock

MOST_AT_ONCE = 500
# Logins are given out by one at a time, or two would give the same one to namesakes.
_LOGINS_LOCK = 0x10617


@dataclass(frozen=True)
class Slip:
    """What is handed over to one person: kept nowhere but in this answer."""

    name: str
    organization: str
    role: str
    login: str
    password: str
    valid_until: datetime


@transaction.atomic
def create_member_accounts(
    *, by: Actor, places: Iterable[Membership], valid_until: date, style: str = LoginStyle.NAME
) -> list[Slip]:
    """An account and the post of 党员 (支部书记 for the secretary) for each member without one; others are left out.

    Sending it twice makes nothing twice. The first passwords hold to the end of ``valid_until``.
    """
    until = _end_of(valid_until)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOGINS_LOCK])
    return [_create(by, place, until, style) for place in _locked(places) if place.member.user_id is None]


@transaction.atomic
def renew_first_passwords(*, by: Actor, places: Iterable[Membership], valid_until: date) -> list[Slip]:
    """New first passwords for those who never signed in: the slip was lost, or its days are over."""
    until = _end_of(valid_until)
    slips = []
    for place in _locked(places):
        user = place.member.user
        if user is not None and user.is_active and user.last_login is None:
            slips.append(_slip(place, user, reset_password(by=by, user=user, valid_until=until), until))
    return slips


def _locked(places: Iterable[Membership]) -> list[Membership]:
    """The places with their members locked, as they are now, in the order of the organisations."""
    wanted = [place.pk for place in places]
    if len(wanted) > MOST_AT_ONCE:
        raise ValidationError(f"一次最多 {MOST_AT_ONCE} 人，请按党组织分批办理。")
    ids = Membership.objects.filter(pk__in=wanted).values("member")
    # Members are locked before they are read again: whoever waited here finds the account that was made meanwhile.
    list(Member.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    found = Membership.objects.filter(pk__in=wanted, ends_on__isnull=True)
    return list(annotate_secretary(found, clock.today()).order_by("organization__path", "member__initials", "pk"))


def _create(by: Actor, place: Membership, until: datetime, style: str) -> Slip:
    member = place.member
    start = login_of(member.name, member.phone, style, ())
    taken = set(User.objects.filter(login__startswith=start).values_list("login", flat=True))
    made = create_account(
        by=by, login=login_of(member.name, member.phone, style, taken), name=member.name,
        organization=place.organization, phone=member.phone, valid_until=until,
    )  # fmt: skip
    open_post(by=by, user=made.user, organization=place.organization, role=_role(place), starts_on=clock.today())
    member.user = made.user
    member.save(update_fields=["user"])
    audit.record(by=by, verb="关联账号", obj=member, organization=place.organization)
    return _slip(place, made.user, made.password, until)


def _role(place: Membership) -> Role:
    return Role.SECRETARY if place.is_secretary else Role.MEMBER  # type: ignore[attr-defined]


def _slip(place: Membership, user: User, password: str, until: datetime) -> Slip:
    organization = place.organization.name
    return Slip(place.member.name, organization, _role(place).label, user.login, password, until)


def _end_of(valid_until: date) -> datetime:
    today = clock.today()
    if valid_until < today:
        raise ValidationError({"valid_until": "有效期不能早于今天。"})
    if (valid_until - today).days > LONGEST_FIRST_PASSWORD_DAYS:
        raise ValidationError({"valid_until": f"初始密码最长有效 {LONGEST_FIRST_PASSWORD_DAYS} 天。"})
    return clock.end_of_day(valid_until)
