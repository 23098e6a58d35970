"""A plan's paragraphs as a tree of headings, whatever way it numbers them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key

from campaigns.rules.reading.heads import Head, heads_of
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.markers import Marker, Style, inline_items, marker_of
from campaigns.rules.reading.matter import Matter, attachment_list, is_annex, is_plain_heading, matter_of, new_document
from campaigns.rules.reading.numerals import CHINESE, whole_number_of
from campaigns.rules.reading.tables import Row, is_row, note_label

TITLE_LENGTH = 45
_CLAUSE_LENGTH = 30
_SPOKEN = re.compile(rf"(?:({CHINESE})(?:是|要)(?![否非求])|其({CHINESE})[，、：])\s*")
_FURTHEST_JUMP = 3
_NO_MARKER = Marker(Style.PLAIN, 0, "", 0)


@dataclass(eq=False)
class Node:
    """A heading with what stands under it; ``statement`` is all its text, the title included."""

    marker: Marker
    title: Piece
    statement: list[Piece]
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    is_spoken: bool = False
    row: Row | None = None

    @property
    def style(self) -> Style:
        return self.marker.style

    def ancestors(self) -> Iterator["Node"]:
        """This node and those above it, the document itself left out."""
        node: Node | None = self
        while node is not None and node.parent is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Outline:
    """The whole document: what stands before the first heading, the headings, and what closes it."""

    preamble: list[Piece]
    parts: list[Node]
    tail: list[Piece]


def outline_of(lines: Sequence[Piece], rows: Mapping[int, Row | None] | None = None) -> Outline:
    """The tree of headings; with rows, of tables too."""
    root = Node(Marker(Style.PLAIN, 0, "", 0), Piece("", 0), [])
    heads = heads_of(lines)
    builder = _Builder(root, _order(lines, heads), _has_numbered_parts(lines), heads)
    tail: list[Piece] = []
    rest = list(lines)
    after_table = False
    while rest:
        line = rest.pop(0)
        if rows and line.start in rows:
            builder.take_row(rows[line.start])
            after_table = True
            continue
        after_table = after_table or is_row(line)
        if after_table and (label := note_label(line)):
            notes = _notes(rest)
            builder.note(label, [line, *notes])
            del rest[: len(notes)]
            continue
        begun = bool(root.statement or root.children)
        matter = matter_of(line, bool(root.children), rest) if begun else Matter.BODY
        if matter == Matter.END:
            tail += [line, *rest]
            break
        if matter == Matter.SKIP:
            tail.append(line)
            listed = attachment_list(line, rest)
            tail += rest[:listed]
            del rest[:listed]
            if rows and is_annex(line):
                builder.restart()
        elif new_document(line, root.children):
            root.children.clear()
            builder.restart()
            root.statement.append(line)
        else:
            builder.take(line)
    if not root.children:
        _tell_apart(root)
    return Outline(root.statement, root.children, tail)


def _notes(rest: Sequence[Piece]) -> list[Piece]:
    """The numbered lines that go on with the notes below a table."""
    return list(itertools.takewhile(lambda line: (marker_of(line) or _NO_MARKER).style >= Style.CHINESE_BRACKET, rest))


def _tell_apart(root: Node) -> None:
    """A short document without headings: the items of the enumerations in its paragraphs are its parts."""
    for piece in root.statement:
        for item in inline_items(piece)[1]:
            marker = Marker(Style.CIRCLED, len(root.children) + 1, f"{item.value}", 0)
            root.children.append(Node(marker, title_of(item.piece), [item.piece], parent=root, is_spoken=True))


class _Builder:
    def __init__(
        self, root: Node, order: dict[Style, int], has_numbered_parts: bool, heads: Mapping[int, Head]
    ) -> None:
        self._root = root
        self._heads = heads
        self._order = order
        self._has_numbered_parts = has_numbered_parts
        self._open: list[tuple[tuple[int, int, int], Node]] = []

    def restart(self) -> None:
        self._open.clear()

    def take(self, line: Piece) -> None:
        marker = marker_of(line)
        if line.start in self._heads:
            self._open_head(self._heads[line.start])
        elif marker is not None and self._fits(marker):
            self._open_node(marker, line.part(marker.length))
        elif not self._has_numbered_parts and is_plain_heading(line):
            self._open_node(Marker(Style.PLAIN, self._next_plain(), "", 0), line)
        elif (spoken := _spoken_marker(line)) is not None and (self._open or not self._has_numbered_parts):
            self._open_node(spoken, line.part(spoken.length), is_spoken=True)
        else:
            (self._open[-1][1] if self._open else self._root).statement.append(line)

    def take_row(self, row: Row | None) -> None:
        """A task of a table stands below whatever heading is open."""
        if row is not None:
            marker = Marker(Style.ARABIC, row.number, str(row.number), 0)
            self._append((len(Style), 0, 0), marker, [row.title, *row.measures], title_of(row.title)).row = row

    def note(self, label: Piece, lines: Sequence[Piece]) -> None:
        """The notes below a table belong to the part that holds it, else stand alone."""
        while self._open and (len(self._open) > 1 or self._open[-1][1].row):
            self._open.pop()
        if self._open:
            self._open[-1][1].statement.extend(lines)
        else:
            self._append((0, 0, 0), _NO_MARKER, list(lines), label)

    def _open_head(self, head: Head) -> None:
        """A heading without a number takes the next of its kind."""
        last = next((node for _, node in reversed(self._open) if node.style == head.style
                     and node.marker.dot == head.symbol), None)  # fmt: skip
        value = last.marker.value + 1 if last else 1
        if head.style == Style.PLAIN:
            value = self._next_plain()
        self._open_node(Marker(head.style, value, "", 0, head.symbol), head.text, title=head.title)

    def _fits(self, marker: Marker) -> bool:
        """A number that goes on from the last of its kind, or begins anew; a bare figure must do so exactly."""
        last = self._last(marker.style)
        if marker.style == Style.BULLET:
            return bool(self._open)
        if marker.dot in {" ", "，"}:
            return marker.value in {1, last.marker.value + 1 if last else 1}
        return last is None or marker.value <= last.marker.value + _FURTHEST_JUMP or marker.style < Style.ARABIC

    def _last(self, style: Style) -> Node | None:
        """The heading of this style that is open, or the last closed one anywhere in the document."""
        for _, node in reversed(self._open):
            if node.style == style:
                return node
        found = [node for part in self._root.children[-2:] for node in part.walk() if node.style == style]
        return found[-1] if found else None

    def _next_plain(self) -> int:
        return sum(node.style == Style.PLAIN for node in self._root.children) + 1

    def _open_node(self, marker: Marker, text: Piece, is_spoken: bool = False, title: Piece | None = None) -> None:
        node = self._append(self._key(marker, is_spoken), marker, [text], title or title_of(text))
        node.is_spoken = is_spoken

    def _append(self, key: tuple[int, int, int], marker: Marker, statement: list[Piece], title: Piece) -> Node:
        while self._open and self._open[-1][0] >= key:
            self._open.pop()
        parent = self._open[-1][1] if self._open else self._root
        node = Node(marker, title, statement, parent=parent)
        parent.children.append(node)
        self._open.append((key, node))
        return node

    def _key(self, marker: Marker, is_spoken: bool) -> tuple[int, int, int]:
        if is_spoken:
            return len(Style), 0, 0
        key = (self._order.get(marker.style, marker.style if marker.style else -1), len(marker.path), 0)
        last = next((node for each, node in reversed(self._open) if each[:2] == key[:2]), None)
        # A list that begins at 1 with another dot inside an item of the same style stands below it.
        if last and marker.value == 1 and marker.dot and marker.dot != last.marker.dot and last.marker.value >= 1:
            return (*key[:2], 1)
        nested = next((each for each, node in reversed(self._open) if each == (*key[:2], 1)), None)
        if nested and last and last.marker.dot == marker.dot and last.marker.value + 1 == marker.value:
            return nested
        return key


def _spoken_marker(line: Piece) -> Marker | None:
    """一是…, 二要… at the head of a paragraph of its own."""
    match = _SPOKEN.match(line.plain)
    value = whole_number_of(match[1] or match[2]) if match else None
    if match is None or not value or inline_items(line)[1]:
        return None
    return Marker(Style.CIRCLED, value, match[0], match.end())


def title_of(text: Piece) -> Piece:
    """The heading at the front of a paragraph: its first sentence, what stands before a colon or a gap, or a clause."""
    plain = text.plain
    stop = _first_stop(plain)
    gap = re.search(r"(?<=[\u4e00-\u9fff”)])\s{2,}(?=[\u4e00-\u9fff“])", plain[: _CLAUSE_LENGTH + 5])
    colon = plain.find("：", 0, _CLAUSE_LENGTH)
    if gap:
        return text.part(0, gap.start())
    if 1 < colon < stop and "，" not in plain[:colon]:
        return text.part(0, colon)
    if stop <= TITLE_LENGTH or (stop == len(plain) and stop <= TITLE_LENGTH + 15):
        return text.part(0, stop)
    comma = plain.find("，", 3, _CLAUSE_LENGTH)
    return text.part(0, comma if comma > 0 else _CLAUSE_LENGTH)


def _first_stop(plain: str) -> int:
    depth = 0
    for index, char in enumerate(plain):
        depth += (char == "(") - (char == ")")
        if char in "。！？；" and depth <= 0:
            return index
    return len(plain)


def _has_numbered_parts(lines: Sequence[Piece]) -> bool:
    return any(marker is not None and marker.style <= Style.ARTICLE for marker in map(marker_of, lines))


def _order(lines: Sequence[Piece], heads: Mapping[int, Head]) -> dict[Style, int]:
    """Which style stands above which: as is usual, unless the document nests two of them the other way round."""
    found = list(_styles(lines, heads))
    styles = list(dict.fromkeys(style for style, _ in found))

    def compare(one: Style, other: Style) -> int:
        usual = -1 if one < other else 1
        upper, lower = (one, other) if usual < 0 else (other, one)
        return -usual if _nests(found, lower, upper) else usual

    return {style: place for place, style in enumerate(sorted(styles, key=cmp_to_key(compare)))} | {
        Style.BULLET: len(Style) - 1
    }


def _styles(lines: Sequence[Piece], heads: Mapping[int, Head]) -> Iterator[tuple[Style, int]]:
    """The styles of the headings in order with their values; those without a number are counted."""
    counted: Counter[Style] = Counter()
    for line in lines:
        head, marker = heads.get(line.start), marker_of(line)
        if head:
            counted[head.style] += 1
            yield head.style, counted[head.style]
        elif marker and marker.value:
            yield marker.style, marker.value


def _nests(found: list[tuple[Style, int]], outer: Style, inner: Style) -> bool:
    """Whether the inner style starts anew, or goes on, under at least two items of the outer, which itself runs on."""
    pair = [(style, value) for style, value in found if style in {outer, inner}]
    if not pair or pair[0][0] != outer:
        return False
    outers = [value for style, value in pair if style == outer]
    inners = [value for style, value in pair if style == inner]
    runs_on = inners == list(range(1, len(inners) + 1))
    starts = sum(
        before[0] == outer and after[0] == inner and (after[1] == 1 or runs_on)
        for before, after in itertools.pairwise(pair)
    )
    in_order = all(two in {1, one + 1} for one, two in itertools.pairwise(outers)) and outers[0] == 1
    return starts >= 2 and (outers == list(range(1, len(outers) + 1)) or (runs_on and in_order))
