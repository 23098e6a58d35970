"""Setting up a second factor, using its codes, and taking it away."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import RecoveryCode, SecondFactor, User
from branches.permissions import Actor
from branches.rules.second_factor import RECOVERY_CODES, matching_step, new_recovery_code, new_secret, plain
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash

WRONG_CODE = "动态口令不正确或已经用过，请输入手机上新显示的 6 位数字。"


@transaction.atomic
def begin_second_factor(*, user: User) -> SecondFactor:
    """The secret to be put on the phone: the same one until its first code comes. Nothing is asked for yet."""
    _lock(user)
    factor, _ = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": new_secret(secrets.token_bytes), "begun_at": clock.now()}
    )
    return factor


@transaction.atomic
def confirm_second_factor(*, by: Actor, user: User, code: str) -> list[str]:
    """The first right code shows that the phone holds the secret; from now on every login asks for one.

    Gives the recovery codes, which are known only now.
    """
    _lock(user)
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or factor.confirmed_at is not None:
        raise ValidationError({"code": "动态口令已经启用，或尚未开始设置。"})
    step = matching_step(factor.secret, code, clock.now(), factor.last_step)
    if step is None:
        raise ValidationError({"code": WRONG_CODE})
    factor.confirmed_at, factor.last_step = clock.now(), step
    factor.save(update_fields=["confirmed_at", "last_step"])
    audit.record(by=by, verb="启用动态口令", obj=user, organization=user.organization)
    return _replace_recovery_codes(factor)


@transaction.atomic
def use_code(*, user: User, code: str) -> bool:
    """Take a one-time or a recovery code: each opens once, whoever else sends it at the same moment."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    step = matching_step(factor.secret, code, clock.now(), factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    unused = factor.recovery_codes.filter(digest=_digest(code), used_at__isnull=True)
    return unused.update(used_at=clock.now()) == 1


@transaction.atomic
def renew_recovery_codes(*, by: Actor, user: User) -> list[str]:
    """Ten new recovery codes; the old ones open nothing any more."""
    factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise ValidationError("尚未启用动态口令。")
    audit.record(by=by, verb="更换备用码", obj=user, organization=user.organization)
    return _replace_recovery_codes(factor)


@transaction.atomic
def remove_second_factor(*, by: Actor, user: User) -> bool:
    """Take the second factor away, by its owner or, when the phone is lost, by the officer; whether there was one."""
    _lock(user)
    count, _ = SecondFactor.objects.filter(user=user).delete()
    if count:
        verb = "停用动态口令" if by.user_id == user.pk else "重置动态口令"
        audit.record(by=by, verb=verb, obj=user, organization=user.organization)
    return bool(count)


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _replace_recovery_codes(factor: SecondFactor) -> list[str]:
    codes = [new_recovery_code(secrets.choice) for _ in range(RECOVERY_CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=_digest(code)) for code in codes)
    return codes


def _digest(code: str) -> str:
    return keyed_hash(f"recovery:{plain(code)}")
