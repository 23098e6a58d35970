"""Templates keep to the floors: an include, an extends or a url names only what stands below."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
FLOORS = ("branches", "office", "members", "campaigns", "assessments", "desk")
TAG = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']|{%\s*url\s+["'](\w+):""")
LONGEST = 200


def named_floors(text: str) -> set[str]:
    """The apps that a template names by path or by URL."""
    found = {path.split("/", 1)[0] if path else namespace for path, namespace in TAG.findall(text)}
    return found & set(FLOORS)


def climbs(floor: str, text: str) -> set[str]:
    """What a template of this floor names above itself."""
    return {named for named in named_floors(text) if FLOORS.index(named) > FLOORS.index(floor)}


def templates() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if path.relative_to(TEMPLATES).parts[0] in FLOORS]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_names_only_what_stands_below(path: Path) -> None:
    assert climbs(path.relative_to(TEMPLATES).parts[0], path.read_text(encoding="utf-8")) == set()


def test_the_frame_names_no_floor_by_path_or_url() -> None:
    frame = [*(TEMPLATES / "frame").glob("*.html"), *TEMPLATES.glob("*.html")]
    named = {path.name: named_floors(path.read_text(encoding="utf-8")) - {"branches"} for path in frame}
    assert {name: floors for name, floors in named.items() if floors} == {}


def test_the_check_sees_a_climb() -> None:
    assert climbs("members", """{% include "campaigns/_row.html" %}{% url 'branches:login' %}""") == {"campaigns"}
    assert climbs("office", """{% url "desk:home" %}""") == {"desk"}


def test_no_template_has_outgrown_a_room() -> None:
    lengths = {str(path.relative_to(TEMPLATES)): len(path.read_text().splitlines()) for path in templates()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize("found", [r"\sstyle=", r"\son\w+=", r"<script(?![^>]*(?:src=|application/json))", r"<style"])
def test_nothing_inline(found: str) -> None:
    """The content security policy allows no inline script or style."""
    guilty = [path.name for path in TEMPLATES.rglob("*.html") if re.search(found, path.read_text(encoding="utf-8"))]
    assert guilty == []
