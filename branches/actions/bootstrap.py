"""The first officers of an installation."""

from dataclasses import dataclass
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions.accounts import create_account, reset_password
from branches.actions.organizations import create_organization
from branches.actions.posts import open_post
from branches.enums import OrganizationKind, Role
from branches.models import Organization, Post, User
from branches.permissions import OFFICERS, Actor
from branches.rules.passwords import is_spent
from partybuild.lib import clock

DEFAULT_NAME = "机关工委"
LOGINS = {Role.SYSADMIN: "sysadmin", Role.SECADMIN: "secadmin", Role.AUDITOR: "auditor"}


@dataclass(frozen=True)
class FirstOfficer:
    """An officer with the password to hand over."""

    role: Role
    login: str
    password: str


@transaction.atomic
def bootstrap_admin(*, by: Actor, organization: Organization | None = None, name: str = "") -> list[FirstOfficer]:
    """系统管理员, 安全管理员 and 审计管理员 at the top of the tree, with single-use passwords.

    Without an organisation the only top is taken, or a 工委 of this name is founded. Refused where officers are there;
    where none of them came before the passwords expired, they get new ones.
    """
    top = organization or _top(by, name)
    posts = Post.objects.in_force(clock.today()).filter(organization=top, role__in=OFFICERS)
    there = list(posts.select_related("user").order_by("pk"))
    if not there:
        return [_officer(by, top, role) for role in LOGINS]
    if any(one.user.last_login or not is_spent(one.user.first_password_until, clock.now()) for one in there):
        raise ValidationError(f"{top}已有管理员，请由其建立账号。忘记密码的，由另一位管理员重置。")
    return [FirstOfficer(Role(one.role), one.user.login, reset_password(by=by, user=one.user)) for one in there]


def _officer(by: Actor, top: Organization, role: Role) -> FirstOfficer:
    made = create_account(by=by, login=_free_login(LOGINS[role]), name=role.label, organization=top)
    open_post(by=by, user=made.user, organization=top, role=role, starts_on=clock.today())
    return FirstOfficer(role, made.user.login, made.password)


def _top(by: Actor, name: str) -> Organization:
    tops = list(Organization.objects.filter(parent__isnull=True)[:2])
    if len(tops) > 1:
        raise ValidationError("有多个顶级党组织，请用 --under 指明编码。")
    if tops:
        return tops[0]
    return create_organization(by=by, parent=None, kind=OrganizationKind.WORK_COMMITTEE, name=name or DEFAULT_NAME)


def _free_login(login: str) -> str:
    """The login itself, or with a number where another tree's officer has it."""
    taken = set(User.objects.filter(login__startswith=login).values_list("login", flat=True))
    return next(one for one in chain([login], (f"{login}{number}" for number in count(2))) if one not in taken)
