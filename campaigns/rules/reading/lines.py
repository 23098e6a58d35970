"""A document's text as paragraphs and sentences, each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from campaigns.rules.reading.numerals import folded

_SENTENCE_END = re.compile(r"[。！？；]+[”’）)》」]*|[.!?](?=\s*$)")
# (责任单位：…；完成时限：…) says more of the sentence before it.
_BRACKET_NEXT = re.compile(r"\s*\([^()]*\)[。；]?\s*(?=$|[^，、])")
# Rows of a table pasted as text: lines with the same two tabs or more, one below the other.
_TABBED = re.compile(r"(?:^[^\t\n]*\t[^\t\n]*\t[^\n]*$\n?){2,}", re.MULTILINE)
_TAB = re.compile(r"\t")
# No sentence of a plan is longer. What is asked of a sentence grows with the square of its length, so that a text
# without a stop, pasted or hostile, is cut where it pauses.
LONGEST = 1200
_PAUSES = "，、： "
_BLANK = " \t\u3000\u00a0\u2002\u2003\ufeff\u200b"


@dataclass(frozen=True)
class Piece:
    """A stretch of the document; ``plain`` is its folded form of the same length."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def plain(self) -> str:
        return folded(self.text)

    @property
    def place(self) -> tuple[str, int, int]:
        """What a finding keeps of it."""
        return self.text, self.start, self.end

    def part(self, start: int, end: int | None = None) -> "Piece":
        """A part without blanks around it; places count from the beginning of this piece."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start] in _BLANK:
            start += 1
        while end > start and self.text[end - 1] in _BLANK:
            end -= 1
        return Piece(self.text[start:end], self.start + start)


def normalised(text: str) -> str:
    """The text with one kind of line end and without marks that nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = _TABBED.sub(lambda rows: _TAB.sub("｜", rows[0]), text)
    return re.sub("[\ufeff\u200b\u200c\u200d\u2060\x00-\x08\x0e-\x1f\ud800-\udfff]", "", text)


def paragraphs(text: str) -> list[Piece]:
    """The lines that say something."""
    found, start = [], 0
    for line in text.split("\n"):
        piece = Piece(line, start).part(0)
        start += len(line) + 1
        if piece.text:
            found.append(piece)
    return found


def sentences(piece: Piece) -> Iterator[Piece]:
    """The sentences of a paragraph, ended by 。！？；; what stands in brackets is not torn apart."""
    start = 0
    for end in _stops(piece.plain):
        sentence = piece.part(start, end)
        start = end
        if sentence.text:
            yield sentence


def _stops(plain: str) -> Iterator[int]:
    """Where sentences end, and the pauses at which overlong ones are cut."""
    start = 0
    for end in [*(end for end in _ends(plain) if not _BRACKET_NEXT.match(plain, end)), len(plain)]:
        while end - start > LONGEST:
            pause = max(plain.rfind(sign, start, start + LONGEST) for sign in _PAUSES)
            start = pause + 1 if pause > start else start + LONGEST
            yield start
        start = end
        yield end


def _ends(plain: str) -> Iterator[int]:
    depth, scanned = 0, 0
    for match in _SENTENCE_END.finditer(plain):
        between = plain[scanned : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        scanned = match.start()
        if depth == 0 or ")" not in plain[match.end() - 1 : match.end() + 200]:
            depth = 0
            yield match.end()
