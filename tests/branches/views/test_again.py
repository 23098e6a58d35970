import pytest

from branches.models import User
from partybuild.lib import clock
from tests.factories.branches import PASSWORD, CommitteeFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db

ASKED = "请再次输入您的登录密码"


@pytest.fixture
def officer(client, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    officer = make_user_with_post("secadmin", CommitteeFactory())
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return officer


@pytest.fixture
def account(officer):
    return UserFactory(login="limin", organization=officer.organization)


@pytest.fixture
def later(move_clock):
    move_clock("2026-03-05T10:11:00+08:00")


def test_r10_within_ten_minutes_of_the_login_nothing_is_asked(client, account, move_clock):
    move_clock("2026-03-05T10:09:00+08:00")

    assert ASKED not in client.get(f"/accounts/{account.pk}/posts/new/").text


@pytest.mark.parametrize("path", ["posts/new/", "reset/", "active/", "second-factor/"])
def test_r10_officers_give_their_password_again(client, account, later, path):
    assert ASKED in client.get(f"/accounts/{account.pk}/{path}").text

    answer = client.post(f"/accounts/{account.pk}/{path}")
    assert answer.status_code == 422
    assert ASKED in answer.text


def test_r10_nothing_is_done_before_it(client, account, later):
    password = account.password

    client.post(f"/accounts/{account.pk}/reset/")
    client.post(f"/accounts/{account.pk}/active/")
    client.post("/accounts/disable/", {"marked": [account.pk]})

    account.refresh_from_db()
    assert (account.password, account.is_active) == (password, True)


def test_r10_a_wrong_password_opens_nothing_and_leaves_a_trace(client, account, later, trail):
    answer = client.post(f"/accounts/{account.pk}/active/", {"again": "wrong"})

    assert answer.status_code == 422
    assert "密码不正确" in answer.text
    assert User.objects.get(pk=account.pk).is_active
    assert trail().get(verb="再次输入密码").result == "refused"


def test_r10_a_page_asked_for_is_shown_then(client, account, later):
    path = f"/accounts/{account.pk}/posts/new/"

    assert client.post(path, {"again": PASSWORD, "was_read": "1"}).url == path
    assert ASKED not in client.get(path).text


def test_r10_what_was_sent_is_kept_and_done_then(client, account, officer, later):
    path = f"/accounts/{account.pk}/posts/new/"
    sent = {"organization": officer.organization.code, "role": "staff", "starts_on": clock.today().isoformat()}

    asked = client.post(path, sent)
    assert f'name="role" value="{sent["role"]}"' in asked.text
    client.post(path, {**sent, "again": PASSWORD})

    assert account.posts.get().role == "staff"


def test_r05_the_password_is_not_guessed_at_an_open_computer(client, account, later):
    path = f"/accounts/{account.pk}/active/"

    codes = [client.post(path, {"again": "wrong"}).status_code for _ in range(21)]

    assert codes[-2:] == [422, 429]


def test_those_without_the_right_are_not_asked(client, later):
    client.force_login(make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend")

    assert client.get("/accounts/new/").status_code == 403
