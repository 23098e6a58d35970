from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from branches.actions.accounts import (
    change_password,
    create_account,
    reset_password,
    set_account_active,
    use_first_password,
)
from branches.models import User
from branches.permissions import Actor
from branches.rules.passwords import is_spent
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, UserFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def test_a_new_account_gets_a_first_password(trail):
    branch = BranchFactory()

    made = create_account(by=SYSTEM, login="limin", name="李敏", organization=branch)

    user = User.objects.get(login="limin")
    assert user.check_password(made.password)
    assert user.must_change_password
    assert user.first_password_until > clock.now() + timedelta(days=2)
    assert trail().get().verb == "新增账号"


def test_the_trail_holds_no_password(trail):
    made = create_account(by=SYSTEM, login="limin", name="李敏")

    assert made.password not in str(trail().values())


def test_a_given_password_is_no_first_one():
    made = create_account(by=SYSTEM, login="limin", name="李敏", password="plain-2026-words", must_change=False)

    assert made.user.first_password_until is None
    assert not made.user.must_change_password


def test_a_login_is_used_once():
    UserFactory(login="limin")

    with pytest.raises(ValidationError) as refused:
        create_account(by=SYSTEM, login="limin", name="李敏")

    assert list(refused.value.message_dict) == ["login"]


def test_a_reset_gives_another_first_password():
    user = UserFactory()

    password = reset_password(by=SYSTEM, user=user)

    user.refresh_from_db()
    assert user.check_password(password)
    assert user.must_change_password
    assert not is_spent(user.first_password_until, clock.now())


def test_a_first_password_is_spent_with_its_use():
    made = create_account(by=SYSTEM, login="limin", name="李敏")

    use_first_password(user=made.user)

    made.user.refresh_from_db()
    assert is_spent(made.user.first_password_until, clock.now())


def test_an_own_password_is_not_spent():
    user = UserFactory()

    use_first_password(user=user)

    assert user.first_password_until is None


def test_a_changed_password_is_ones_own():
    user = create_account(by=SYSTEM, login="limin", name="李敏").user

    change_password(by=Actor(user_id=user.pk), user=user, password="morning-tea-2026")

    user.refresh_from_db()
    assert user.check_password("morning-tea-2026")
    assert (user.must_change_password, user.first_password_until) == (False, None)


@pytest.mark.parametrize("password", ["short-1", "password123", "lixiaomin2026"])
def test_r02_weak_passwords_are_refused(password):
    user = UserFactory(login="lixiaomin2026")

    with pytest.raises(ValidationError):
        change_password(by=Actor(user_id=user.pk), user=user, password=password)


def test_r02_64_characters_are_taken_whole():
    user, long = UserFactory(), ("春风又绿江南岸明月何时照我还" * 5)[:63] + "x"

    change_password(by=Actor(user_id=user.pk), user=user, password=long)

    assert user.check_password(long)
    assert not user.check_password(long[:-1])


def test_disabling_and_enabling_leave_a_trace_each(trail):
    user = UserFactory()

    set_account_active(by=SYSTEM, user=user, is_active=False)
    set_account_active(by=SYSTEM, user=user, is_active=False)
    set_account_active(by=SYSTEM, user=user, is_active=True)

    assert list(trail().values_list("verb", flat=True)) == ["停用账号", "启用账号"]
