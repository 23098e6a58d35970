"""What the profiles of a real installation hold, read by a process of its own."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest
from django.contrib.messages.storage.session import SessionStorage
from django.utils.module_loading import import_string

from services.check import real_installation
from tests.harness.checkout import ROOT

ASK = """
import json, sys
from importlib import import_module
module = import_module("partybuild.settings." + sys.argv[1])
names = [name for name in dir(module) if name.isupper()]
def plain(value):
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)
print(json.dumps({name: getattr(module, name) for name in names}, default=plain))
"""


@cache
def profile(name, **environ):
    """The settings of a profile as JSON."""
    kept = {key: value for key, value in os.environ.items() if key not in ("CLOCK_FILE", "PRODUCTION")}
    command = [sys.executable, "-c", ASK, name]
    done = subprocess.run(
        command, cwd=ROOT, env=kept | real_installation() | environ, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_r01_the_demonstration_with_its_accounts_is_no_installation():
    kept = {key: value for key, value in os.environ.items() if key != "CLOCK_FILE"}
    command = [sys.executable, "-c", ASK, "demo"]

    done = subprocess.run(
        command, cwd=ROOT, env=kept | {"PRODUCTION": "1"}, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "演示配置不能用于正式环境" in done.stderr


@pytest.mark.django_db
def test_r01_no_account_comes_with_the_portal(django_user_model):
    assert not django_user_model.objects.exists()


@pytest.mark.parametrize("name", ["office", "graded"])
def test_r39_the_trail_is_kept_400_days_where_nobody_says_otherwise(name):
    assert profile(name)["AUDIT_KEEP_DAYS"] == 400


@pytest.mark.parametrize("name", ["office", "graded"])
def test_r11_over_https_cookies_are_bound_to_the_host(name):
    held = profile(name)

    assert held["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert held["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    # What the prefix asks for: Secure, the whole site, no domain.
    for cookie in ("SESSION", "CSRF"):
        assert held[f"{cookie}_COOKIE_SECURE"] is True
        assert held[f"{cookie}_COOKIE_HTTPONLY"] is True
        assert held[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
        assert held.get(f"{cookie}_COOKIE_PATH", "/") == "/"
        assert held.get(f"{cookie}_COOKIE_DOMAIN") is None
    assert issubclass(import_string(held["MESSAGE_STORAGE"]), SessionStorage)


@pytest.mark.django_db
def test_r11_every_cookie_that_is_sent_carries_the_prefix(client, settings):
    for name, value in profile("office").items():
        if "COOKIE" in name or name == "MESSAGE_STORAGE":
            setattr(settings, name, value)

    client.get("/accounts/login/", secure=True)
    client.post("/accounts/login/", {"username": "nobody", "password": "wrong-2026"}, secure=True)

    from tests.factories.branches import PASSWORD, UserFactory

    UserFactory(login="limin")
    client.post("/accounts/login/", {"username": "limin", "password": PASSWORD}, secure=True)
    client.post("/accounts/logout/", secure=True)
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        # A cookie that is taken away holds nothing that need be kept.
        if cookie.value:
            assert cookie["secure"]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("name", ["office", "graded"])
def test_r08_sign_ins_end_after_half_an_hour_and_after_twelve(name):
    held = profile(name)

    assert (held["SIGN_IN_IDLE_SECONDS"], held["SIGN_IN_LONGEST_SECONDS"]) == (30 * 60, 12 * 60 * 60)


def validators(held):
    return {one["NAME"].rpartition(".")[2]: one.get("OPTIONS", {}) for one in held["AUTH_PASSWORD_VALIDATORS"]}


def test_r02_an_office_asks_for_long_passwords_that_do_not_age():
    held = profile("office")

    assert validators(held)["LengthValidator"] == {"min_length": 10}
    assert {"CommonPasswordValidator", "TrivialValidator", "NamesValidator"} <= set(validators(held))
    assert (held["PASSWORD_MAX_DAYS"], held["FORCE_PASSWORD_CHANGE"]) == (None, True)


def test_r03_a_graded_installation_asks_for_more():
    held = profile("graded")

    assert validators(held)["CompositionValidator"] == {"classes": 3}
    assert validators(held)["ReuseValidator"] == {"last": 5}
    assert (held["PASSWORD_MAX_DAYS"], held["PASSWORD_KEPT"], held["FORCE_PASSWORD_CHANGE"]) == (90, 5, True)


def test_r06_the_second_factor_is_forced_for_the_three_officers_and_for_any_role_that_is_named():
    officers = ["auditor", "secadmin", "sysadmin"]

    assert profile("graded")["SECOND_FACTOR_ROLES"] == officers
    assert profile("office")["SECOND_FACTOR_ROLES"] == []
    assert profile("office", SECOND_FACTOR_ROLES="staff,sysadmin")["SECOND_FACTOR_ROLES"] == ["staff", "sysadmin"]
    assert profile("graded", SECOND_FACTOR_ROLES="staff")["SECOND_FACTOR_ROLES"] == sorted([*officers, "staff"])
