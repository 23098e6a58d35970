import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from branches.actions.accounts import change_password, end_sign_ins, reset_password, set_account_active
from branches.actions.sessions import (
    MustWaitError,
    begin_sign_in,
    begin_try,
    end_own_sign_ins,
    forgive_failures,
    remove_old_sign_ins,
)
from branches.enums import EndReason
from branches.models import FailedSignIn, SignIn
from branches.permissions import Actor
from partybuild.lib import clock
from tests.factories.branches import UserFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
HERE = "10.0.0.1"


def sign_in(user, key):
    Session.objects.create(session_key=key, session_data="", expire_date=clock.now() + timedelta(hours=1))
    return begin_sign_in(user=user, session_key=key, address=HERE, agent="")


def reasons():
    return dict(SignIn.objects.values_list("session_key", "end_reason"))


class TestTries:
    def test_r05_twenty_failures_from_anywhere_lock_the_account(self):
        for number in range(20):
            begin_try(login="limin", address=f"10.0.1.{number}")

        with pytest.raises(MustWaitError) as wait:
            begin_try(login="limin", address="10.0.2.1")
        assert wait.value.until > clock.now() + timedelta(minutes=10)
        begin_try(login="another", address="10.0.2.1")

    def test_r05_fifty_failures_slow_the_address(self, move_clock):
        move_clock("2026-03-05T10:00:00+08:00")
        for number in range(50):
            begin_try(login=f"user{number}", address=HERE)

        with pytest.raises(MustWaitError):
            begin_try(login="one-more", address=HERE)
        begin_try(login="one-more", address="10.0.0.2")
        move_clock("2026-03-05T10:00:30+08:00")
        begin_try(login="one-more", address=HERE)

    def test_r05_a_try_refused_is_not_counted(self):
        for number in range(20):
            begin_try(login="limin", address=f"10.0.1.{number}")
        with pytest.raises(MustWaitError):
            begin_try(login="limin", address=HERE)

        assert FailedSignIn.objects.count() == 20

    def test_r05_getting_in_forgives_ones_own_address_alone(self):
        begin_try(login="limin", address=HERE)
        begin_try(login="limin", address="10.0.0.2")

        forgive_failures(login="limin", address=HERE)

        assert [one.address for one in FailedSignIn.objects.all()] == ["10.0.0.2"]

    def test_what_was_typed_is_not_kept(self):
        begin_try(login="my-own-secret", address=HERE)

        assert "my-own-secret" not in str(list(FailedSignIn.objects.values()))

    @pytest.mark.django_db(transaction=True)
    def test_r05_tries_at_the_same_moment_do_not_get_past_the_limit(self):
        outcomes, start = [], threading.Barrier(8)
        for number in range(18):
            begin_try(login="limin", address=f"10.0.1.{number}")

        def attempt(number):
            start.wait()
            try:
                begin_try(login="limin", address=f"10.0.2.{number}")
                outcomes.append("tried")
            except MustWaitError:
                outcomes.append("held")
            connection.close()

        threads = [threading.Thread(target=attempt, args=[number]) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert (outcomes.count("tried"), outcomes.count("held")) == (2, 6)


class TestEnding:
    @pytest.fixture
    def user(self):
        user = UserFactory()
        for key in ("a", "b", "c"):
            sign_in(user, key)
        sign_in(UserFactory(), "other")
        return user

    def test_r07_ends_the_sessions_on_the_server(self, user):
        assert end_sign_ins(user=user, reason=EndReason.IDLE) == 3

        assert list(Session.objects.values_list("session_key", flat=True)) == ["other"]
        assert reasons() == {"a": "idle", "b": "idle", "c": "idle", "other": ""}

    def test_r10_one_or_all_but_one(self, user, trail):
        first = SignIn.objects.get(session_key="a")

        end_own_sign_ins(by=Actor(user_id=user.pk), user=user, only=first.pk)
        kept = SignIn.objects.get(session_key="b")
        end_own_sign_ins(by=Actor(user_id=user.pk), user=user, but=kept.pk)
        end_own_sign_ins(by=Actor(user_id=user.pk), user=user, but=kept.pk)

        assert reasons() == {"a": "ended", "b": "", "c": "ended", "other": ""}
        assert [(entry.verb, entry.detail["count"]) for entry in trail()] == [("结束登录", 1), ("结束登录", 1)]

    def test_r04_a_changed_password_ends_all_but_the_one_in_hand(self, user):
        kept = SignIn.objects.get(session_key="b")

        change_password(by=Actor(user_id=user.pk), user=user, password="evening-walk-2026", sign_in_id=kept.pk)

        assert reasons() == {"a": "password", "b": "", "c": "password", "other": ""}

    def test_r09_a_reset_and_a_disabled_account_end_all(self, user):
        reset_password(by=SYSTEM, user=user)
        assert reasons()["a"] == "password"

        sign_in(user, "d")
        set_account_active(by=SYSTEM, user=user, is_active=False)
        assert reasons()["d"] == "disabled"


def test_old_sign_ins_and_failures_are_removed(move_clock):
    move_clock("2026-01-01T10:00:00+08:00")
    sign_in(UserFactory(), "old")
    begin_try(login="limin", address=HERE)
    move_clock("2026-07-10T10:00:00+08:00")
    sign_in(UserFactory(), "new")

    assert [remove_old_sign_ins(by=SYSTEM) for _ in range(2)] == [1, 0]
    assert list(SignIn.objects.values_list("session_key", flat=True)) == ["new"]
    assert not FailedSignIn.objects.exists()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
