from urllib.parse import unquote

import pytest

from branches.actions.posts import end_post
from branches.models import RecoveryCode, SecondFactor, SignIn
from branches.permissions import Actor
from branches.rules.second_factor import code_at, step_of
from partybuild.lib import clock
from tests.branches.actions.test_second_factors import set_up
from tests.factories.branches import PASSWORD, CommitteeFactory, make_user_with_post

pytestmark = pytest.mark.django_db

LOGIN, CODE, PAGE = "/accounts/login/", "/accounts/code/", "/my-account/second-factor/"


@pytest.fixture
def user(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    return make_user_with_post("sysadmin", CommitteeFactory(), login="limin")


def sign_in(client, **extra):
    return client.post(LOGIN, {"username": "limin", "password": PASSWORD, **extra})


def code_now():
    return code_at(SecondFactor.objects.get().secret, step_of(clock.now()))


@pytest.fixture
def protected(user, move_clock):
    """The account has a second factor; gives its recovery codes."""
    _, codes = set_up(user)
    move_clock("2026-03-05T10:01:00+08:00")
    return codes


class TestLogin:
    def test_r06_the_password_alone_opens_nothing(self, client, protected):
        answer = sign_in(client, next="/rights/")

        assert answer.url == CODE
        assert client.get("/rights/").status_code == 302
        assert not SignIn.objects.exists()

    def test_r06_the_code_opens_and_leads_on(self, client, protected):
        sign_in(client, next="/rights/")

        assert client.post(CODE, {"code": code_now()}).url == "/rights/"
        assert client.get("/rights/").status_code == 200

    def test_r06_the_same_code_opens_no_second_time(self, client, protected):
        sign_in(client)
        client.post(CODE, {"code": code_now()})
        client.post("/accounts/logout/")
        sign_in(client)

        answer = client.post(CODE, {"code": code_now()})

        assert answer.status_code == 422
        assert "不正确或已经用过" in answer.text

    def test_r06_a_recovery_code_stands_in_once(self, client, protected):
        sign_in(client)
        assert client.post(CODE, {"code": protected[0]}).status_code == 302

        client.post("/accounts/logout/")
        sign_in(client)
        assert client.post(CODE, {"code": protected[0]}).status_code == 422

    def test_r05_codes_are_not_guessed(self, client, protected, trail):
        sign_in(client)

        codes = [client.post(CODE, {"code": "12345"}).status_code for _ in range(21)]

        assert codes == [422] * 20 + [429]
        sign_in(client)
        assert client.post(CODE, {"code": code_now()}).status_code == 429
        assert trail().filter(verb="动态口令", result="refused").count() == 20

    def test_the_step_waits_five_minutes(self, client, protected, move_clock):
        sign_in(client)
        move_clock("2026-03-05T10:07:00+08:00")

        assert client.post(CODE, {"code": code_now()}).url == LOGIN

    def test_a_disabled_account_gets_no_further(self, client, user, protected):
        sign_in(client)
        user.is_active = False
        user.save()

        assert client.post(CODE, {"code": code_now()}).url == LOGIN

    def test_without_the_password_there_is_no_step(self, client):
        assert client.get(CODE).url == LOGIN


class TestSettingUp:
    def test_from_the_picture_to_the_recovery_codes(self, client, user):
        sign_in(client)
        assert "开始设置" in client.get(PAGE).text
        client.post(PAGE)

        shown = client.get(PAGE).text
        assert "data:image/svg+xml" in unquote(shown)
        answer = client.post(PAGE, {"code": code_now()})

        assert answer.text.count('<code class="secret">') == RecoveryCode.objects.count() == 10
        assert "已启用" in client.get(PAGE).text

    def test_r27_looking_at_the_page_changes_nothing(self, client, user):
        sign_in(client)

        client.get(PAGE)

        assert not SecondFactor.objects.exists()

    def test_a_wrong_code_is_told(self, client, user):
        sign_in(client)
        client.post(PAGE)

        answer = client.post(PAGE, {"code": "1"})

        assert answer.status_code == 422
        assert "不正确" in answer.text

    def test_new_recovery_codes_and_switching_off(self, client, protected):
        sign_in(client)
        client.post(CODE, {"code": code_now()})

        assert protected[0] not in client.post(f"{PAGE}codes/").text
        assert client.post(f"{PAGE}off/").url == "/my-account/"
        assert not SecondFactor.objects.exists()


class TestForced:
    @pytest.fixture(autouse=True)
    def _forced(self, settings):
        settings.SECOND_FACTOR_ROLES = frozenset({"sysadmin"})

    def test_r06_whoever_has_none_sets_it_up_first(self, client, user):
        sign_in(client)

        assert client.get("/rights/").url == PAGE
        client.post(PAGE)
        client.post(PAGE, {"code": code_now()})
        assert client.get("/rights/").status_code == 200

    def test_r06_whoever_has_one_shows_it(self, client, user, protected):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")

        assert client.get("/rights/").url == PAGE
        assert client.get(PAGE).url == CODE
        client.post(CODE, {"code": code_now()})
        assert client.get("/rights/").status_code == 200

    def test_r06_it_cannot_be_switched_off(self, client, user, protected):
        sign_in(client)
        client.post(CODE, {"code": code_now()})

        assert client.post(f"{PAGE}off/").status_code == 403

    def test_r06_other_posts_are_not_held(self, client, user):
        end_post(by=Actor.system(), post=user.posts.get(), ends_on=clock.today())
        sign_in(client)

        assert client.get("/my-account/").status_code == 200


class TestReset:
    def test_r06_the_officer_resets_it(self, client, protected, user):
        officer = make_user_with_post("secadmin", user.organization)
        client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
        path = f"/accounts/{user.pk}/second-factor/"

        assert "重置动态口令" in client.get(f"/accounts/{user.pk}/").text
        client.post(path)

        assert not SecondFactor.objects.exists()
        assert client.post(f"/accounts/{officer.pk}/second-factor/").status_code == 403
