import json
import os
import signal
import subprocess
import sys
import time

import pytest

from services.processes import LARGEST_LOG, Child, began, end_leftovers, is_recorded_alive, record, rotate

# A server with a process of its own, neither of which hears SIGTERM.
DEAF = (
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "sub = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print(sub.pid, flush=True)\n"
    "time.sleep(60)\n"
)
# In a process of its own, so that this one can wait for the leftover as its parent.
END_LEFTOVERS = (
    "import sys\n"
    "from pathlib import Path\n"
    "from services.processes import end_leftovers\n"
    "assert end_leftovers([Path(sys.argv[1])]) == ['left']\n"
)


@pytest.fixture
def child(tmp_path):
    made = []

    def make(code, **options):
        made.append(Child("one", [sys.executable, "-c", code], tmp_path / "one.log", tmp_path / "one.pid", **options))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.kill()


def wait_for(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_a_child_has_a_session_a_log_and_a_pid_file_of_its_own(child, tmp_path):
    one = child("print('你好', flush=True); import time; time.sleep(60)", environ={**os.environ, "PYTHONUTF8": "1"})

    assert os.getsid(one.process.pid) == one.process.pid
    assert wait_for(lambda: "你好" in one.last_words())
    assert json.loads((tmp_path / "one.pid").read_text())["pid"] == one.process.pid
    assert one.is_alive()

    one.stop()
    assert not (tmp_path / "one.pid").exists()


def test_stop_takes_the_whole_session_along_even_when_it_is_deaf(child):
    one = child(DEAF, patience=0.2)
    assert wait_for(lambda: one.last_words().strip().isdecimal())
    leader, member = one.process.pid, int(one.last_words())

    one.stop()

    assert began(leader) is None
    assert wait_for(lambda: began(member) is None)


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time\nfrom pathlib import Path\nfrom services.processes import Child\n"
            f"folder = Path({str(tmp_path)!r})\n"
            "Child('one', ['sleep', '60'], folder / 'one.log', folder / 'one.pid').start()\ntime.sleep(60)",
        ]
    )
    assert wait_for(lambda: (tmp_path / "one.pid").exists())
    pid = json.loads((tmp_path / "one.pid").read_text())["pid"]
    assert wait_for(lambda: b"sleep" in open(f"/proc/{pid}/cmdline", "rb").read())  # noqa: SIM115

    parent.kill()
    parent.wait()

    assert wait_for(lambda: began(pid) is None)


USUAL_SIGINT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def test_leftovers_are_ended_with_their_signal_and_forgotten(tmp_path):
    # A background job inherits SIGINT ignored, and hands it on: here it must have its usual meaning.
    usual = [sys.executable, "-c", USUAL_SIGINT, "sleep", "60"]
    left = subprocess.Popen(usual, start_new_session=True)
    assert wait_for(lambda: open(f"/proc/{left.pid}/comm").read() == "sleep\n")  # noqa: SIM115
    record(tmp_path / "left.pid", left.pid, signal.SIGINT)

    waiting = subprocess.Popen([sys.executable, "-c", END_LEFTOVERS, str(tmp_path / "left.pid")])

    assert left.wait(timeout=10) == -signal.SIGINT
    assert waiting.wait(timeout=10) == 0
    assert not (tmp_path / "left.pid").exists()


def test_members_of_a_dead_leaders_session_are_ended_too(tmp_path):
    leader = subprocess.Popen(
        ["sh", "-c", "sleep 60 & echo $!; wait"], start_new_session=True, stdout=subprocess.PIPE, text=True
    )
    member = int(leader.stdout.readline())
    record(tmp_path / "left.pid", leader.pid)
    leader.kill()
    leader.wait()
    leader.stdout.close()
    assert began(member) is not None

    end_leftovers([tmp_path / "left.pid"])

    assert wait_for(lambda: began(member) is None)


def test_another_process_with_the_same_number_is_left_alone(tmp_path):
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        record(tmp_path / "old.pid", stranger.pid)
        content = json.loads((tmp_path / "old.pid").read_text()) | {"began": "another boot:1"}
        (tmp_path / "old.pid").write_text(json.dumps(content))

        assert end_leftovers([tmp_path / "old.pid"]) == []

        assert not is_recorded_alive(content)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pid": "x", "signal": "SIGTERM"}', '{"pid": 1, "signal": "NO"}'])
def test_a_damaged_pid_file_is_removed(tmp_path, content):
    (tmp_path / "bad.pid").write_text(content)

    assert end_leftovers([tmp_path / "bad.pid"]) == []

    assert not (tmp_path / "bad.pid").exists()


def test_a_large_log_is_put_aside_once(tmp_path):
    log = tmp_path / "a.log"
    log.write_bytes(b"x" * LARGEST_LOG)
    rotate(log)
    assert log.exists()

    log.write_bytes(b"x" * (LARGEST_LOG + 1))
    rotate(log)
    assert not log.exists()
    assert (tmp_path / "a.log.1").stat().st_size == LARGEST_LOG + 1
