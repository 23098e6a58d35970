"""The two servers by themselves: from the system and from the wheels, as root and as an ordinary user."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg2
import pytest
import redis as redis_client

from services.errors import ServiceError
from services.identity import database_identity
from services.postgres import Postgres, home_outside
from services.processes import began
from services.redis import Redis
from tests.harness.checkout import ROOT, interpreter_for

IS_ROOT = os.geteuid() == 0
SOURCES = ("system", "wheel")


@pytest.fixture
def folder():
    """A folder that the database's user may enter; pytest's own is closed to others."""
    made = Path(tempfile.mkdtemp(prefix="partybuild-servers-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def postgres(folder):
    started = []

    def make(source="system", within=folder, **options):
        started.append(
            Postgres(within / "postgres", folder / "postgres.log", source, **{"is_durable": False} | options)
        )
        return started[-1]

    yield make
    for server in started:
        server.stop()


def ask(url, sql):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


@pytest.mark.parametrize("source", SOURCES)
def test_a_database_is_made_once_and_found_again(postgres, folder, source):
    first = postgres(source)
    url = first.start()
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SHOW timezone") == "Asia/Shanghai"
    ask(url, "CREATE TABLE kept AS SELECT '支部' AS name")
    pid = first.child.process.pid
    assert os.stat(f"/proc/{pid}").st_uid != 0
    first.stop()
    assert began(pid) is None

    again = postgres(source).start()

    assert ask(again, "SELECT name FROM kept") == "支部"
    assert (folder / "postgres" / "password").stat().st_mode & 0o777 == 0o600


def test_the_password_is_asked_for(postgres):
    url = postgres().start()

    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        ask(url.replace(url.split(":")[2].split("@")[0], "guess"), "SELECT 1")


def test_a_creation_that_was_killed_half_way_is_begun_again(postgres, folder):
    half = folder / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")

    assert ask(postgres().start(), "SELECT 1") == 1


def test_data_of_another_version_is_not_touched(postgres, folder):
    data = folder / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")

    with pytest.raises(ServiceError, match="已有数据由 PostgreSQL 12 建立"):
        postgres().start()

    assert [file.name for file in data.iterdir()] == ["PG_VERSION"]


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the database as another user")
@pytest.mark.parametrize("source", SOURCES)
def test_root_with_a_closed_checkout_keeps_the_data_in_var_tmp(postgres, folder, source):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    home = home_outside(closed / "postgres")

    url = postgres(source, within=closed).start()

    try:
        assert ask(url, "SELECT 1") == 1
        assert home.name.startswith("partybuild-")
        assert closed.stat().st_mode & 0o777 == 0o700
        assert (home / "data").stat().st_uid == database_identity().uid
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(not IS_ROOT, reason="only root runs the database as another user")
def test_data_of_a_checkout_that_is_gone_is_not_taken_for_a_new_ones(postgres, folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    first = postgres(within=closed)
    ask(first.start(), "CREATE TABLE old (id int)")
    first.stop()
    shutil.rmtree(closed)
    closed.mkdir(mode=0o700)

    url = postgres(within=closed).start()

    try:
        assert ask(url, "SELECT count(*) FROM pg_tables WHERE tablename = 'old'") == 0
    finally:
        shutil.rmtree(home_outside(closed / "postgres"))


@pytest.mark.parametrize("source", SOURCES)
def test_the_broker_wants_its_password_and_keeps_its_file_private(folder, source):
    server = Redis(folder / "redis", folder / "redis.log", source)
    url = server.start()
    try:
        assert redis_client.Redis.from_url(url).ping()
        with pytest.raises(redis_client.AuthenticationError):
            redis_client.Redis.from_url(url.replace(url.split(":")[2].split("@")[0], "guess")).ping()
        assert (folder / "redis" / "redis.conf").stat().st_mode & 0o777 == 0o600
    finally:
        server.stop()


@pytest.mark.skipif(not IS_ROOT, reason="root turns into an ordinary user here; others are one already")
def test_an_ordinary_user_runs_both_himself(folder):
    own = folder / "own"
    own.mkdir()
    identity = database_identity()
    os.chown(own, identity.uid, identity.gid)
    code = (
        "from pathlib import Path\nfrom services.postgres import Postgres\nfrom services.redis import Redis\n"
        f"own = Path({str(own)!r})\n"
        "servers = [Postgres(own / 'postgres', own / 'a.log', is_durable=False), Redis(own / 'redis', own / 'b.log')]\n"
        "print([server.start().partition(':')[0] for server in servers])\n"
        "[server.stop() for server in servers]\n"
    )
    package = folder / "services"
    shutil.copytree(ROOT / "services", package)

    answer = subprocess.run(
        [*identity.prefix(), interpreter_for(identity), "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.stdout.strip() == "['postgres', 'redis']", answer.stderr
    assert (own / "postgres" / "data").stat().st_uid == identity.uid


@pytest.mark.parametrize("source", SOURCES)
def test_r39_the_application_has_a_role_that_owns_nothing(postgres, source):
    server = postgres(source, has_app_role=True)
    owner = server.start()
    ask(owner, "CREATE TABLE things (id int)")
    first = server.app_url

    ask(first, "INSERT INTO things VALUES (1)")
    assert (
        ask(first, "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        is False
    )
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(first, "DROP TABLE things")

    server.stop()
    server.start()
    assert server.app_url.split("@")[0] == first.split("@")[0]
    assert ask(server.app_url, "SELECT count(*) FROM things") == 1
