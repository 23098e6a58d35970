"""`python -m bench [GROUP …]`: each ratio as a line, all as JSON in `var/bench.json`; exits 1 when a goal is missed."""

import argparse
import json
import os
import sys
from pathlib import Path

from services.paths import VAR
from services.testing import TestServices

GROUPS = ("imports", "dispatching", "lists")


def main() -> int:
    """Start a database and a broker of the measurements' own, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="测量性能指标（BENCH=small 为简短测量）。")
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="组", help="、".join(GROUPS))
    groups = parser.parse_args().groups or GROUPS
    services = TestServices()
    try:
        os.environ.update(services.start())
        os.environ.update(
            DJANGO_SETTINGS_MODULE="bench.settings", MEDIA_ROOT=str(services.folder), VAR_DIR=str(services.folder)
        )
        return _measure(groups, services.folder)
    finally:
        services.stop()


def _measure(groups: list[str] | tuple[str, ...], folder: Path) -> int:
    import importlib

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_defaults", verbosity=0)
    is_small = os.environ.get("BENCH") == "small"
    figures = []
    for group in groups:
        for figure in importlib.import_module(f"bench.{group}").measure(folder, is_small=is_small):
            print(figure.line, flush=True)
            figures.append(figure)
    VAR.mkdir(exist_ok=True)
    (VAR / "bench.json").write_text(
        json.dumps([figure.as_dict() for figure in figures], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return 0 if all(figure.is_reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
