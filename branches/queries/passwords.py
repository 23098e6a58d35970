"""What a new password is held against: the names around a person, and the passwords that he has had."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError
from pypinyin import lazy_pinyin

from branches.models import Organization, UsedPassword, User
from branches.rules.passwords import is_expired, word_in
from partybuild.lib import clock


def names_around(user: User) -> list[str]:
    """Login, and name, short name, pinyin and initials of the organisation and of those above it."""
    organization = user.organization
    if organization is None:
        return [user.login]
    above = Organization.objects.filter(pk__in=[*organization.ancestor_ids, organization.pk])
    names = [
        word
        for name, short, letters in above.values_list("name", "short_name", "initials")
        for word in (name, short, letters, "".join(lazy_pinyin(name)), "".join(lazy_pinyin(short)))
        if word
    ]
    return [user.login, *names]


def was_used(user: User, password: str, last: int) -> bool:
    """Whether the password is one of the last that the account has had."""
    kept = UsedPassword.objects.filter(user=user).order_by("-pk").values_list("password", flat=True)[:last]
    return any(check_password(password, one) for one in kept)


def must_change(user: User) -> bool:
    """Whether the password has to be changed before all else: given out by somebody, or too old."""
    if settings.FORCE_PASSWORD_CHANGE and user.must_change_password:
        return True
    return is_expired(user.password_changed_at, settings.PASSWORD_MAX_DAYS, clock.now())


def expires_at(user: User) -> datetime | None:
    """Until when the password may be used; None where passwords do not age."""
    if settings.PASSWORD_MAX_DAYS is None or user.password_changed_at is None:
        return None
    return user.password_changed_at + timedelta(days=settings.PASSWORD_MAX_DAYS)


def password_help() -> str:
    """What the profile asks of a password, in one line."""
    ours = [one for one in get_default_password_validators() if not type(one).__module__.startswith("django.")]
    return "".join(str(validator.get_help_text()) for validator in ours)


class NamesValidator:
    """Refuses a password with the login or an organisation's name in it."""

    def validate(self, password: str, user: Any = None) -> None:
        if isinstance(user, User) and word_in(password, names_around(user)) is not None:
            raise ValidationError("密码不能包含登录名或党组织的名称。", code="password_names")

    def get_help_text(self) -> str:
        return "不能包含登录名、姓名或党组织的名称。"


class ReuseValidator:
    """Refuses the last passwords of the account."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Any = None) -> None:
        if isinstance(user, User) and user.pk is not None and was_used(user, password, self.last):
            raise ValidationError(f"密码不能与最近 {self.last} 次用过的相同。", code="password_used")

    def get_help_text(self) -> str:
        return f"不能与最近 {self.last} 次用过的相同。"
