"""The few browser files of others that the portal serves, collected from node_modules into static/vendor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from services.paths import ROOT

NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
# The manifest of static files fails on a source map that is named and missing, hence the maps.
FILES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map",
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "bootstrap/LICENSE",
    "bootstrap-icons/LICENSE",
    "echarts/dist/echarts.min.js",
    "echarts/LICENSE",
    "echarts/NOTICE",
)
SPRITE = "bootstrap-icons/bootstrap-icons.svg"
SOURCES = ("templates", "static/js", "branches", "office", "members", "campaigns", "assessments", "desk")
SOURCE_SUFFIXES = (".html", ".py", ".js")
SYMBOL = re.compile(r'<symbol\b[^>]*\bid="([^"]+)".*?</symbol>', re.DOTALL)
QUOTED = re.compile(r"""["']([a-z0-9][a-z0-9-]*)["']""")


def collect() -> None:
    """Copy the files, each into the folder of its package, and the sprite with the symbols that we name."""
    for name in FILES:
        package = name.partition("/")[0]
        target = VENDOR / package / Path(name).name
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, (NODE_MODULES / name).read_bytes())
    sprite = (NODE_MODULES / SPRITE).read_text(encoding="utf-8")
    _write(VENDOR / SPRITE, shrink(sprite, set(quoted_words())).encode())


def is_collected() -> bool:
    """Whether every file is in its place."""
    names = [f"{name.partition('/')[0]}/{Path(name).name}" for name in FILES]
    return all((VENDOR / name).exists() for name in [*names, SPRITE])


def quoted_words() -> Iterator[str]:
    """Every quoted word of our own sources: an icon is named by one, wherever that is."""
    for folder in SOURCES:
        for file in (ROOT / folder).rglob("*"):
            is_ours = VENDOR not in file.parents and "migrations" not in file.parts
            if file.suffix in SOURCE_SUFFIXES and is_ours:
                yield from QUOTED.findall(file.read_text(encoding="utf-8", errors="replace"))


def shrink(sprite: str, names: set[str]) -> str:
    """The sprite with only the symbols of these names: the browser reads the whole file for every page."""
    kept = [match[0] for match in SYMBOL.finditer(sprite) if match[1] in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(kept) + "</svg>\n"


def _write(target: Path, content: bytes) -> None:
    """Replace the file only when it differs, so that its time says when it changed."""
    if not target.exists() or target.read_bytes() != content:
        scratch = target.with_name(f"{target.name}.new")
        scratch.write_bytes(content)
        scratch.replace(target)
