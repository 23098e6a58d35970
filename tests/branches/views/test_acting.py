"""X13 in the browser's eyes: from the page of one's posts to the band and back."""

from datetime import timedelta

import pytest

from branches.actions.acting import end_acting, open_acting
from branches.models import AuditEntry, Post
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, UserFactory, actor, make_user_with_post

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def branch():
    return BranchFactory(name="财政局第一支部")


@pytest.fixture
def principal(branch):
    return make_user_with_post("secretary", branch, name="王立")


@pytest.fixture
def deputy(branch):
    return make_user_with_post("member", branch, name="李敏")


def days(number):
    return clock.today() + timedelta(days=number)


def entrust(principal, deputy):
    return open_acting(
        by=actor(principal),
        post=principal.posts.get(),
        deputy=deputy,
        starts_on=days(0),
        ends_on=days(5),
        reason="休假",
    )


def sent(deputy, **changes):
    return {
        "deputy": deputy.pk,
        "starts_on": days(0).isoformat(),
        "ends_on": days(5).isoformat(),
        "reason": "出差",
    } | changes


def test_x13_named_on_the_page_of_ones_posts(client, principal, deputy):
    client.force_login(principal, BACKEND)
    post = principal.posts.get()
    assert f"/posts/{post.pk}/acting/" in client.get("/posts/mine/").text
    answer = client.post(f"/posts/{post.pk}/acting/", sent(deputy), follow=True)

    assert "已委托李敏代理" in answer.text
    assert "代理中" in answer.text
    assert Post.objects.get(acting_for=post).user == deputy


def test_x13_what_is_refused_stands_at_its_field(client, principal, deputy):
    client.force_login(principal, BACKEND)
    answer = client.post(f"/posts/{principal.posts.get().pk}/acting/", sent(deputy, ends_on=days(200).isoformat()))

    assert answer.status_code == 422
    assert "最长 90 天" in answer.text


def test_x13_only_colleagues_are_offered(client, principal, deputy):
    stranger = make_user_with_post("member", BranchFactory(), name="外单位赵某")
    client.force_login(principal, BACKEND)
    page = client.get(f"/posts/{principal.posts.get().pk}/acting/").text

    assert "李敏" in page
    assert "外单位赵某" not in page
    assert client.post(f"/posts/{principal.posts.get().pk}/acting/", sent(stranger)).status_code == 422


def test_x13_the_deputy_switches_sees_the_band_and_goes_back(client, principal, deputy):
    held = entrust(principal, deputy)
    client.force_login(deputy, BACKEND)
    assert "您正在代理" not in client.get("/posts/mine/").text

    client.post("/accounts/post/", {"post": held.pk})
    assert "您正在代理 王立（财政局第一支部 · 支部书记）" in client.get("/posts/mine/").text

    client.post("/posts/acting/leave/")
    assert "您正在代理" not in client.get("/posts/mine/").text


def test_x13_what_he_does_meanwhile_keeps_both_names(client, principal, deputy):
    held = entrust(principal, deputy)
    client.force_login(deputy, BACKEND)
    client.post("/accounts/post/", {"post": held.pk})
    client.get("/accounts/")

    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.user_id, entry.acting_for_id) == ("无权访问", deputy.pk, principal.pk)


@pytest.mark.parametrize("who", ["principal", "deputy"])
def test_x13_either_side_ends_it(client, principal, deputy, who):
    held = entrust(principal, deputy)
    client.force_login(principal if who == "principal" else deputy, BACKEND)
    answer = client.post(f"/posts/{held.pk}/acting/end/")

    assert (answer.status_code, answer["Location"]) == (302, "/posts/mine/")
    assert not Post.objects.filter(pk=held.pk, grant__isnull=False).exists()


def test_x13_to_others_it_is_not_there(client, principal, deputy, branch):
    held = entrust(principal, deputy)
    client.force_login(make_user_with_post("staff", branch.parent), BACKEND)

    assert client.get(f"/posts/{held.pk}/acting/end/").status_code == 404
    assert client.get(f"/posts/{principal.posts.get().pk}/acting/").status_code == 404


def test_x13_who_grants_posts_names_a_deputy_within_his_scope(client, principal, deputy, branch):
    client.force_login(make_user_with_post("secadmin", branch.parent), BACKEND)
    post = principal.posts.get()

    assert client.post(f"/posts/{post.pk}/acting/", sent(deputy)).status_code == 302
    assert Post.objects.filter(acting_for=post, user=deputy).exists()


def test_r19_a_right_that_has_ended_is_gone_with_the_next_request(client, principal, deputy, branch):
    held = entrust(principal, deputy)
    client.force_login(deputy, BACKEND)
    client.post("/accounts/post/", {"post": held.pk})
    assert client.get(f"/organizations/{branch.pk}/").status_code == 200
    assert "您正在代理" in client.get("/posts/mine/").text

    end_acting(by=actor(principal), post=held)
    assert "您正在代理" not in client.get("/posts/mine/").text
    assert client.post("/accounts/post/", {"post": held.pk}).status_code == 404


def test_a_person_without_a_post_is_told_so(client):
    client.force_login(UserFactory(), BACKEND)

    assert "还没有岗位" in client.get("/posts/mine/").text


def test_the_page_takes_as_many_queries_for_three_posts_as_for_one(
    client, principal, deputy, branch, django_assert_max_num_queries
):
    entrust(principal, deputy)
    client.force_login(principal, BACKEND)
    client.get("/posts/mine/")
    with django_assert_max_num_queries(30) as one:
        client.get("/posts/mine/")
    for role in ("staff", "inspector"):
        Post.objects.create(user=principal, organization=branch, role=role, starts_on=days(-5))
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get("/posts/mine/")
