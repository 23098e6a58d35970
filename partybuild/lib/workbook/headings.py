"""Which column of a sheet holds which field. Pure.

A heading is matched with blanks removed, then by the list of its usual names, then by the nearest one left over. The
last is a guess, so a preview shows how each was found.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db.models import TextChoices

# 入团时间 against 入党时间 is 0.75: no longer near enough. In a shorter name one character makes another word: 团支部.
_NEAR, _SHORTEST = 0.76, 4


class Match(TextChoices):
    """How a heading was recognised."""

    EXACT = "exact", "名称一致"
    SYNONYM = "synonym", "常用名称"
    NEAREST = "nearest", "名称相近"


@dataclass(frozen=True)
class Column:
    """A field that is wanted: its title on our own templates and the other names that people give it."""

    field: str
    title: str
    synonyms: Sequence[str] = ()
    required: bool = False


@dataclass(frozen=True)
class Heading:
    """The column found for a field: its place (0 is A), its text in the file, and how it was recognised."""

    column: int
    text: str
    how: Match

    @property
    def letter(self) -> str:
        """The column as Excel names it."""
        letters, number = "", self.column + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass(frozen=True)
class HeadingRow:
    """A heading row, read: what each wanted field has, and the headings that nobody wants."""

    matched: Mapping[str, Heading] = field(default_factory=dict)
    ignored: Sequence[str] = ()


def read_heading_row(cells: Sequence[object], columns: Sequence[Column], *, guess: bool = True) -> HeadingRow:
    """Match the texts of a row to the wanted columns; each text and each field is used once, the leftmost first."""
    texts = {place: cell.strip() for place, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}
    matched: dict[str, Heading] = {}
    for how, names in ((Match.EXACT, _titles(columns)), (Match.SYNONYM, _synonyms(columns))):
        for place, text in list(texts.items()):
            wanted = next((names[form] for form in forms(text) if form in names), None)
            if wanted and wanted not in matched:
                matched[wanted] = Heading(place, text, how)
                del texts[place]
    if guess:
        _match_nearest(texts, columns, matched)
    ignored = [text for text in texts.values() if plain(text) not in {"序号", "编号"}]
    return HeadingRow(matched, ignored)


def forms(text: str) -> tuple[str, str]:
    """The text without blanks and marks, and the same without what stands in brackets."""
    bare = plain(text)
    return bare, re.sub(r"[(\[].*?[)\]]", "", bare)


def plain(text: str) -> str:
    """Half-width, lower case, without blanks, line breaks and marks."""
    return re.sub(r"[\s*:;,、﹡※\u200b]+", "", unicodedata.normalize("NFKC", text)).lower()


def _titles(columns: Iterable[Column]) -> dict[str, str]:
    return {plain(column.title): column.field for column in columns}


def _synonyms(columns: Iterable[Column]) -> dict[str, str]:
    return {plain(name): column.field for column in columns for name in column.synonyms}


def _match_nearest(texts: dict[int, str], columns: Sequence[Column], matched: dict[str, Heading]) -> None:
    """Give the fields without a column the nearest texts that are left, the nearest pair first."""
    near = sorted(
        (-_nearness(text, column), place, order)
        for place, text in texts.items()
        for order, column in enumerate(columns)
        if column.field not in matched
    )
    for distance, place, order in near:
        wanted = columns[order].field
        if -distance < _NEAR:
            return
        if place in texts and wanted not in matched:
            matched[wanted] = Heading(place, texts.pop(place), Match.NEAREST)


def _nearness(text: str, column: Column) -> float:
    names = [plain(name) for name in (column.title, *column.synonyms)]
    form = plain(text)
    if len(form) < _SHORTEST:
        return 0
    near = (SequenceMatcher(None, form, name, autojunk=False).ratio() for name in names if len(name) >= _SHORTEST)
    return max(near, default=0)
