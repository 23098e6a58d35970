"""One import in a process of its own: `python -m bench.one_import ours|plain|tuned|bare FILE` prints what it took.

``shared FILE`` imports nothing: it does only what ours and the peer do by the same functions, once for each row.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

MEGABYTE = 1024


def main() -> None:
    """Import the file with nothing there before, and leave nothing behind."""
    django.setup()
    import members.actions.imports  # noqa: F401  what a worker has loaded long before
    from members.models import Member

    run, path = _runs()[sys.argv[1]], Path(sys.argv[2])
    if sys.argv[1] == "shared":
        print(json.dumps({"cpu": run(path)}))
        return
    before, cpu = _peak(), _cpu()
    created = run(path)
    took = {"cpu": _cpu() - cpu, "memory": _peak() - before, "created": created, "there": Member.objects.count()}
    _clear()
    print(json.dumps(took))


def _runs() -> dict[str, Callable[[Path], Any]]:
    from bench import peer

    return {
        "ours": _ours,
        "shared": _shared,
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


def _shared(path: Path) -> float:
    """Seconds for judging, encrypting and hashing the rows, which lie ready."""
    from branches.actions.uploads import read
    from branches.rules.names import initials
    from members.actions.imports import IMPORTER
    from members.rules.imports import MemberReader, settle
    from partybuild.lib import clock
    from partybuild.lib.crypto import encrypt, keyed_hash

    today = clock.today()
    reader, rows = MemberReader(today), list(read(path, IMPORTER).rows)
    cpu = _cpu()
    for row in rows:
        member = reader.read(row)
        changes = settle(member, {}, today)
        for number in filter(None, (member.id_number, changes.get("phone"))):
            encrypt(number)
            keyed_hash(number)
        initials(member.name, 32)
    return _cpu() - cpu


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
