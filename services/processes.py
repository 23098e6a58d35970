"""Child processes that never outlive us: started in sessions of their own, recorded in pid files, ended for certain."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from services.errors import ServiceError
from services.identity import Identity

PAUSE = 0.05
LARGEST_LOG = 5_000_000


@dataclass
class Child:
    """One process with its own session, log file and pid file.

    Start it from the main thread only: the kernel sends the signal for a parent's death when the *thread* ends.
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    pid_file: Path
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    environ: Mapping[str, str] | None = None
    folder: Path | None = None
    identity: Identity | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process and write down who it is."""
        rotate(self.log)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*self._prefix(), *map(str, self.command)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if self.environ is None else dict(self.environ),
                cwd=self.folder,
                start_new_session=True,
            )
        record(self.pid_file, self.process.pid, self.stop_signal)

    def is_alive(self) -> bool:
        """Whether the process runs; it is not reaped by asking, so that its number stays ours until `stop`."""
        if self.process is None or self.process.returncode is not None:
            return False
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self.process.pid, flags) is None

    def stop(self) -> None:
        """Ask the process to end, wait, and end by force whatever is left of its session."""
        if self.process is None:
            return
        if self.is_alive():
            self.process.send_signal(self.stop_signal)
            self._wait(self.patience)
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.pid_file.unlink(missing_ok=True)

    def kill(self) -> None:
        """End the whole session at once, as a power cut would."""
        if self.process is None:
            return
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        self.pid_file.unlink(missing_ok=True)

    def last_words(self, lines: int = 8) -> str:
        """The end of the log, for a message about a process that did not start."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(PAUSE)

    def _prefix(self) -> list[str]:
        """Change the user first and ask for the signal second: the kernel forgets the wish when the user changes."""
        found = shutil.which("setpriv")
        words = self.identity.prefix() if self.identity else [found] if found else []
        return [*words, "--pdeathsig", self.stop_signal.name, "--"] if words else []


def rotate(log: Path) -> None:
    """Keep one older log beside the current one when it has grown large."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))


def record(pid_file: Path, pid: int, stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Write down a process so that a later start recognises exactly this one."""
    content = {"pid": pid, "began": began(pid), "signal": stop_signal.name}
    scratch = pid_file.with_name(f"{pid_file.name}.new")
    scratch.write_text(json.dumps(content), encoding="utf-8")
    scratch.replace(pid_file)


def is_recorded_alive(content: Mapping[str, object]) -> bool:
    """Whether the process that was written down still runs, and not another one with its number."""
    pid = content.get("pid")
    return isinstance(pid, int) and pid > 0 and began(pid) not in (None, "") and began(pid) == content.get("began")


def end_leftovers(pid_files: Iterable[Path], *, patience: float = 10.0) -> list[str]:
    """End what an earlier run left behind when it was killed; returns the names of what was ended."""
    ended = []
    for pid_file in pid_files:
        try:
            content = json.loads(pid_file.read_text(encoding="utf-8"))
            pid, stop_signal = int(content["pid"]), signal.Signals[content["signal"]]
        except (OSError, ValueError, KeyError, TypeError):
            pid_file.unlink(missing_ok=True)
            continue
        if is_recorded_alive(content):
            _signal(pid, stop_signal)
            _signal(pid, signal.SIGCONT)  # one that is held still would never hear the first
            _wait_until_gone(pid, content, patience)
            ended.append(pid_file.stem)
        if began(pid) in (None, content["began"]):
            _end_session(pid)
        pid_file.unlink(missing_ok=True)
    return ended


def began(pid: int) -> str | None:
    """What tells a process from a later one with the same number; None when it does not run."""
    try:
        words = _stat(pid)
    except OSError:
        return _began_elsewhere(pid) if not Path("/proc/self/stat").exists() else None
    return None if words[0] in "ZX" else f"{_boot()}:{words[19]}"


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets; state comes first."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _began_elsewhere(pid: int) -> str | None:
    """The same on systems without /proc."""
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


def _wait_until_gone(pid: int, content: Mapping[str, object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while is_recorded_alive(content):
        if time.monotonic() > deadline:
            _signal_group(pid, signal.SIGKILL)
            deadline += seconds
        time.sleep(PAUSE)


def _end_session(session: int) -> None:
    """End what a dead leader left of its session; its number is not given again while a member lives."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(int(entry.name))[3]) == session:
                _signal(int(entry.name), signal.SIGKILL)
        except OSError:
            continue


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
    except PermissionError as error:
        raise ServiceError(f"进程 {pid} 由另一个用户启动，无法停止，请由该用户停止后再试。") from error


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
