from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from branches.models import SignIn
from partybuild.lib import clock
from tests.factories.branches import PASSWORD, CommitteeFactory, UserFactory, make_user_with_post

pytestmark = pytest.mark.django_db

LOGIN, MINE = "/accounts/login/", "/my-account/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 13) Chrome/110 Mobile Safari/537.36"
MORNING = "2026-03-05T08:00:00+08:00"


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.SIGN_IN_IDLE_SECONDS, settings.SIGN_IN_LONGEST_SECONDS = 30 * 60, 12 * 60 * 60


@pytest.fixture
def user():
    return make_user_with_post("staff", CommitteeFactory(), login="limin")


def device(agent=WINDOWS, address="10.0.0.1"):
    return Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)


def sign_in(client, login="limin"):
    answer = client.post(LOGIN, {"username": login, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def at(moment):
    return clock.in_zone(clock.datetime.fromisoformat(moment))


class TestLimits:
    def test_r08_half_an_hour_without_doing_anything(self, user, move_clock):
        move_clock(MORNING)
        client = sign_in(device())
        move_clock("2026-03-05T08:29:00+08:00")
        assert client.get("/rights/").status_code == 200
        move_clock("2026-03-05T08:58:00+08:00")
        assert client.get("/rights/").status_code == 200

        move_clock("2026-03-05T09:28:00+08:00")
        answer = client.get("/rights/?q=1")

        assert answer.status_code == 302
        assert answer.url == "/accounts/login/?next=/rights/%3Fq%3D1&why=idle"
        shown = client.get(answer.url).text
        assert "有一段时间没有操作" in shown
        assert 'value="/rights/?q=1"' in shown
        assert not Session.objects.filter(session_key__in=SignIn.objects.values("session_key")).exists()

    def test_r08_twelve_hours_at_most_however_busy(self, user, move_clock):
        move_clock(MORNING)
        client = sign_in(device())
        for minutes in range(20, 12 * 60, 20):
            move_clock(at(MORNING) + timedelta(minutes=minutes))
            assert client.get("/rights/").status_code == 200

        move_clock(at(MORNING) + timedelta(hours=12))

        assert client.get("/rights/").url.endswith("&why=limit")
        assert SignIn.objects.get().end_reason == "limit"

    def test_r08_a_profile_without_limits_holds_nobody(self, user, move_clock, settings):
        settings.SIGN_IN_IDLE_SECONDS = settings.SIGN_IN_LONGEST_SECONDS = None
        move_clock(MORNING)
        client = sign_in(device())
        move_clock("2026-04-05T08:00:00+08:00")

        assert client.get("/rights/").status_code == 200

    def test_r08_what_was_sent_leads_back_to_the_page_that_sent_it(self, user, move_clock):
        move_clock(MORNING)
        client = sign_in(device())
        move_clock("2026-03-05T09:00:00+08:00")

        answer = client.post("/accounts/post/", headers={"Referer": "http://testserver/rights/"})

        assert answer.url == "/accounts/login/?next=/rights/&why=idle"

    def test_an_unknown_reason_says_nothing(self, client):
        assert "请重新登录" not in client.get(f"{LOGIN}?why=x").text


class TestMine:
    def test_r10_shows_where_one_is_signed_in(self, user):
        sign_in(device(PHONE, "10.0.0.2"))
        client = sign_in(device())

        shown = client.get(MINE).text

        assert "安卓手机 · 谷歌内核浏览器" in shown
        assert "Windows 电脑 · 谷歌内核浏览器" in shown
        assert "10.0.0.2" in shown
        assert shown.count("本机") == 1

    def test_r10_one_is_ended_on_the_server(self, user):
        phone, client = sign_in(device(PHONE)), sign_in(device())
        there = SignIn.objects.order_by("pk").first()

        assert client.post(f"{MINE}sign-ins/{there.pk}/end/").url == MINE

        assert phone.get("/rights/").url.endswith("&why=ended")
        assert client.get("/rights/").status_code == 200

    def test_r10_all_others_are_ended(self, user):
        others, client = [sign_in(device(PHONE)) for _ in range(2)], sign_in(device())

        client.post(f"{MINE}sign-ins/end/")

        assert [other.get("/rights/").status_code for other in others] == [302, 302]
        assert client.get("/rights/").status_code == 200

    def test_r10_those_of_somebody_else_are_not_found(self, user):
        UserFactory(login="wang")
        sign_in(device(), "wang")
        client = sign_in(device())

        theirs = SignIn.objects.get(user__login="wang")
        assert client.post(f"{MINE}sign-ins/{theirs.pk}/end/").status_code == 404
        assert client.post(f"{MINE}sign-ins/{theirs.pk + 1}/end/").status_code == 404
        assert SignIn.objects.filter(ended_at__isnull=True).count() == 2

    def test_r10_a_new_login_elsewhere_is_shown_at_the_old_place(self, user, move_clock):
        move_clock(MORNING)
        client = sign_in(device())
        move_clock("2026-03-05T08:05:00+08:00")
        sign_in(device(PHONE, "10.0.0.2"))

        move_clock("2026-03-05T08:06:30+08:00")
        told = "在另一处登录：安卓手机 · 谷歌内核浏览器，地址 10.0.0.2"

        assert told in client.get("/rights/").text
        move_clock("2026-03-05T08:10:00+08:00")
        assert told not in client.get("/rights/").text

    def test_r10_the_last_login_from_elsewhere_is_shown_at_the_new_place(self, user):
        sign_in(device(PHONE, "10.0.0.2"))
        client = sign_in(device())

        assert "您上一次登录" in client.get("/rights/").text
        assert "您上一次登录" not in sign_in(device()).get("/rights/").text

    def test_the_page_takes_the_same_queries_for_one_and_for_three(self, user, django_assert_num_queries):
        client = sign_in(device())
        client.get(MINE)
        with django_assert_num_queries(10):
            client.get(MINE)

        sign_in(device(PHONE))
        sign_in(device(PHONE)).post("/accounts/logout/")
        with django_assert_num_queries(10):
            client.get(MINE)


def test_r07_a_session_taken_over_by_another_person_is_one_of_its_own(user):
    other = make_user_with_post("staff", CommitteeFactory(), login="zhaomin")
    client = device()
    for one in (user, other, user):
        client.force_login(one, "django.contrib.auth.backends.ModelBackend")
        client.get("/rights/")

    keys = [row.session_key for row in SignIn.objects.all()]

    assert len(keys) == len({*keys} - {""})
    assert SignIn.objects.filter(session_key=client.session.session_key, user=user).count() == 1


def test_r07_a_signed_out_session_is_noted(user):
    client = sign_in(device())

    client.post("/accounts/logout/")

    assert SignIn.objects.get().end_reason == "signed_out"


def test_a_session_from_before_is_taken_up(user):
    client = sign_in(device())
    session = client.session
    for name in ("sign_in", "sign_in_began", "sign_in_seen"):
        del session[name]
    session.save()
    SignIn.objects.all().delete()

    assert client.get("/rights/").status_code == 200
    assert SignIn.objects.get().user == user


def test_r04_after_a_change_of_the_password_the_sign_in_in_hand_goes_on(user):
    phone, client = sign_in(device(PHONE)), sign_in(device())
    new = {"current": PASSWORD, "password": "evening-walk-2026", "repeated": "evening-walk-2026"}

    client.post("/accounts/password/", new)

    assert phone.get("/rights/").url.endswith("&why=password")
    assert client.get("/rights/").status_code == 200
    live = SignIn.objects.get(ended_at__isnull=True)
    assert live.session_key == client.session.session_key
