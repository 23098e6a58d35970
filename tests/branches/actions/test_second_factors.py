import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from branches.actions.second_factors import (
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    use_code,
)
from branches.models import RecoveryCode, SecondFactor
from branches.permissions import Actor
from branches.rules.second_factor import code_at, step_of
from partybuild.lib import clock
from tests.factories.branches import UserFactory

pytestmark = pytest.mark.django_db

NOON = "2026-03-05T12:00:00+08:00"


def present_code(factor):
    return code_at(factor.secret, step_of(clock.now()))


def set_up(user):
    """The factor in use and its recovery codes."""
    factor = begin_second_factor(user=user)
    codes = confirm_second_factor(by=Actor(user_id=user.pk), user=user, code=present_code(factor))
    return SecondFactor.objects.get(), codes


def test_r06_the_secret_lies_encrypted_in_the_database():
    factor = begin_second_factor(user=UserFactory())

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM branches_secondfactor")
        stored = cursor.fetchone()[0]
    assert factor.secret not in stored
    assert SecondFactor.objects.get().secret == factor.secret


def test_it_is_in_use_from_its_first_right_code_on(trail):
    user = UserFactory()
    factor = begin_second_factor(user=user)
    assert not use_code(user=user, code=present_code(factor))

    with pytest.raises(ValidationError, match="不正确"):
        confirm_second_factor(by=Actor(user_id=user.pk), user=user, code="000000x")
    codes = confirm_second_factor(by=Actor(user_id=user.pk), user=user, code=present_code(factor))

    assert len(set(codes)) == 10
    assert trail().get().verb == "启用动态口令"


def test_beginning_again_keeps_the_secret_on_the_phone():
    user = UserFactory()

    assert begin_second_factor(user=user).secret == begin_second_factor(user=user).secret


def test_r06_each_code_opens_once(move_clock):
    move_clock(NOON)
    user = UserFactory()
    factor, _ = set_up(user)
    assert not use_code(user=user, code=present_code(factor))

    move_clock("2026-03-05T12:00:30+08:00")
    assert [use_code(user=user, code=present_code(factor)) for _ in range(2)] == [True, False]


def test_r06_recovery_codes_are_hashed_and_open_once():
    user = UserFactory()
    _, codes = set_up(user)

    assert not set(codes) & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert [use_code(user=user, code=codes[0].upper()), use_code(user=user, code=codes[0])] == [True, False]
    assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 9


def test_new_recovery_codes_replace_the_old_ones():
    user = UserFactory()
    _, old = set_up(user)

    new = renew_recovery_codes(by=Actor(user_id=user.pk), user=user)

    assert [use_code(user=user, code=old[0]), use_code(user=user, code=new[0])] == [False, True]


def test_there_are_none_without_a_second_factor():
    with pytest.raises(ValidationError, match="尚未启用"):
        renew_recovery_codes(by=Actor.system(), user=UserFactory())


def test_r06_a_reset_leaves_a_trace_and_opens_nothing(trail):
    user = UserFactory()
    _, codes = set_up(user)

    assert remove_second_factor(by=Actor(user_id=UserFactory().pk), user=user)
    assert not remove_second_factor(by=Actor.system(), user=user)

    assert not use_code(user=user, code=codes[0])
    assert [entry.verb for entry in trail()] == ["启用动态口令", "重置动态口令"]


@pytest.mark.django_db(transaction=True)
def test_r06_two_at_the_same_moment_get_in_once(move_clock):
    move_clock(NOON)
    user = UserFactory()
    factor, _ = set_up(user)
    move_clock("2026-03-05T12:00:30+08:00")
    code, results, start = present_code(factor), [], threading.Barrier(4)

    def send():
        start.wait()
        results.append(use_code(user=user, code=code))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [False, False, False, True]
