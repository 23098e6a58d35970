from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from branches.actions.posts import end_post, open_post, remove_ended_grants
from branches.models import OrganizationUserPermission
from branches.permissions import Actor
from branches.queries.access import grants_of
from partybuild.lib import clock
from tests.factories.branches import LONG_AGO, BranchFactory, OrganizationFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()


def test_a_post_writes_one_grant_on_its_node():
    branch, user = BranchFactory(), UserFactory()

    post = open_post(by=SYSTEM, user=user, organization=branch, role="secretary", starts_on=LONG_AGO)

    grant = OrganizationUserPermission.objects.get()
    assert (grant.user, grant.content_object, grant.post) == (user, branch, post)
    assert grant.permission.codename == "act_as_secretary"


def test_opening_and_ending_leave_a_trace(trail):
    user = UserFactory(name="李敏", login="limin")
    post = open_post(by=SYSTEM, user=user, organization=BranchFactory(), role="leader", starts_on=LONG_AGO)
    end_post(by=SYSTEM, post=post, ends_on=clock.today())

    found = [(entry.verb, entry.detail["note"]) for entry in trail()]
    assert found == [("授予岗位", "李敏（limin）"), ("结束岗位", "李敏（limin）")]


def test_r09_a_post_ended_today_gives_nothing_any_more():
    user = make_user_with_post("secretary", BranchFactory())

    end_post(by=SYSTEM, post=user.posts.get(), ends_on=clock.today())

    assert grants_of(user.pk, clock.today()) == ()


def test_a_post_that_ends_later_still_holds():
    user = make_user_with_post("secretary", BranchFactory())

    end_post(by=SYSTEM, post=user.posts.get(), ends_on=clock.today() + timedelta(days=1))

    assert len(grants_of(user.pk, clock.today())) == 1
    assert grants_of(user.pk, clock.today() + timedelta(days=2)) == ()


def test_a_post_that_is_over_already_is_not_granted():
    user = make_user_with_post("secretary", BranchFactory(), ends_on=date(2021, 1, 1))

    assert user.posts.count() == 1
    assert not OrganizationUserPermission.objects.exists()


def test_grants_of_ended_posts_are_swept_away_once():
    user = make_user_with_post("secretary", BranchFactory(), ends_on=clock.today() + timedelta(days=30))
    make_user_with_post("leader", BranchFactory())
    user.posts.update(ends_on=clock.today() - timedelta(days=1))

    assert remove_ended_grants(by=SYSTEM) == 1
    assert remove_ended_grants(by=SYSTEM) == 0
    assert OrganizationUserPermission.objects.count() == 1


@pytest.mark.parametrize(
    ("held", "wanted"), [("sysadmin", "secadmin"), ("secadmin", "auditor"), ("auditor", "sysadmin")]
)
def test_r17_the_officers_exclude_one_another(held, wanted):
    user = make_user_with_post(held, OrganizationFactory())

    with pytest.raises(ValidationError) as refused:
        open_post(by=SYSTEM, user=user, organization=OrganizationFactory(), role=wanted, starts_on=LONG_AGO)

    assert refused.value.message_dict == {"role": ["系统管理员、安全管理员、审计管理员不能由同一人兼任。"]}


def test_an_officer_may_follow_another_office():
    user = make_user_with_post("sysadmin", OrganizationFactory(), ends_on=date(2021, 1, 1))

    open_post(by=SYSTEM, user=user, organization=OrganizationFactory(), role="auditor", starts_on=date(2021, 1, 2))

    assert user.posts.count() == 2


def test_the_same_post_is_held_once_at_a_time():
    branch = BranchFactory()
    user = make_user_with_post("secretary", branch)

    with pytest.raises(ValidationError, match="已有该党组织的支部书记岗位"):
        open_post(by=SYSTEM, user=user, organization=branch, role="secretary", starts_on=date(2022, 1, 1))


def test_nobody_grants_himself_a_post():
    user = make_user_with_post("secadmin", OrganizationFactory())

    with pytest.raises(ValidationError, match="不能为本人授予岗位"):
        open_post(
            by=Actor(user_id=user.pk), user=user, organization=OrganizationFactory(), role="staff", starts_on=LONG_AGO
        )


def test_a_post_ends_no_earlier_than_it_began():
    user = make_user_with_post("secretary", BranchFactory())

    with pytest.raises(ValidationError, match="不能早于开始日期"):
        end_post(by=SYSTEM, post=user.posts.get(), ends_on=LONG_AGO - timedelta(days=1))


def test_an_ended_post_is_not_ended_again():
    user = make_user_with_post("secretary", BranchFactory())
    post = end_post(by=SYSTEM, post=user.posts.get(), ends_on=clock.today())

    with pytest.raises(ValidationError, match="已在此前结束"):
        end_post(by=SYSTEM, post=post, ends_on=clock.today())


def test_the_first_post_gives_an_account_its_organisation():
    branch = BranchFactory()

    user = make_user_with_post("secretary", branch)

    user.refresh_from_db()
    assert user.organization == branch
