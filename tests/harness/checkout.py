"""A second checkout of this project, in which the commands of the Makefile are tried."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

from services.identity import Identity

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = "PARTYBUILD_CHECKOUT"
FORGOTTEN = ("DATABASE_URL", "REDIS_URL", "VAR_DIR", "MEDIA_ROOT", "CLOCK_FILE", "PORT", "SERVERS", "PROFILE", "HOST")
FORGOTTEN_STARTS = ("DJANGO_", "PYTEST_", "PARTYBUILD_", "MAKE", "MFLAGS", "COV_")


class Checkout:
    """A copy of the working tree in a folder that every user may enter, with the packages that are already here."""

    def __init__(self, identity: Identity | None = None, *, has_packages: bool = True) -> None:
        self.identity = identity
        self.parent = Path(tempfile.mkdtemp(prefix="partybuild-checkout-"))
        self.parent.chmod(0o755)
        self.root = self.parent / "portal"
        self.home = self.parent / "home"
        self.home.mkdir()
        self.mark = uuid.uuid4().hex
        self.running: list[subprocess.Popen[bytes]] = []
        _copy_tree(self.root)
        self._lend(ROOT / "node_modules", self.root / "node_modules")
        self._hand_over()
        if has_packages:
            self._lend_packages()

    def environ(self, **changes: str) -> dict[str, str]:
        """Our environment without what steers the tests' own servers, marked so that every descendant is known."""
        kept = {k: v for k, v in os.environ.items() if k not in FORGOTTEN and not k.startswith(FORGOTTEN_STARTS)}
        own = {MARK: self.mark, "DEMO_SCALE": "none"}
        if self.identity:
            own["HOME"] = str(self.home)
        return kept | own | changes

    def make(self, *words: str, seconds: float = 60.0, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a target that is expected to end by itself."""
        return subprocess.run(
            [*self._prefix(), "make", *words],
            cwd=self.root,
            env=self.environ(**environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )

    def start(self, *words: str, **environ: str) -> subprocess.Popen[bytes]:
        """Start a target in the background, as a shell script would: with SIGINT ignored."""
        log = (self.parent / "output").open("ab")
        process = subprocess.Popen(
            [*self._prefix(), "sh", "-c", "trap '' INT; exec \"$@\"", "sh", "make", *words],
            cwd=self.root,
            env=self.environ(**environ),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        self.running.append(process)
        return process

    def output(self) -> str:
        """What the targets started in the background have printed."""
        return (self.parent / "output").read_text(encoding="utf-8", errors="replace")

    def wait_for_health(self, port: int, seconds: float) -> float:
        """Wait until the portal answers on this port; returns the seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if answers(port):
                return time.monotonic() - began
            assert all(process.poll() is None for process in self.running), self.output()
            time.sleep(0.2)
        raise AssertionError(f"no answer on port {port} after {seconds} seconds:\n{self.output()}")

    def processes(self, containing: str = "") -> list[int]:
        """The living processes that were started from this checkout."""
        return [pid for pid in _belonging_to(self.mark, self.parent) if containing in command_of(pid)]

    def wait_until_empty(self, seconds: float = 40.0) -> list[int]:
        """Wait until nothing of this checkout runs any more; returns what still does."""
        deadline = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left

    def remove(self) -> None:
        """End whatever runs and delete everything."""
        while left := self.processes():
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for process in self.running:
            process.wait()
        shutil.rmtree(self.parent, ignore_errors=True)

    def _prefix(self) -> list[str]:
        return self.identity.prefix() if self.identity else []

    def _lend_packages(self) -> None:
        """The same .venv; for another user one of his own interpreter, which finds the same packages."""
        if self.identity is None:
            (self.root / ".venv").symlink_to(ROOT / ".venv")
            return
        interpreter = interpreter_for(self.identity)
        if interpreter != sys._base_executable:
            # Another release may need other packages. From our own caches, and copied, since they change hands.
            own = self.environ(HOME=os.environ.get("HOME", "/"), UV_LINK_MODE="copy", SERVERS="wheel")
            subprocess.run([interpreter, "-m", "services", "setup"], cwd=self.root, env=own, check=True)
            self._hand_over()
            return
        venv = self.root / ".venv"
        command = [*self._prefix(), interpreter, "-m", "venv", "--without-pip", str(venv)]
        subprocess.run(command, cwd=self.root, env=self.environ(), check=True)
        name = f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
        packages = self.parent / "site-packages"
        self._lend(ROOT / ".venv" / name, packages)
        (venv / name / "lent.pth").write_text(f"{packages}\n", encoding="utf-8")
        shutil.copy(ROOT / ".venv" / "stamps.json", venv)
        (venv / "stamps.json").chmod(0o644)

    def _lend(self, folder: Path, name: Path) -> None:
        """The folder under another name; a copy where this checkout's user could not go there."""
        if self.identity is None or self.identity.can_enter(folder):
            name.symlink_to(folder)
        else:
            shutil.copytree(folder, name, symlinks=True)

    def _hand_over(self) -> None:
        """Give the copy to the user whose it is to be."""
        if self.identity:
            for folder, names, files in os.walk(self.parent):
                for name in [".", *names, *files]:
                    os.chown(Path(folder) / name, self.identity.uid, self.identity.gid, follow_symlinks=False)


def interpreter_for(identity: Identity) -> str:
    """An interpreter of our own version that this user may run, such as the system's."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    check = f"import sys, venv; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for candidate in (sys._base_executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        # By a shell, because setpriv itself still has our rights when it looks for the program.
        words = [*identity.prefix(), "sh", "-c", 'exec "$0" -c "$1"', candidate, check]
        if subprocess.run(words, cwd="/", capture_output=True, check=False).returncode == 0:
            return candidate
    raise AssertionError(f"这项测试需要一个普通用户也能运行的 Python {version}，例如 apt-get install -y python3-venv")


def command_of(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def answers(port: int) -> bool:
    """Whether the portal on this port says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def free_port() -> int:
    """A port for a portal."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _copy_tree(target: Path) -> None:
    """Copy what is or will be in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _belonging_to(mark: str, folder: Path) -> list[int]:
    """Living processes with this mark in their environment, or at work in this folder: Redis writes over the former."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_marked = wanted in (entry / "environ").read_bytes().split(b"\0")
            is_ours = is_marked or folder in (entry / "cwd").readlink().parents
            if is_ours and (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] not in "ZX":
                found.append(int(entry.name))
        except OSError:
            continue
    return found
