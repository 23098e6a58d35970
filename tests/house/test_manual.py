"""The manual and its pictures belong together: each picture is declared, taken, named where its page is spoken of."""

import re
from pathlib import Path

import pytest
from PIL import Image

from services.pictures import FOLDER, LARGEST, PHONE, WIDE
from services.shots import SHOTS

MANUAL = FOLDER.parent
PAGES = sorted(MANUAL.glob("*.md"))
NAMED = [
    (page, alt, target)
    for page in PAGES
    for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
]


def test_the_manual_names_every_picture_once_and_no_other() -> None:
    assert sorted(target for _, _, target in NAMED) == sorted(f"pictures/{shot.name}.png" for shot in SHOTS)


def test_every_declared_picture_is_there_and_no_other() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(f"{shot.name}.png" for shot in SHOTS)


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_picture_is_small_and_as_wide_as_declared(shot) -> None:
    path = FOLDER / f"{shot.name}.png"

    assert path.stat().st_size <= LARGEST
    assert Image.open(path).size == (PHONE if shot.is_phone else WIDE)


def test_every_picture_says_in_chinese_what_it_shows() -> None:
    assert [target for _, alt, target in NAMED if not re.search(r"[一-龥]{3}", alt)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_the_manual_lead_somewhere(page: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+\.md)\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).is_file()] == []
