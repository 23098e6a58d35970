"""Security row 9: what is taken away is gone with the next request, in the session that is open."""

import pytest

from branches.actions.accounts import set_account_active
from branches.actions.posts import end_post
from branches.permissions import Actor
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


@pytest.fixture
def branch():
    return BranchFactory(parent=CommitteeFactory(parent=OrganizationFactory()))


def signed_in(client, role, organization):
    user = make_user_with_post(role, organization)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def test_r09_a_disabled_account_is_out(client, branch):
    user = signed_in(client, "staff", branch.parent)
    assert client.get("/members/").status_code == 200

    set_account_active(by=SYSTEM, user=user, is_active=False)

    assert client.get("/members/").url == "/accounts/login/?next=/members/&why=disabled"


def test_r09_an_ended_post_gives_nothing(client, branch):
    user = signed_in(client, "staff", branch.parent)
    assert client.get(f"/organizations/{branch.pk}/").status_code == 200

    end_post(by=SYSTEM, post=user.posts.get(), ends_on=clock.today())

    assert client.get("/members/").status_code == 403
    assert client.get(f"/organizations/{branch.pk}/").status_code in (403, 404)
