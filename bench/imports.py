"""P16 and P17: import of a large roster, beside the peer."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Figure, ratio
from bench.rosters import PER_BRANCH, make_branches, write_roster


def measure(folder: Path, *, is_small: bool) -> list[Figure]:
    """Ours, the peer and the tuned peer in turn on one workbook; then ours on ten times as many rows."""
    rows, rounds = (2_000, 2) if is_small else (20_000, 5)
    make_branches(10 * rows // PER_BRANCH)
    usual, large = folder / "roster.xlsx", folder / "large.xlsx"
    write_roster(usual, rows)
    write_roster(large, 10 * rows)
    took: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for _ in range(rounds):
        for how in ("ours", "plain", "tuned", "bare"):
            took[how].append(_one(how, usual, rows))
        took["shared"].append(_run("shared", usual))
    took["large"] = [_one("ours", large, 10 * rows) for _ in range(min(rounds, 3))]
    cpu = {how: [one["cpu"] for one in runs] for how, runs in took.items()}
    memory = {how: [one["memory"] for one in runs] for how, runs in took.items() if how != "shared"}
    apart = {how: median(cpu[how]) - median(cpu["shared"]) for how in ("ours", "tuned")}
    ours, peer = median(memory["ours"]), median(memory["tuned"])
    title = f"import of {rows:,} members"
    return [
        Figure("P16", f"{title}, CPU: peer / ours", ratio(cpu["plain"], cpu["ours"]), 15),
        Figure(
            "P16", f"{title}, CPU: tuned peer / ours", ratio(cpu["tuned"], cpu["ours"]), 6,
            note=f"(without any check of the peer's: {ratio(cpu['bare'], cpu['ours']):.1f}; "
            f"without what both do by the same functions: {apart['tuned'] / apart['ours']:.1f})",
        ),
        Figure(
            "P17", f"{title}, memory: ours / tuned peer", ours / peer, 1, at_least=False,
            note=f"({ours:.0f} MB against {peer:.0f} MB)",
        ),
        Figure("P17", "memory of ten times as many rows", ratio(memory["large"], memory["ours"]), 3, at_least=False),
    ]  # fmt: skip


def _one(how: str, path: Path, rows: int) -> dict[str, Any]:
    took = _run(how, path)
    if (took["created"], took["there"]) != (rows, rows):
        raise RuntimeError(f"{how} took in {took['created']} of {rows} rows, {took['there']} are there")
    return took


def _run(how: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.one_import", how, str(path)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, env=os.environ, text=True, check=True)
    took: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return took
