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
