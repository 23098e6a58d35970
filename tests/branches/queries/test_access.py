from datetime import date, timedelta

import pytest

from branches.actions.posts import open_post
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor, Permission, Scope
from branches.queries.access import grants_of, scope_of
from tests.factories.branches import (
    LONG_AGO,
    BranchFactory,
    CommitteeFactory,
    OrganizationFactory,
    PostFactory,
    UserFactory,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def test_a_post_in_force_is_a_grant():
    committee = CommitteeFactory(short_name="财政局党委")
    user = make_user_with_post("staff", committee)

    (grant,) = grants_of(user.pk, DAY)

    assert (grant.organization_id, grant.path, grant.role) == (committee.pk, committee.path, Role.STAFF)
    assert grant.label == "财政局党委 · 党务干部"


def test_both_days_of_a_post_are_in_force():
    user = UserFactory()
    open_post(
        by=Actor.system(), user=user, organization=BranchFactory(), role="secretary", starts_on=DAY,
        ends_on=date(2099, 1, 1),
    )  # fmt: skip

    assert grants_of(user.pk, DAY - timedelta(days=1)) == ()
    assert len(grants_of(user.pk, DAY)) == 1
    assert len(grants_of(user.pk, date(2099, 1, 1))) == 1
    assert grants_of(user.pk, date(2099, 1, 2)) == ()


def test_a_bare_post_without_its_grant_gives_nothing():
    post = PostFactory()

    assert scope_of(post.user_id, DAY).grant is None


def test_a_chosen_post_is_used_else_the_first():
    user = make_user_with_post("secretary", BranchFactory())
    second = open_post(by=Actor.system(), user=user, organization=BranchFactory(), role="leader", starts_on=LONG_AGO)

    assert scope_of(user.pk, DAY).role is Role.SECRETARY
    assert scope_of(user.pk, DAY, second.pk).role is Role.LEADER
    assert scope_of(user.pk, DAY, 999_999).role is Role.SECRETARY


def test_r14_the_tree_seen_is_the_own_and_what_stands_below():
    committee = CommitteeFactory()
    branch = BranchFactory(parent=committee)
    BranchFactory()
    scope = scope_of(make_user_with_post("staff", committee).pk, DAY)

    assert set(Organization.objects.visible_to(scope)) == {committee, branch}


def test_a_member_sees_his_own_branch_only():
    committee = CommitteeFactory()
    branch = BranchFactory(parent=committee)
    scope = scope_of(make_user_with_post("member", branch).pk, DAY)

    assert list(Organization.objects.visible_to(scope)) == [branch]


def test_a_path_is_no_prefix_of_a_longer_number():
    root = OrganizationFactory()
    scope = scope_of(make_user_with_post("staff", root).pk, DAY)
    other = OrganizationFactory(pk=root.pk * 10 + 1, path=f"{root.pk}1/")

    assert not scope.sees(other)
    assert other not in Organization.objects.visible_to(scope)


def test_without_a_post_nothing_is_seen():
    OrganizationFactory()

    assert not Organization.objects.visible_to(Scope(), Permission.VIEW_ORGANIZATION).exists()


def test_r08_the_scope_takes_one_query(django_assert_num_queries):
    user = make_user_with_post("staff", CommitteeFactory())

    with django_assert_num_queries(1):
        scope_of(user.pk, DAY)
