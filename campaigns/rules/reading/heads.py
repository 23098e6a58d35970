"""Headings that print no number: 【活动内容】, ★亮身份, 首先…其次…最后, short lines alone; numbered by place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.markers import Marker, Style, marker_of
from campaigns.rules.reading.matter import is_matter, is_plain_heading
from campaigns.rules.reading.natures import is_generic, nature_of

_BRACKETED = re.compile(r"[【〖「『［\[]\s*(?P<title>[^】〗」』］\]]{2,24})\s*[】〗」』］\]]\s*[：:]?\s*")
_SYMBOLS = "★☆◆◇●■□▲△►▶➤◎○▪❖✦✓√"
_FIRST = re.compile(r"首先(?:[，、：]|是(?![否非]))?")
_NEXT = re.compile(
    r"(?:其次|再次|再者|然后|此外|另外|最后|最后一点|同时)[，、：]|(?:其次|再次|最后)(?:是(?![否非])|(?=要|抓|在))"
)
_LAST = re.compile(r"最后(?:一点)?[，、：]")
_SHORTEST, _LONGEST = 3, 22
_NOT_ALONE = re.compile(
    r"[。；，！？、|]$|如下|下表|以下|下列|^(?:附|各|尊敬|同志|联系|责任|牵头|配合|完成|时\s*间|地\s*点|表\s*\d)|[：].|^\(|\d{4}年\d{1,2}月"
)
_LEAD = re.compile(
    r"(?!各|本|为|根据|按照|现|请|同志|注|联系|组织方式|会议)[^。；：！？\d|、]{3,16}(?P<stop>[。：])(?=[^\s].{11,})"
)
_FORM = re.compile(
    r"时间|地点|对象|主题|人员|组\s*长|组\s*员|成\s*员|主\s*任|召集人|单位|部门|时限|电话|顾\s*问|阶段|\(\d|月"
)


@dataclass(frozen=True)
class Head:
    """A heading without a number: its style, its title, and the text that stands in its paragraph."""

    style: Style
    title: Piece | None
    text: Piece
    symbol: str = ""


def heads_of(lines: Sequence[Piece]) -> dict[int, Head]:
    """The unnumbered headings of a document by their place; of one with numbered parts only its symbols."""
    marked = [marker_of(line) for line in lines]
    numbered = any(marker is not None and marker.value and marker.style <= Style.ARTICLE for marker in marked)
    found = dict(_symbols(lines, marked))
    if numbered:
        return found
    bracketed = dict(_bracketed(lines))
    found |= bracketed if len(bracketed) > 1 else {}
    found |= dict(_in_order(lines, marked))
    found |= dict(_alone(lines, marked, found))
    return dict(_leads(lines, marked, found)) | found


def _symbols(lines: Sequence[Piece], marked: Sequence[Marker | None]) -> Iterator[tuple[int, Head]]:
    """★… told at length; Word's own bullets only where the document numbers nothing."""
    plain = not any(marker and marker.value for marker in marked)
    signs = _SYMBOLS + ("·•-*" if plain else "")
    found = [line for line in lines if line.text[0] in signs and len(line.text) > _SHORTEST]
    long = sum(len(line.text) > _LONGEST for line in found)
    places = {line.start for line in found}
    above = sum(line.start in places and _begins(marker) for line, marker in zip(lines, marked[1:], strict=False))
    if len(found) < 2 or (not plain and long * 2 <= len(found) and above < len(found)):
        return
    for each in found:
        yield each.start, Head(Style.STAR, None, each.part(1), each.text[0])


def _begins(marker: Marker | None) -> bool:
    return marker is not None and marker.value == 1


def _bracketed(lines: Sequence[Piece]) -> Iterator[tuple[int, Head]]:
    for line in lines:
        if (match := _BRACKETED.match(line.text)) and re.search(r"[\u4e00-\u9fff]{2}", match["title"]):
            rest = line.part(match.end())
            title = line.part(*match.span("title"))
            yield line.start, Head(Style.PLAIN, title, line if rest.text else title)


def _in_order(lines: Sequence[Piece], marked: Sequence[Marker | None]) -> Iterator[tuple[int, Head]]:
    """首先, 其次, 再次, 最后 at the head of paragraphs; 最后 after 第一, 第二."""
    found: list[tuple[Piece, int]] = []
    ordinals = False
    for line, marker in zip(lines, marked, strict=True):
        if marker and marker.value and marker.style < Style.ORDINAL and not found:
            return
        match = (_NEXT if found else _LAST if ordinals else _FIRST).match(line.plain)
        if match and ordinals and not found:
            yield line.start, Head(Style.ORDINAL, None, line.part(match.end()))
        elif match:
            found.append((line, match.end()))
        ordinals = ordinals or bool(marker and marker.style == Style.ORDINAL and marker.value > 1)
    if len(found) > 1:
        for line, end in found:
            yield line.start, Head(Style.PLAIN, None, line.part(end))


def _alone(
    lines: Sequence[Piece], marked: Sequence[Marker | None], known: dict[int, Head]
) -> Iterator[tuple[int, Head]]:
    """Short lines without a stop before text; the usual headings stand above the others."""
    found: list[tuple[int, bool]] = []
    told = False
    for place, line in enumerate(lines[:-1]):
        if told and marked[place] is None and line.start not in known and _may_stand_alone(line):
            said = line.plain.rstrip("： ")
            found.append((place, bool(nature_of(said)) or is_generic(said) or is_plain_heading(line)))
        told = told or "。" in line.plain or line.plain.endswith("：")
    places = {place for place, _ in found}
    following = {place: lines[place + 1] for place in places}
    follows = {
        place: place + 1 in places or marked[place + 1] is not None or line.start in known
        or len(line.text) > _LONGEST or line.plain.endswith("。")
        for place, line in following.items()
    }  # fmt: skip
    found = [(place, is_upper) for place, is_upper in found if follows[place]]
    if len(found) < 2:
        return
    uppers = {place for place, is_upper in found if is_upper}
    nested = any(place - 1 in uppers for place, is_upper in found if not is_upper) or any(
        head.style == Style.PLAIN for head in known.values()
    )
    for place, is_upper in found:
        title = lines[place].part(0, len(lines[place].plain.rstrip("： ")))
        yield title.start, Head(Style.HEAD if nested and not is_upper else Style.PLAIN, title, title)


def _may_stand_alone(line: Piece) -> bool:
    plain = line.plain.rstrip("： ")
    fits = _SHORTEST < len(plain) <= _LONGEST and re.search(r"[\u4e00-\u9fff]{2}", plain)
    return bool(fits) and not _NOT_ALONE.search(plain) and not is_matter(line) and not _FORM.match(plain)


def _leads(
    lines: Sequence[Piece], marked: Sequence[Marker | None], known: dict[int, Head]
) -> Iterator[tuple[int, Head]]:
    """Paragraphs below such a heading that each begin with a short title: 加强领导。…"""
    run: list[tuple[int, Head]] = []
    below = False
    for line, marker in zip(lines, marked, strict=True):
        match = _LEAD.match(line.plain) if below and marker is None and line.start not in known else None
        if match and not _FORM.search(match[0]):
            run.append((line.start, Head(Style.STAR, line.part(0, match.start("stop")), line)))
            continue
        if len(run) > 1:
            yield from run
        run = []
        head = known.get(line.start)
        below = bool(head and head.style in {Style.PLAIN, Style.HEAD} and len(line.text) <= _LONGEST + 4)
    if len(run) > 1:
        yield from run
