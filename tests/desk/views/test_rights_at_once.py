"""Security row 9: a branch that has moved is in the new superior's hands with the next request."""

import pytest

from branches.permissions import Actor
from desk.actions.organizations import move
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, make_user_with_post

pytestmark = pytest.mark.django_db


def test_r09_a_moved_branch_is_seen_from_its_new_place_alone(client):
    root = OrganizationFactory()
    old, new = CommitteeFactory(parent=root), CommitteeFactory(parent=root)
    branch = BranchFactory(parent=old)
    client.force_login(make_user_with_post("staff", old), "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/organizations/{branch.pk}/").status_code == 200

    move(by=Actor.system(), organization=branch, parent=new, effective_on=clock.today(), reason="机构调整")

    assert client.get(f"/organizations/{branch.pk}/").status_code == 404
    client.force_login(make_user_with_post("staff", new), "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/organizations/{branch.pk}/").status_code == 200
