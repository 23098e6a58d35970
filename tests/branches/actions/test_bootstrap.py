from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from branches.actions.bootstrap import bootstrap_admin
from branches.models import Organization, Post, User
from branches.permissions import Actor
from partybuild.lib import clock
from tests.factories.branches import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def test_r01_three_officers_with_single_use_passwords():
    root = OrganizationFactory()

    made = bootstrap_admin(by=SYSTEM)

    assert [one.login for one in made] == ["sysadmin", "secadmin", "auditor"]
    assert set(Post.objects.values_list("role", "organization")) == {
        ("sysadmin", root.pk), ("secadmin", root.pk), ("auditor", root.pk),
    }  # fmt: skip
    assert all(User.objects.get(login=one.login).must_change_password for one in made)
    assert all(User.objects.get(login=one.login).check_password(one.password) for one in made)


def test_an_empty_house_gets_its_top():
    bootstrap_admin(by=SYSTEM, name="区直机关工委")

    assert Organization.objects.get().name == "区直机关工委"


def test_only_the_first_ones():
    bootstrap_admin(by=SYSTEM)

    with pytest.raises(ValidationError, match="已有管理员"):
        bootstrap_admin(by=SYSTEM)


def test_r01_passwords_that_expired_before_anybody_came_are_made_anew(move_clock):
    first = bootstrap_admin(by=SYSTEM)
    move_clock(clock.now() + timedelta(days=4))

    again = bootstrap_admin(by=SYSTEM)

    assert [one.login for one in again] == [one.login for one in first]
    assert all(User.objects.get(login=one.login).check_password(one.password) for one in again)
    assert User.objects.count() == 3


def test_r01_once_somebody_came_they_are_not(move_clock):
    bootstrap_admin(by=SYSTEM)
    User.objects.filter(login="auditor").update(last_login=clock.now())
    move_clock(clock.now() + timedelta(days=4))

    with pytest.raises(ValidationError, match="已有管理员"):
        bootstrap_admin(by=SYSTEM)


def test_r01_there_is_no_account_above_the_table_of_rights():
    bootstrap_admin(by=SYSTEM)

    assert not User.objects.filter(is_superuser=True).exists()
    assert not hasattr(User.objects, "create_superuser")


def test_several_tops_must_be_told_apart():
    _, other = OrganizationFactory(), OrganizationFactory()

    with pytest.raises(ValidationError, match="多个顶级党组织"):
        bootstrap_admin(by=SYSTEM)
    assert len(bootstrap_admin(by=SYSTEM, organization=other)) == 3


def test_a_login_in_use_gets_a_number():
    OrganizationFactory()
    UserFactory(login="sysadmin")

    assert bootstrap_admin(by=SYSTEM)[0].login == "sysadmin2"
