from datetime import timedelta

import pytest

from members.models import Custodian
from partybuild.lib import clock
from tests.factories.branches import PASSWORD, BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.restricted import CustodianFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture(autouse=True)
def officer(client, committee):
    user = make_user_with_post("secadmin", committee)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def post(committee):
    return make_user_with_post("staff", BranchFactory(parent=committee), name="李敏", login="limin").posts.get()


def test_o10_the_officer_names_a_post_and_ends_it(client, post, officer):
    assert "李敏" in client.get("/members/custodians/new/?q=limin").text
    data = {"post": post.pk, "kinds": ["talk", "care"], "starts_on": "2026-03-05"}

    assert client.post("/members/custodians/new/?q=limin", data).url == "/members/custodians/"

    assert set(Custodian.objects.values_list("kind", "named_by")) == {("talk", officer.pk), ("care", officer.pk)}
    assert "李敏" in client.get("/members/custodians/?kind=care&state=in_force").text
    talk = Custodian.objects.get(kind="talk")
    client.post(f"/members/custodians/{talk.pk}/end/", {"ends_on": clock.today().isoformat()})
    talk.refresh_from_db()
    assert talk.ends_on == clock.today()


def test_o10_a_post_beyond_the_scope_cannot_be_named(client):
    other = make_user_with_post("staff", BranchFactory(), name="外人").posts.get()

    assert "没有找到可以授权的岗位" in client.get("/members/custodians/new/?q=外人").text
    answer = client.post("/members/custodians/new/", {"post": other.pk, "kinds": ["talk"], "starts_on": "2026-03-05"})
    assert answer.status_code == 422
    assert not Custodian.objects.exists()


def test_o10_a_second_naming_is_refused_at_the_field(client, post):
    CustodianFactory(post=post)

    answer = client.post("/members/custodians/new/", {"post": post.pk, "kinds": ["talk"], "starts_on": "2026-03-05"})

    assert answer.status_code == 422
    assert "已获授权" in answer.context["form"].errors["kinds"][0]


def test_r13_a_naming_beyond_the_scope_is_not_found(client):
    assert client.get(f"/members/custodians/{CustodianFactory().pk}/end/").status_code == 404


def test_o10_who_names_sees_no_record_himself(client, post):
    CustodianFactory(post=post)

    assert client.get("/members/restricted/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(client, committee, count, django_assert_num_queries):
    for _ in range(count):
        CustodianFactory(post=make_user_with_post("staff", BranchFactory(parent=committee)).posts.get())
    client.get("/members/custodians/")

    with django_assert_num_queries(7):
        client.get("/members/custodians/")


def test_r10_naming_asks_for_the_password_again_after_some_minutes(client, post, move_clock):
    move_clock(clock.now() + timedelta(minutes=20))
    data = {"post": post.pk, "kinds": ["talk"], "starts_on": "2026-03-05"}

    answer = client.post("/members/custodians/new/", data)

    assert answer.status_code == 422
    assert not Custodian.objects.exists()
    assert client.post("/members/custodians/new/", {**data, "again": PASSWORD}).status_code == 302
    assert Custodian.objects.exists()
