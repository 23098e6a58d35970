from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from branches.actions.accounts import create_account, set_account_active
from branches.actions.posts import end_post, open_post
from branches.forms.accounts import WRONG_LOGIN
from branches.permissions import Actor
from partybuild.lib import clock
from tests.factories.branches import (
    LONG_AGO,
    PASSWORD,
    BranchFactory,
    CommitteeFactory,
    UserFactory,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db

LOGIN, CHANGE = "/accounts/login/", "/accounts/password/"
SYSTEM = Actor.system()
NEW = "evening-walk-2026"


class CountingHasher(MD5PasswordHasher):
    """Tells how often a password was hashed, which is what takes the time."""

    worked = 0

    def encode(self, password, salt):
        CountingHasher.worked += 1
        return super().encode(password, salt)


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": login, "password": password, **extra})


def change(client, current=PASSWORD, password=NEW, repeated=NEW):
    return client.post(CHANGE, {"current": current, "password": password, "repeated": repeated})


class TestLogin:
    def test_leads_home(self, client):
        UserFactory(login="limin")

        answer = sign_in(client, "limin")

        assert (answer.status_code, answer.url) == (302, reverse("desk:home"))

    def test_leads_back_to_where_one_was(self, client):
        UserFactory(login="limin")

        assert sign_in(client, "limin", next="/rights/").url == "/rights/"

    @pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
    def test_r35_leads_nowhere_else(self, client, target):
        UserFactory(login="limin")

        assert sign_in(client, "limin", next=target).url == reverse("desk:home")

    def test_r05_the_same_words_whatever_is_wrong(self, client):
        UserFactory(login="limin")
        UserFactory(login="gone", is_active=False)

        answers = [sign_in(client, "limin", "wrong"), sign_in(client, "nobody"), sign_in(client, "gone")]

        assert [answer.status_code for answer in answers] == [422, 422, 422]
        assert all(WRONG_LOGIN in answer.text for answer in answers)
        assert len({answer.text.count("暂停") for answer in answers}) == 1

    def test_r07_the_session_gets_a_new_id(self, client):
        UserFactory(login="limin")
        session = client.session
        session["kept"] = 1
        session.save()
        before = session.session_key

        sign_in(client, "limin")

        assert client.session.session_key != before

    def test_r38_a_login_leaves_a_trace_of_success_and_failure(self, client, trail):
        user = UserFactory(login="limin")

        sign_in(client, "limin", "wrong-secret")
        sign_in(client, "limin")

        assert list(trail().values_list("verb", "result", "object_id")) == [
            ("登录", "refused", user.pk), ("登录", "done", user.pk),
        ]  # fmt: skip

    def test_what_was_typed_is_not_kept(self, client, trail):
        sign_in(client, "my-own-secret")

        assert "my-own-secret" not in str(list(trail().values()))

    @pytest.mark.parametrize("login", ["\0", "x" * 1_000, ""])
    def test_r34_nonsense_is_refused(self, client, login):
        assert sign_in(client, login).status_code == 422

    def test_r01_a_first_password_opens_one_session(self, client):
        made = create_account(by=SYSTEM, login="limin", name="李敏")

        assert sign_in(client, "limin", made.password).status_code == 302
        client.post("/accounts/logout/")
        assert sign_in(client, "limin", made.password).status_code == 422

    def test_r01_a_first_password_expires(self, client, move_clock):
        made = create_account(by=SYSTEM, login="limin", name="李敏")

        move_clock(clock.now() + timedelta(days=4))

        assert sign_in(client, "limin", made.password).status_code == 422


class TestLockOut:
    def test_r05_five_failures_lock_the_pair(self, client):
        UserFactory(login="limin")

        codes = [sign_in(client, "limin", "wrong").status_code for _ in range(5)]

        assert codes == [422, 422, 422, 422, 429]
        assert sign_in(client, "limin").status_code == 429

    def test_r05_an_unknown_account_is_told_the_same(self, client):
        for _ in range(4):
            sign_in(client, "nobody", "wrong")

        answer = sign_in(client, "nobody", "wrong")

        assert answer.status_code == 429
        assert "暂停登录" in answer.text

    def test_says_when_to_try_again(self, client):
        for _ in range(5):
            answer = sign_in(client, "limin", "wrong")

        until = clock.in_zone(AccessAttempt.objects.get().attempt_time) + timedelta(minutes=10)
        assert f"请在 {until:%H:%M} 之后再试" in answer.text

    def test_r05_a_colleague_at_another_address_is_not_locked(self, client):
        UserFactory(login="limin")
        for _ in range(5):
            sign_in(client, "limin", "wrong")

        answer = client.post(LOGIN, {"username": "limin", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")

        assert answer.status_code == 302

    def test_r05_twenty_failures_from_many_addresses_lock_the_account(self, client):
        UserFactory(login="limin")
        for number in range(20):
            wrong = {"username": "limin", "password": "wrong"}
            assert client.post(LOGIN, wrong, REMOTE_ADDR=f"10.0.1.{number}").status_code == 422

        answer = client.post(LOGIN, {"username": "limin", "password": PASSWORD}, REMOTE_ADDR="10.0.2.1")

        assert answer.status_code == 429
        assert "暂停登录" in answer.text
        assert int(answer["Retry-After"]) >= 600

    def test_r05_an_unknown_account_is_locked_with_the_same_page(self, client, move_clock):
        move_clock("2026-03-05T10:00:00+08:00")
        UserFactory(login="limin")
        pages = []
        for login in ("limin", "nobody"):
            for number in range(21):
                answer = client.post(LOGIN, {"username": login, "password": "wrong"}, REMOTE_ADDR=f"10.0.1.{number}")
            pages.append((answer.status_code, answer.content))

        assert pages[0] == pages[1]
        assert pages[0][0] == 429

    def test_r05_fifty_failures_slow_the_address_for_everybody_there(self, client, move_clock):
        move_clock("2026-03-05T10:00:00+08:00")
        UserFactory(login="limin")
        for number in range(50):
            sign_in(client, f"user-{number}", "wrong")

        assert sign_in(client, "limin").status_code == 429
        move_clock("2026-03-05T10:00:31+08:00")
        assert sign_in(client, "limin").status_code == 302

    def test_r05_a_locked_pair_counts_no_further_failures_of_the_account(self, client):
        UserFactory(login="limin")
        for _ in range(30):
            sign_in(client, "limin", "wrong")

        assert (
            client.post(LOGIN, {"username": "limin", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9").status_code == 302
        )

    def test_r05_the_hash_is_worked_out_as_often_whoever_asks(self, client, settings):
        settings.PASSWORD_HASHERS = ["tests.branches.views.test_accounts.CountingHasher"]
        UserFactory(login="limin")
        UserFactory(login="gone", is_active=False)
        worked = []
        for login in ("limin", "nobody", "gone"):
            CountingHasher.worked = 0
            sign_in(client, login, "wrong-2026")
            worked.append(CountingHasher.worked)

        assert worked == [1, 1, 1]


class TestLogout:
    def test_r07_ends_the_session_on_the_server(self, client):
        client.force_login(
            make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend"
        )
        cookie = client.cookies["sessionid"].value

        client.post("/accounts/logout/")
        client.cookies["sessionid"] = cookie

        assert client.get("/rights/").status_code == 302

    def test_is_a_post(self, client):
        assert client.get("/accounts/logout/").status_code == 405


class TestPassword:
    @pytest.fixture
    def user(self, client):
        user = UserFactory(login="limin")
        sign_in(client, "limin")
        return user

    def test_is_changed(self, client, user):
        assert change(client).status_code == 302

        user.refresh_from_db()
        assert user.check_password(NEW)

    def test_r04_needs_the_current_one(self, client, user):
        answer = change(client, current="wrong")

        assert answer.status_code == 422
        assert "当前密码不正确" in answer.text

    def test_r04_ends_the_other_sessions_and_keeps_this_one(self, client, user, django_user_model):
        from django.test import Client

        other = Client()
        sign_in(other, "limin")

        change(client)

        assert other.get(CHANGE).status_code == 302
        assert client.get(CHANGE).status_code == 200

    @pytest.mark.parametrize(
        ("password", "repeated", "reason"),
        [
            ("short-1", "short-1", "密码至少要有 10 个字符"),
            ("password123", "password123", "这个密码太常见了"),
            ("dangjian-2026", "dangjian-2026", "密码过于简单"),
            ("my-limin-tea-7", "my-limin-tea-7", "不能包含登录名或党组织的名称"),
            (NEW, NEW + "x", "两次输入的新密码不一致"),
            (PASSWORD, PASSWORD, "新密码不能与当前密码相同"),
        ],
    )
    def test_r02_weak_ones_are_refused(self, client, user, password, repeated, reason):
        answer = change(client, password=password, repeated=repeated)

        assert answer.status_code == 422
        assert reason in answer.text

    def test_a_first_password_must_be_changed_before_all_else(self, client):
        made = create_account(by=SYSTEM, login="neu", name="新人")
        sign_in(client, "neu", made.password)

        assert client.get("/rights/").url == CHANGE
        change(client, current=made.password)
        assert client.get("/rights/").status_code == 403

    def test_r03_an_expired_password_is_changed_before_all_else(self, client, user, settings, move_clock):
        user.password_changed_at = clock.now()
        user.save()
        settings.PASSWORD_MAX_DAYS = 90
        assert client.get("/my-account/").status_code == 200

        move_clock(clock.now() + timedelta(days=91))

        assert client.get("/my-account/").url == CHANGE
        assert "密码使用已满规定天数" in client.get(CHANGE).text
        change(client)
        assert client.get("/my-account/").status_code == 200


class TestSwitch:
    @pytest.fixture
    def user(self, client):
        user = make_user_with_post("secretary", BranchFactory(name="一支部"))
        open_post(by=SYSTEM, user=user, organization=CommitteeFactory(), role="leader", starts_on=LONG_AGO)
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return user

    def test_goes_on_under_another_post(self, client, user, trail):
        second = user.posts.order_by("pk").last()

        answer = client.post("/accounts/post/", {"post": second.pk, "next": "/rights/"})

        assert answer.url == "/rights/"
        assert client.get("/members/new/").status_code == 403
        assert trail().first().verb == "切换岗位"

    def test_a_post_of_somebody_else_is_not_found(self, client, user):
        other = make_user_with_post("staff", CommitteeFactory()).posts.get()

        assert client.post("/accounts/post/", {"post": other.pk}).status_code == 404

    def test_r09_an_ended_post_is_left_with_the_next_request(self, client, user):
        second = user.posts.order_by("pk").last()
        client.post("/accounts/post/", {"post": second.pk})

        end_post(by=SYSTEM, post=second, ends_on=clock.today())

        assert client.get("/members/new/").status_code == 200


def test_r09_a_disabled_account_is_out_with_the_next_request(client):
    user = make_user_with_post("staff", CommitteeFactory())
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/rights/").status_code == 200

    set_account_active(by=SYSTEM, user=user, is_active=False)

    assert client.get("/rights/").status_code == 302


def test_r37_pages_of_signed_in_people_are_kept_by_no_cache(client):
    client.force_login(make_user_with_post("staff", CommitteeFactory()), "django.contrib.auth.backends.ModelBackend")

    assert "no-store" in client.get("/rights/")["Cache-Control"]
