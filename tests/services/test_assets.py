import json
import re

import pytest

from services import assets
from tests.harness.checkout import ROOT

SPRITE = (
    '<svg><symbol class="bi" viewBox="0 0 16 16" id="house"><path d="M1"/></symbol>'
    '<symbol class="bi" viewBox="0 0 16 16" id="house-door"><path d="M2"/></symbol></svg>'
)


def test_the_sprite_keeps_exactly_the_symbols_that_are_named():
    small = assets.shrink(SPRITE, {"house", "nowhere"})

    assert 'id="house"' in small
    assert "house-door" not in small
    assert small.count("<symbol") == small.count("</symbol>") == 1


def test_every_file_is_collected_and_so_is_the_source_map_that_it_names():
    assert assets.is_collected()
    for file in [*assets.VENDOR.rglob("*.css"), *assets.VENDOR.rglob("*.js")]:
        for name in re.findall(r"sourceMappingURL=(\S+?\.map)", file.read_text(encoding="utf-8")):
            assert (file.parent / name).exists(), f"{file} names {name}"


def test_every_icon_of_the_templates_is_in_the_sprite():
    named = set()
    for template in (ROOT / "templates").rglob("*.html"):
        named |= set(re.findall(r"{%\s*icon ['\"]([a-z0-9-]+)['\"]", template.read_text(encoding="utf-8")))
    assets.collect()

    sprite = (assets.VENDOR / assets.SPRITE).read_text(encoding="utf-8")
    assert named
    assert {name for name in named if f'id="{name}"' not in sprite} == set()


@pytest.mark.parametrize("name", ["package-lock.json", ".npmrc", "requirements.txt", "requirements-dev.txt"])
def test_no_lock_file_names_where_a_package_came_from(name):
    content = (ROOT / name).read_text(encoding="utf-8")

    assert '"resolved"' not in content
    assert re.findall(r"(?:registry|index-url|find-links)\W*=?\s*\S*//", content) == []


def test_every_package_of_the_lock_file_has_its_digest():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert {name for name, package in packages.items() if name and "integrity" not in package} == set()
