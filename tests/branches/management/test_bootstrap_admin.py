import json

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def test_json_is_all_that_stands_on_standard_output(capsys):
    call_command("bootstrap_admin", "--json", "--name", "区直机关工委")

    accounts = json.loads(capsys.readouterr().out)["accounts"]
    first = accounts[0]
    assert [account["role"] for account in accounts] == ["sysadmin", "secadmin", "auditor"]
    assert authenticate(RequestFactory().post("/"), username=first["username"], password=first["password"])


def test_people_get_a_line_each(capsys):
    call_command("bootstrap_admin")

    lines = capsys.readouterr().out.strip().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["sysadmin", "secadmin", "auditor"]


def test_a_second_time_is_refused_with_status_1():
    call_command("bootstrap_admin", "--json")

    with pytest.raises(CommandError) as refused:
        call_command("bootstrap_admin")
    assert refused.value.returncode == 1


def test_an_unknown_code_is_wrong_use():
    with pytest.raises(CommandError) as refused:
        call_command("bootstrap_admin", "--under", "没有")
    assert refused.value.returncode == 2


def test_help_is_in_chinese(capsys):
    with pytest.raises(SystemExit):
        call_command("bootstrap_admin", "--help")

    shown = capsys.readouterr().out
    assert "建立第一批系统管理员" in shown
    assert "Verbosity" not in shown
