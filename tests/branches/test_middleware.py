import pytest
from django.test import RequestFactory

from branches.enums import Role
from branches.middleware import ForwardedAddressMiddleware, ScopeMiddleware
from branches.models import User
from tests.factories.branches import BranchFactory, UserFactory, make_user_with_post
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def passed(user, **session):
    """A request of this person after the middleware."""
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.7")
    request.user, request.session = user, session
    ScopeMiddleware(lambda request: None)(request)
    return request


def test_scope_and_actor_of_somebody_with_a_post():
    branch = BranchFactory()
    user = make_user_with_post("secretary", branch)

    request = passed(User.objects.get(pk=user.pk))

    assert request.scope.role is Role.SECRETARY
    assert (request.actor.user_id, request.actor.organization_id, request.actor.address) == (
        user.pk,
        branch.pk,
        "10.0.0.7",
    )
    assert request.actor.organization_path == branch.path


def test_a_member_is_known_by_his_account():
    member = MemberFactory(user=UserFactory())

    request = passed(User.objects.get(pk=member.user_id))

    assert request.scope.member_id == request.actor.member_id == member.pk


def test_r08_at_most_two_queries(django_assert_num_queries):
    user = User.objects.get(pk=make_user_with_post("secretary", BranchFactory()).pk)

    with django_assert_num_queries(2):
        passed(user)


def test_none_for_strangers(django_assert_num_queries):
    from django.contrib.auth.models import AnonymousUser

    with django_assert_num_queries(0):
        request = passed(AnonymousUser())
    assert request.scope.grant is None
    assert request.actor.user_id is None


def test_a_post_in_the_session_that_is_not_ones_own_is_ignored():
    user = make_user_with_post("secretary", BranchFactory())
    other = make_user_with_post("staff", BranchFactory()).posts.get()

    assert passed(User.objects.get(pk=user.pk), post_id=other.pk).scope.role is Role.SECRETARY


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [("10.1.1.1", "10.1.1.1"), ("1.2.3.4, 10.1.1.1", "10.1.1.1"), ("", "127.0.0.1"), ("1.2.3.4,", "127.0.0.1")],
)
def test_r05_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(forwarded, address):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})

    ForwardedAddressMiddleware(lambda request: None)(request)

    assert request.META["REMOTE_ADDR"] == address
