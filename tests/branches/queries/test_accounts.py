from datetime import date, datetime

import pytest

from branches.actions.posts import open_post
from branches.models import User
from branches.permissions import Actor
from branches.queries.access import scope_of
from branches.queries.accounts import accounts_for
from tests.factories.branches import LONG_AGO, BranchFactory, CommitteeFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def scope(committee):
    return scope_of(make_user_with_post("secadmin", committee, login="officer", name="安全").pk, DAY)


def test_accounts_kept_within_the_scope(scope, committee):
    inside = make_user_with_post("secretary", BranchFactory(parent=committee))
    make_user_with_post("secretary", BranchFactory())
    UserFactory()

    assert set(accounts_for(scope, DAY)) == {User.objects.get(login="officer"), inside}


def test_whoever_holds_a_post_beyond_the_scope_is_not_kept_within(scope, committee):
    user = make_user_with_post("member", BranchFactory(parent=committee))
    open_post(by=Actor.system(), user=user, organization=committee.parent, role="leader", starts_on=LONG_AGO)

    assert user not in accounts_for(scope, DAY)


def test_filters(scope, committee):
    branch = BranchFactory(parent=committee)
    limin = make_user_with_post("secretary", branch, login="limin", name="李敏")
    wang = make_user_with_post("leader", branch, login="wang", name="王立", is_active=False)

    assert list(accounts_for(scope, DAY, q="李")) == [limin]
    assert list(accounts_for(scope, DAY, q="LIM")) == [limin]
    assert list(accounts_for(scope, DAY, role="leader")) == [wang]
    assert list(accounts_for(scope, DAY, status="disabled")) == [wang]
    assert list(accounts_for(scope, DAY, status="active", q="王")) == []


def test_accounts_that_nobody_uses(scope, committee):
    def account(login, last, made="2025-01-01T08:00:00+08:00", **extra):
        moments = {"last_login": last and datetime.fromisoformat(last), "created_at": datetime.fromisoformat(made)}
        return UserFactory(login=login, organization=committee, **moments, **extra)

    never = account("never", None)
    account("new", None, "2026-03-01T08:00:00+08:00")
    account("busy", "2026-03-01T08:00:00+08:00")
    edge = account("edge", "2025-12-04T23:59:00+08:00")
    account("just", "2025-12-05T00:01:00+08:00")
    account("off", None, is_active=False)
    User.objects.filter(login="officer").update(last_login=datetime.fromisoformat("2026-03-05T08:00:00+08:00"))

    assert [one.login for one in accounts_for(scope, DAY, status="unused")] == ["never", "new"]
    assert set(accounts_for(scope, DAY, status="idle")) == {never, edge}


def test_only_posts_in_force_are_shown(scope, committee):
    user = make_user_with_post("secretary", BranchFactory(parent=committee), ends_on=date(2021, 1, 1))

    assert next(one for one in accounts_for(scope, DAY) if one == user).held == []


def test_a_list_takes_the_same_queries_for_one_and_for_three(scope, committee, django_assert_num_queries):
    make_user_with_post("secretary", BranchFactory(parent=committee))
    with django_assert_num_queries(2):
        [(one.organization, one.held) for one in accounts_for(scope, DAY)]

    make_user_with_post("secretary", BranchFactory(parent=committee))
    make_user_with_post("leader", BranchFactory(parent=committee))
    with django_assert_num_queries(2):
        [(one.organization, one.held) for one in accounts_for(scope, DAY)]
