"""X13: holding a post for another."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from branches.actions.accounts import set_account_active
from branches.actions.acting import end_acting, open_acting
from branches.actions.posts import end_post
from branches.models import OrganizationUserPermission, Post
from branches.permissions import Actor
from branches.queries.access import scope_of
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, PostFactory, UserFactory, actor, make_user_with_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return BranchFactory()


@pytest.fixture
def principal(branch):
    return make_user_with_post("secretary", branch, name="王立")


@pytest.fixture
def deputy(branch):
    return make_user_with_post("member", branch, name="李敏")


def entrust(principal, deputy, days=9, start=0, by=None):
    today = clock.today()
    return open_acting(
        by=by or actor(principal), post=principal.posts.get(), deputy=deputy,
        starts_on=today + timedelta(days=start), ends_on=today + timedelta(days=start + days), reason="出差",
    )  # fmt: skip


def grants(user):
    return scope_of(user.pk, clock.today()).grants


def test_x13_the_deputy_gets_the_same_post_at_the_same_organisation(principal, deputy, branch):
    held = entrust(principal, deputy)
    scope = scope_of(deputy.pk, clock.today(), held.pk)

    assert (held.organization, held.role, held.acting_for) == (branch, "secretary", principal.posts.get())
    assert (scope.role, scope.acting_for_id, scope.grant.acting_for_name) == ("secretary", principal.pk, "王立")


def test_x13_his_own_post_comes_first(principal, branch):
    deputy = UserFactory()
    entrust(principal, deputy)
    later = Post.objects.get(user=make_user_with_post("member", branch))
    OrganizationUserPermission.objects.filter(post=later).update(user=deputy)

    assert [grant.acting_for_id for grant in grants(deputy)] == [None, principal.pk]


def test_x13_it_is_audited_with_the_principal(principal, deputy, trail):
    entrust(principal, deputy)
    entry = trail().last()

    assert (entry.verb, entry.detail["acting_for"]) == ("委托代理", principal.pk)
    assert entry.detail["note"] == f"{deputy.name}（{deputy.login}）：出差"


def test_x13_it_begins_and_ends_on_its_days(principal, deputy, move_clock):
    held = entrust(principal, deputy, start=3, days=2)
    assert held.pk not in [grant.post_id for grant in grants(deputy)]

    for days, holds in ((3, True), (5, True), (6, False)):
        on = held.starts_on + timedelta(days=days - 3)
        assert (held.pk in [each.post_id for each in scope_of(deputy.pk, on).grants]) is holds


def test_x13_a_deputy_cannot_hand_it_on(principal, deputy):
    held = entrust(principal, deputy)
    with pytest.raises(ValidationError, match="第三人"):
        open_acting(by=actor(principal), post=held, deputy=UserFactory(), starts_on=held.starts_on,
                    ends_on=held.ends_on, reason="出差")  # fmt: skip


def test_x13_who_acts_for_another_delegates_nothing(principal, deputy):
    as_deputy = Actor(user_id=deputy.pk, acting_for_id=principal.pk)
    with pytest.raises(ValidationError, match="先结束代理"):
        entrust(principal, UserFactory(), by=as_deputy)


def test_x13_nobody_makes_himself_a_deputy(principal, deputy):
    with pytest.raises(ValidationError, match="本人"):
        entrust(principal, deputy, by=actor(deputy))


def test_x13_one_deputy_at_a_time(principal, deputy):
    held = entrust(principal, deputy)
    with pytest.raises(ValidationError, match="已委托李敏代理"):
        entrust(principal, UserFactory())

    end_acting(by=actor(principal), post=held)
    assert entrust(principal, UserFactory()).pk != held.pk


def test_x13_who_has_the_post_himself_needs_no_other(principal, branch):
    second = make_user_with_post("secretary", branch)
    with pytest.raises(ValidationError, match="已有该党组织的支部书记岗位"):
        entrust(principal, second)


def test_x13_it_ends_at_once(principal, deputy, trail):
    held = entrust(principal, deputy)
    end_acting(by=actor(principal), post=held)

    assert [grant.acting_for_id for grant in grants(deputy)] == [None]
    assert trail().last().verb == "结束代理"


def test_x13_one_day_is_enough_and_ends_at_once_too(principal, deputy, trail):
    held = entrust(principal, deputy, days=0)
    assert principal.pk in [grant.acting_for_id for grant in grants(deputy)]

    end_acting(by=actor(principal), post=held)
    assert [grant.acting_for_id for grant in grants(deputy)] == [None]
    assert trail().last().verb == "结束代理"
    with pytest.raises(ValidationError, match="已经结束"):
        end_acting(by=actor(principal), post=held)


def test_x13_one_that_has_not_begun_never_begins(principal, deputy):
    held = entrust(principal, deputy, start=3)
    end_acting(by=actor(principal), post=held)

    assert held.pk not in [grant.post_id for grant in scope_of(deputy.pk, held.starts_on).grants]


def test_x13_it_ends_with_the_post(principal, deputy):
    entrust(principal, deputy)
    end_post(by=Actor.system(), post=principal.posts.get(), ends_on=clock.today())

    assert [grant.acting_for_id for grant in grants(deputy)] == [None]


def test_x13_it_ends_no_later_than_the_post(principal, deputy):
    held = entrust(principal, deputy)
    last_day = clock.today() + timedelta(days=4)
    end_post(by=Actor.system(), post=principal.posts.get(), ends_on=last_day)

    held.refresh_from_db()
    assert held.ends_on == last_day


def test_x13_it_ends_with_the_account(principal, deputy):
    entrust(principal, deputy)
    set_account_active(by=Actor.system(), user=principal, is_active=False)

    assert [grant.acting_for_id for grant in grants(deputy)] == [None]


def test_x13_a_disabled_principal_gives_nothing_even_if_the_row_is_left(principal, deputy):
    entrust(principal, deputy)
    type(principal).objects.filter(pk=principal.pk).update(is_active=False)

    assert [grant.acting_for_id for grant in grants(deputy)] == [None]


@pytest.mark.parametrize("values", [{"ends_on": None, "role": "staff"}, {"role": "auditor"}])
def test_the_database_asks_for_an_end_and_refuses_officers(principal, values):
    post = principal.posts.get()
    with pytest.raises(IntegrityError, match="post_acting_ends"), transaction.atomic():
        PostFactory(acting_for=post, **({"ends_on": clock.today()} | values))
