from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from branches.actions.accounts import change_password
from branches.models import UsedPassword
from branches.permissions import Actor
from branches.queries.passwords import expires_at, must_change, names_around, password_help
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, UserFactory

pytestmark = pytest.mark.django_db

GRADED = [
    {"NAME": "branches.rules.passwords.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "branches.rules.passwords.CompositionValidator", "OPTIONS": {"classes": 3}},
    {"NAME": "branches.queries.passwords.ReuseValidator", "OPTIONS": {"last": 5}},
]


@pytest.fixture
def user():
    committee = CommitteeFactory(name="市财政局机关党委", short_name="财政局")
    return UserFactory(login="lixiaomin", organization=BranchFactory(parent=committee, name="国库处党支部"))


def change(user, password):
    return change_password(by=Actor(user_id=user.pk), user=user, password=password)


@pytest.mark.parametrize(
    "password",
    ["caizhengju@2031x", "国库处党支部-2031-好", "my.lixiaomin.tea", "GuoKuChuDangZhiBu=7", "scz-jjg-dw-31907!"],
)
def test_r02_login_and_names_of_organisations_are_refused(user, password):
    with pytest.raises(ValidationError, match="不能包含登录名或党组织的名称"):
        change(user, password)


def test_r02_what_holds_no_name_is_taken(user):
    assert change(user, "morning-tea-2026").check_password("morning-tea-2026")


def test_without_an_organisation_the_login_counts(db):
    assert names_around(UserFactory(login="limin")) == ["limin"]


def test_r03_the_last_five_are_refused_and_no_more(user, settings):
    settings.AUTH_PASSWORD_VALIDATORS, settings.PASSWORD_KEPT = GRADED, 5
    for number in range(6):
        change(user, f"Morning-tea-{number}")

    with pytest.raises(ValidationError, match="最近 5 次"):
        change(user, "Morning-tea-1")
    change(user, "Morning-tea-0")
    assert UsedPassword.objects.filter(user=user).count() == 5


def test_an_office_keeps_no_used_passwords(user):
    change(user, "morning-tea-2026")

    assert not UsedPassword.objects.exists()


def test_r03_after_ninety_days_a_change_is_due(user, settings, move_clock):
    change(user, "morning-tea-2026")
    assert not must_change(user)
    settings.PASSWORD_MAX_DAYS = 90
    assert not must_change(user)
    assert expires_at(user) == user.password_changed_at + timedelta(days=90)

    move_clock(clock.now() + timedelta(days=91))

    assert must_change(user)


def test_r03_a_password_that_was_given_out_is_changed_first(settings):
    user = UserFactory(must_change_password=True)

    assert must_change(user)
    settings.FORCE_PASSWORD_CHANGE = False
    assert not must_change(user)


def test_the_form_says_what_is_asked():
    assert "至少 10 个字符" in password_help()
    assert "党组织的名称" in password_help()
