"""Whether a person has a second factor, and whether he must."""

from django.conf import settings

from branches.models import SecondFactor
from branches.permissions import Scope


def factor_in_use(user_id: int) -> SecondFactor | None:
    """The confirmed second factor of an account."""
    return SecondFactor.objects.filter(user=user_id, confirmed_at__isnull=False).first()


def factor_begun(user_id: int) -> SecondFactor | None:
    """The second factor of an account, also before its first code."""
    return SecondFactor.objects.filter(user=user_id).first()


def is_forced(scope: Scope) -> bool:
    """Whether one of the posts asks for a second factor in this profile."""
    return any(grant.role in settings.SECOND_FACTOR_ROLES for grant in scope.grants)
