import json
import os
import re
import subprocess
import sys

import pytest

from services import env
from services.secrets import local_secret
from services.stamps import Stamps, digest_of_contents, digest_of_times
from tests.harness.checkout import ROOT

# What other programs set, or what belongs to one process.
NOT_FOR_PEOPLE = {"DJANGO_SETTINGS_MODULE", "PATH", "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "PYTHONUNBUFFERED", "BASE"}
ADDRESSES = {"DATABASE_URL": "postgres://a@127.0.0.1:1/a", "REDIS_URL": "redis://127.0.0.1:2/0"}


def manage(*words, **environ):
    kept = {name: value for name, value in os.environ.items() if name not in (*env.NAMES, "PYTHONIOENCODING")}
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env=kept | environ, capture_output=True, check=False, cwd="/")


def test_what_is_noted_holds_while_its_writer_runs(tmp_path):
    path = tmp_path / "services.json"
    env.note_running(ADDRESSES, path)

    assert env.running(path) == ADDRESSES
    assert path.stat().st_mode & 0o777 == 0o600

    content = json.loads(path.read_text()) | {"began": "earlier"}
    path.write_text(json.dumps(content))
    assert env.running(path) == {}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pid": 1, "environ": 3}'])
def test_a_damaged_note_is_no_note(tmp_path, content):
    path = tmp_path / "services.json"
    path.write_text(content)

    assert env.running(path) == {}


def test_only_the_writer_takes_its_note_back(tmp_path):
    path = tmp_path / "services.json"
    env.note_running(ADDRESSES, path)
    theirs = json.loads(path.read_text()) | {"pid": 1}
    path.write_text(json.dumps(theirs))

    env.forget(path)
    assert path.exists()

    env.note_running(ADDRESSES, path)
    env.forget(path)
    assert not path.exists()


def test_a_file_of_settings_gives_what_is_not_set_already(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# 说明\n\nPROFILE=office\nexport HOST = '0.0.0.0'\nEMPTY=\nnonsense\nURL=a=b\n", encoding="utf-8")
    environ = {"PROFILE": "demo"}

    env.load_file(environ, path)

    assert environ == {"PROFILE": "demo", "HOST": "0.0.0.0", "EMPTY": "", "URL": "a=b"}


def test_manage_says_in_chinese_that_nothing_is_up_whatever_the_locale(tmp_path):
    answer = manage("migrate", VAR_DIR=str(tmp_path), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert answer.returncode == 2
    assert answer.stdout == b""
    assert answer.stderr.decode() == (
        "数据库和消息服务没有启动：请先在另一个终端执行 make services 或 make run，或设置 DATABASE_URL 和 REDIS_URL。\n"
    )


@pytest.mark.parametrize("words", [["help"], ["migrate", "--help"], ["version"]])
def test_manage_helps_without_any_service(tmp_path, words):
    assert manage(*words, VAR_DIR=str(tmp_path)).returncode == 0


def test_the_example_names_every_setting_and_nothing_else():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    asked = set()
    for file in [*(ROOT / "partybuild").rglob("*.py"), *(ROOT / "services").glob("*.py")]:
        source = file.read_text(encoding="utf-8")
        asked |= set(re.findall(r"""\benv(?:\.\w+)?\(\s*"([A-Z_]+)\"""", source))
        asked |= set(re.findall(r"""environ(?:\.get\(|\.setdefault\(|\[)"([A-Z_]+)\"""", source))

    assert explained == asked - NOT_FOR_PEOPLE


def test_a_local_secret_is_made_once_and_private(tmp_path):
    first = local_secret(tmp_path / "var", "field-key")

    assert local_secret(tmp_path / "var", "field-key") == first
    assert local_secret(tmp_path / "var", "hash-key") != first
    assert len(first) == 44
    assert (tmp_path / "var" / "field-key").stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in (tmp_path / "var").iterdir()) == ["field-key", "hash-key"]


def test_a_stamp_holds_until_what_it_was_made_from_changes(tmp_path):
    source = tmp_path / "source.py"
    source.write_text("1")
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.set("what", digest_of_contents([source]))
    assert stamps.is_current("what", digest_of_contents([source]))
    times = digest_of_times([tmp_path], (".py",))

    source.write_text("22")

    assert not stamps.is_current("what", digest_of_contents([source]))
    assert times != digest_of_times([tmp_path], (".py",))
    assert not Stamps(tmp_path / "none.json").is_current("what", "")


OWNER = {"OWNER_DATABASE_URL": "postgres://owner@127.0.0.1:1/a"}


def test_the_owner_is_taken_over_only_with_its_database():
    alone: dict[str, str] = {}
    env.take_over(alone, ADDRESSES | OWNER)
    elsewhere = {"DATABASE_URL": "postgres://b@127.0.0.1:9/b"}
    env.take_over(elsewhere, ADDRESSES | OWNER)

    assert alone == ADDRESSES | OWNER
    assert elsewhere == {"DATABASE_URL": "postgres://b@127.0.0.1:9/b", "REDIS_URL": ADDRESSES["REDIS_URL"]}


@pytest.mark.parametrize(
    ("command", "is_owner"), [("migrate", True), ("grant_app_role", True), ("demo", False), ("shell", False)]
)
def test_r39_only_what_changes_the_structure_is_done_as_the_owner(command, is_owner):
    environ = ADDRESSES | OWNER
    env.act_as_owner([command], environ)

    assert environ["DATABASE_URL"] == (OWNER["OWNER_DATABASE_URL"] if is_owner else ADDRESSES["DATABASE_URL"])


def test_without_an_owner_there_is_one_role_for_all():
    environ = dict(ADDRESSES)
    env.act_as_owner(["migrate"], environ)

    assert environ == ADDRESSES
