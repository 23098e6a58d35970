"""Texts and pictures that look alike. Pure.

Source: domain-rules.md, "Against digital formalism": what is found advises a reviewer, and is never a verdict.

A text is looked at as the set of its stretches of five characters, without digits and punctuation, so that another date
in a copied text changes little. Of each set the least values of 64 drawers are kept (a minimum hash with one
permutation), four of which make a key: two texts that share a key are compared in full.
A picture is 64 bits (``partybuild.lib.uploads.pictures``), cut into four keys: two pictures that differ in at most
three bits share one of them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

_STRETCH = 5
_LEAST_CHARACTERS = 40
_DRAWERS, _ROWS = 64, 4
_PICTURE_BITS, _KEY_BITS = 64, 16
_SIGNED = 1 << 63


def normalised(text: str) -> str:
    """Letters alone, in one width and case."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalpha())


def stretches(text: str) -> frozenset[str]:
    """All runs of five letters; none of a text that is too short to be compared."""
    plain = normalised(text)
    if len(plain) < _LEAST_CHARACTERS:
        return frozenset()
    return frozenset(plain[place : place + _STRETCH] for place in range(len(plain) - _STRETCH + 1))


def share(one: Iterable[str], other: Iterable[str]) -> int:
    """How much two sets of stretches have in common, in per cent of both together."""
    first, second = frozenset(one), frozenset(other)
    together = len(first | second)
    return round(100 * len(first & second) / together) if together else 0


def text_keys(text: str) -> list[int]:
    """The keys under which a like text is found, as signed 64-bit numbers; none of a short text."""
    hashes = [_number(stretch.encode()) for stretch in stretches(text)]
    if not hashes:
        return []
    drawers = _filled(_least(hashes))
    groups = (drawers[place : place + _ROWS] for place in range(0, _DRAWERS, _ROWS))
    return [_key(number, group) for number, group in enumerate(groups)]


def _number(value: bytes) -> int:
    return int.from_bytes(blake2b(value, digest_size=8).digest(), "big")


def _least(hashes: Iterable[int]) -> list[int | None]:
    """Of each drawer the least hash that falls into it."""
    drawers: list[int | None] = [None] * _DRAWERS
    for value in hashes:
        drawer, rest = value % _DRAWERS, value // _DRAWERS
        least = drawers[drawer]
        drawers[drawer] = rest if least is None else min(least, rest)
    return drawers


def _filled(drawers: Sequence[int | None]) -> list[int]:
    """An empty drawer takes what the next one holds, so that short texts have all keys, too."""
    return [
        next(value for step in range(_DRAWERS) if (value := drawers[(place + step) % _DRAWERS]) is not None)
        for place in range(_DRAWERS)
    ]


def _key(number: int, group: Sequence[int]) -> int:
    return _signed(_number(f"{number}:{group}".encode()))


def _signed(value: int) -> int:
    """As PostgreSQL keeps 64 bits."""
    return value - 2 * _SIGNED if value >= _SIGNED else value


def picture_value(bits: int) -> int:
    """What a picture looks like, as it is kept."""
    return _signed(bits)


def picture_keys(bits: int) -> list[int]:
    """The four keys of a picture, each with its place."""
    mask = (1 << _KEY_BITS) - 1
    count = _PICTURE_BITS // _KEY_BITS
    return [place << _KEY_BITS | (bits >> place * _KEY_BITS) & mask for place in range(count)]


def distance(one: int, other: int) -> int:
    """In how many bits two kept pictures differ."""
    return ((one ^ other) & (2 * _SIGNED - 1)).bit_count()


@dataclass(frozen=True)
class Alike:
    """What looks like a record: the names of records of its own organisation, and how many of others there are."""

    own_texts: tuple[str, ...] = ()
    other_texts: int = 0
    own_pictures: tuple[str, ...] = ()
    other_pictures: int = 0

    @property
    def is_any(self) -> bool:
        return bool(self.own_texts or self.other_texts or self.own_pictures or self.other_pictures)


NOTHING_ALIKE = Alike()
