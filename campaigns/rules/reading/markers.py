"""The numbering of plans in any kind of bracket and dot: 第一部分, 一、（一）1. 1.1 （1） ① A. 任务一：, 一是, 第一."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.numerals import CHINESE, whole_number_of


class Style(IntEnum):
    """A way of numbering; the lower ones usually stand above the higher ones."""

    PLAIN = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    CHINESE = 4
    ARTICLE = 5
    ROMAN = 6
    HEAD = 7
    CHINESE_BRACKET = 8
    ARABIC = 9
    DECIMAL = 10
    ARABIC_BRACKET = 11
    ORDINAL = 12
    CIRCLED = 13
    LETTER = 14
    STAR = 15
    BULLET = 16


@dataclass(frozen=True)
class Marker:
    """The number before a heading: its style, value, and how many characters it takes."""

    style: Style
    value: int
    printed: str
    length: int
    dot: str = ""
    path: tuple[int, ...] = ()


_HAN = rf"({CHINESE})"
_ROMANS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.ROMAN, re.compile(rf"([{_ROMANS}])\s*[、.．：]?\s*(?=[\u4e00-\u9fff“《])")),
    (Style.HEAD, re.compile(
        rf"(?:重点)?(?:任务|行动|措施|举措|工程|工作|项目|问题|整改事项|事项)\s*({CHINESE}|\d{{1,2}})\s*[：、.．]\s*")),
    (Style.ARTICLE, re.compile(r"第\s*(\d{1,2})\s*条(?!例)[\s、，：:.]*")),
    (Style.ARTICLE, re.compile(rf"第\s*({CHINESE}|\d{{1,2}})\s*项[\s、，：:.]+")),
    (Style.LETTER, re.compile(r"([A-Z])\s*[.、)]\s*(?=[\u4e00-\u9fff“《])")),
    (Style.PART, re.compile(rf"第\s*{_HAN}\s*(?:大)?(?:部分|篇|编)[\s、，：:.]*")),
    (Style.CHAPTER, re.compile(rf"第\s*{_HAN}\s*章[\s、，：:.]*")),
    (Style.SECTION, re.compile(rf"第\s*{_HAN}\s*节[\s、，：:.]*")),
    (Style.ARTICLE, re.compile(rf"第\s*{_HAN}\s*条(?!例)[\s、，：:.]*")),
    (Style.CHINESE, re.compile(rf"{_HAN}\s*([、.．]"
         rf"|(?<=[一二三四五六七八九十])，(?=.{{2,30}}$))\s*(?![一二三四五六七八九十]、)")),
    (Style.CHINESE, re.compile(rf"{_HAN}( )\s*(?=[\u4e00-\u9fff“《])")),
    (Style.CHINESE_BRACKET, re.compile(r"([㈠-㈩])\s*[、.]?\s*")),
    (Style.CHINESE_BRACKET, re.compile(rf"\(\s*{_HAN}\s*\)\s*[、.，：]?\s*")),
    (Style.DECIMAL, re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、]\s*|\s+"
         r"|(?=[\u4e00-\u9fff“《]))(?!\s*[%万亿元倍个月日号年])")),
    (Style.ARABIC, re.compile(r"([⒈-⒛])()\s*")),
    (Style.ARABIC, re.compile(r"(\d{1,2})\s*([.、])\s*(?:(?!\d)|(?=\d{1,4}\s*[年月日名次]))")),
    (Style.ARABIC, re.compile(r"(\d{1,2})( |，)\s*(?=[\u4e00-\u9fff“《])(?!月|日|年|个|次|名|人|条|项|号|时)")),
    (Style.ARABIC_BRACKET, re.compile(r"([⑴-⒇])\s*[、.]?\s*")),
    (Style.ARABIC_BRACKET, re.compile(r"\(?\s*(\d{1,2})\s*\)\s*[、.，：]?\s*")),
    (Style.ORDINAL, re.compile(rf"第{_HAN}[，、：]\s*")),
    (Style.CIRCLED, re.compile(r"([①-⑳❶-❿])\s*[、.]?\s*")),
    (Style.BULLET, re.compile(r"([·*]|-(?!\d))\s*")),
)  # fmt: skip


def marker_of(line: Piece) -> Marker | None:
    """The number with which a paragraph begins; None when it begins with words."""
    if "|" in line.plain:
        return None  # a row of a table
    for style, pattern in _PATTERNS:
        match = pattern.match(line.plain)
        if match is None or match.end() >= len(line.plain):
            continue
        if style == Style.BULLET:
            return Marker(style, 0, "", match.end())
        marker = _numbered(style, match)
        if marker is not None:
            return marker
    return None


def _numbered(style: Style, match: re.Match[str]) -> Marker | None:
    printed = match[1]
    if style == Style.DECIMAL:
        path = tuple(int(number) for number in printed.split("."))
        return Marker(style, path[-1], printed, match.end(), ".", path) if all(path) else None
    if style == Style.ROMAN:
        return Marker(style, _ROMANS.index(printed) + 1, printed, match.end())
    if style == Style.LETTER:
        return Marker(style, ord(printed) - ord("A") + 1, printed, match.end())
    value = whole_number_of(printed)
    if not value or value > 99:
        return None
    dot = match[2] if len(match.groups()) > 1 else ""
    return Marker(style, value, printed, match.end(), dot)


@dataclass(frozen=True)
class Item:
    """One item of an enumeration inside a paragraph; ``piece`` is without its number."""

    value: int
    word: str
    piece: Piece


_INLINE = (
    re.compile(rf"(?:(?<=^)|(?<=[。；：！？，、)”])|(?<=\s)){_HAN}(是|要)(?=[\u4e00-\u9fff“‘《（(，、])(?!否|非|求)"),
    re.compile(rf"(?:(?<=^)|(?<=[。；：！？])|(?<=\s))第{_HAN}()[，、：]"),
    re.compile(rf"(?:(?<=^)|(?<=[。；：！？])|(?<=\s))其{_HAN}()[，、：]"),
    re.compile(r"(?:(?<=^)|(?<=[。；：！？，])|(?<=\s))\(?(\d{1,2})()\)[、.]?(?=\s*[\u4e00-\u9fff“《])"),
    re.compile(r"([①-⑳])()[、.]?\s*"),
)


_IN_WORDS = re.compile(r"(?:(?<=^)|(?<=[。；：！？])|(?<=\s))(首先|其次|再次|再者|最后)[，、：]")
_WORDS = ("首先", "其次", "再次", "再者", "最后")


def inline_items(piece: Piece) -> tuple[Piece, list[Item]]:
    """What stands before an enumeration inside the text (一是…二是…, （1）…（2）…, ①…②…), and its items."""
    for pattern in _INLINE:
        run = _longest_run(list(_numbers(pattern, piece.plain)))
        if len(run) < 2:
            continue
        starts = [match.start() for match, _ in run]
        ends = [*starts[1:], len(piece.text)]
        items = [
            Item(value, match[2] or ("第" if match[0].lstrip()[0] in "第其" else ""), piece.part(match.end(), end))
            for (match, value), end in zip(run, ends, strict=True)
        ]
        if all(len(item.piece.text) > 1 for item in items):
            return piece.part(0, starts[0]), items
    return _in_words(piece)


def _in_words(piece: Piece) -> tuple[Piece, list[Item]]:
    """首先，…其次，…最后，…: items by words that keep their order, each said once."""
    found = list(_IN_WORDS.finditer(piece.plain))
    places = [_WORDS.index(match[1]) for match in found]
    if len(found) < 2 or places[0] != 0 or sorted(set(places)) != places:
        return piece, []
    edges = [*(match.start() for match in found), len(piece.text)]
    items = [
        Item(value, match[1], piece.part(match.end(), end))
        for value, (match, end) in enumerate(zip(found, edges[1:], strict=True), start=1)
    ]
    return piece.part(0, edges[0]), items


def _numbers(pattern: re.Pattern[str], plain: str) -> Iterator[tuple[re.Match[str], int]]:
    for match in pattern.finditer(plain):
        value = whole_number_of(match[1])
        if value:
            yield match, value


def _longest_run(found: list[tuple[re.Match[str], int]]) -> list[tuple[re.Match[str], int]]:
    """The numbers 1, 2, 3 … in order; what does not continue the run is part of the text."""
    run: list[tuple[re.Match[str], int]] = []
    for match, value in found:
        if value == len(run) + 1:
            run.append((match, value))
    return run


# Headings that stand in one paragraph with what goes before them: …。（二）…, …。2.…
_RUN_ON = (
    re.compile(rf"(?:^|(?<=[。！？；]))\s*{_HAN}、(?=[\u4e00-\u9fff“])(?![一二三四五六七八九十])"),
    re.compile(rf"(?:^|(?<=[。！？；]))\s*\({_HAN}\)(?=[\u4e00-\u9fff“])"),
    re.compile(r"(?:^|(?<=[。！？]))\s*(\d{1,2})[.、](?=[\u4e00-\u9fff“])"),
)


def apart(line: Piece) -> list[Piece]:
    """A paragraph cut before each heading of a run inside it; most paragraphs are one piece."""
    pieces = [line]
    for pattern in _RUN_ON:
        pieces = [part for piece in pieces for part in _cut(piece, pattern)]
    return pieces


def _cut(piece: Piece, pattern: re.Pattern[str]) -> list[Piece]:
    found = list(_numbers(pattern, piece.plain))
    run = found[:1]
    for match, value in found[1:]:
        if value == run[-1][1] + 1:
            run.append((match, value))
    if len(run) < 2 or (run[0][1] != 1 and run[0][0].start() > 0):
        return [piece]
    edges = sorted({0, *(match.start() for match, _ in run), len(piece.text)})
    return [part for one, two in itertools.pairwise(edges) if (part := piece.part(one, two)).text]
