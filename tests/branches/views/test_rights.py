import pytest

from branches.enums import Role
from branches.permissions import Permission
from tests.factories.branches import CommitteeFactory, make_user_with_post

pytestmark = pytest.mark.django_db


def test_every_right_and_every_role_is_shown(client):
    client.force_login(make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend")

    shown = client.get("/rights/").text

    assert all(permission.label in shown for permission in Permission)
    assert all(role.label in shown for role in Role)


def test_one_role_shows_what_it_holds_and_nothing_else(client):
    client.force_login(make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend")

    shown = client.get("/rights/?role=auditor").text

    assert Permission.VIEW_AUDIT.label in shown
    assert Permission.MANAGE_RULES.label not in shown
    assert Permission.MANAGE_RULES.label in client.get("/rights/?role=king").text


def test_r06_says_who_needs_a_second_factor(client, settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"secadmin", "auditor"})
    client.force_login(make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend")

    assert "安全管理员、审计管理员登录时必须使用动态口令" in client.get("/rights/").text
