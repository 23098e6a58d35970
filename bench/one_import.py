"""One import in a process of its own: `python -m bench.one_import ours|plain|tuned|bare FILE` prints what it took."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import django

MEGABYTE = 1024


def main() -> None:
    """Import the file with nothing there before, and leave nothing behind."""
    django.setup()
    import members.actions.imports  # noqa: F401  what a worker has loaded long before
    from members.models import Member

    run, path = _runs()[sys.argv[1]], Path(sys.argv[2])
    before, cpu = _peak(), _cpu()
    created = run(path)
    took = {"cpu": _cpu() - cpu, "memory": _peak() - before, "created": created, "there": Member.objects.count()}
    _clear()
    print(json.dumps(took))


def _runs() -> dict[str, Callable[[Path], int]]:
    from bench import peer

    return {
        "ours": _ours,
        "plain": peer.importer(peer.Plain),
        "tuned": peer.importer(peer.Tuned),
        "bare": peer.importer(peer.Bare),
    }


def _ours(path: Path) -> int:
    from branches.actions.uploads import import_table, read
    from branches.permissions import Actor
    from members.actions.imports import IMPORTER

    result = import_table(by=Actor.system(), importer=IMPORTER, table=read(path, IMPORTER), under=None)
    return result.created


def _cpu() -> float:
    """Seconds of this process and of those it has waited for: ours parses in a child."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    """The most memory that this process has held since it began, in megabytes (``ru_maxrss`` knows its parent's)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / MEGABYTE


def _clear() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE members_member CASCADE")


if __name__ == "__main__":
    main()
