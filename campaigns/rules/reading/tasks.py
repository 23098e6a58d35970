"""The tasks of an outline: which headings are tasks, their numbers, natures and dimensions."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from campaigns.enums import TaskNature
from campaigns.rules.reading.lines import Piece, sentences
from campaigns.rules.reading.markers import Item, Style, inline_items
from campaigns.rules.reading.natures import ORGANIZING, dimension_name, is_generic, names_problems, nature_of
from campaigns.rules.reading.outline import Node, Outline, title_of
from campaigns.rules.reading.tables import Row

_SHORT = 28
_TITLE, _SHORT_ITEM, _LONG_ITEM = 12, 16, 30
_OF_TABLE = "重点任务"
_LEADERS = re.compile(r"^(?:要|切实|扎实|着力|认真|大力|进一步|坚持)(?=[\u4e00-\u9fff]{3,})")
_PROBLEM_TAIL = re.compile(r"的?问题[。；]?$")
_DATES = re.compile(r"(?<=.{2})\([^()]*(?:月|年|季度)[^()]*\)[：，。]?$")
_REMEDIES = re.compile(r"(?:整改|具体|主要|工作)*(?:措施|举措|任务|要求|标准|办法)：?")
_SPEECH = re.compile(r"讲话|发言|致辞|部署会|推进会|讲几点|讲以下|同志们")


@dataclass
class TaskDraft:
    """A task as the outline shows it: its numeral path, its text, and the items of its own list."""

    path: tuple[int, ...]
    printed: tuple[str, ...]
    title: Piece
    pieces: list[Piece]
    nature: TaskNature
    dimension: str
    heading: Piece
    items: list[Piece] = field(default_factory=list)
    is_running: bool = False
    is_head: bool = False
    row: Row | None = None
    number: str = ""
    why: str = ""

    @property
    def source(self) -> str:
        """The paragraph as the document numbers it: 二（一）1, 四、13, 二（二）四是."""
        return "".join(self.printed).rstrip("、")


def tasks_of(outline: Outline, is_speech: bool) -> list[TaskDraft]:
    """Every task in the document's order, with its number."""
    drafts: list[TaskDraft] = []
    is_flat = sum(not part.children for part in outline.parts if nature_of(part.title.plain) is None) >= 2
    for part in outline.parts:
        nature = nature_of(part.title.plain) if part.row is None else None
        if nature is None or part.children or is_flat:
            drafts += _of_part(part, nature or TaskNature.MEASURE, is_speech)
    _number(drafts)
    return drafts


def is_speech(title: str, preamble: Sequence[Piece]) -> bool:
    """Whether the document is spoken to a meeting."""
    return bool(_SPEECH.search(title) or any(piece.text.startswith("同志们") for piece in preamble))


def _of_part(part: Node, nature: TaskNature, spoken: bool) -> Iterator[TaskDraft]:
    for node in _task_nodes(part, nature):
        own = nature_of(node.title.plain) if node.parent is part or node is part else None
        kind = own if nature == TaskNature.MEASURE and own == TaskNature.SAFEGUARD and node is part else nature
        yield from _of_node(node, part, kind, spoken)


def _task_nodes(node: Node, nature: TaskNature) -> Iterator[Node]:
    """The deepest headings that are tasks of their own, not items of a list."""
    below = [child for child in node.children if _is_task_below(child, node, nature)]
    if not below:
        yield node
        return
    for child in below:
        yield from _task_nodes(child, nature)


def _is_task_below(child: Node, parent: Node, nature: TaskNature) -> bool:
    if child.row is not None or child.style == Style.BULLET:
        return child.row is not None
    is_top = parent.parent is not None and parent.parent.parent is None
    if nature in {TaskNature.STEP, TaskNature.SAFEGUARD, TaskNature.GENERAL} and not is_top:
        return False
    if parent.style == Style.ARTICLE and _is_enumerated(parent):
        return False
    if child.is_spoken or child.style >= Style.ARABIC_BRACKET:
        if not child.is_spoken and child.style == Style.ARABIC_BRACKET and _only_names(parent):
            return True
        return (is_top or parent.style <= Style.CHINESE) and not (child.style == Style.STAR and _is_list(parent))
    return not _is_list(parent)


def _is_enumerated(parent: Node) -> bool:
    """The items of an article of rules: each but the last ends with a semicolon."""
    return len(parent.children) > 1 and all(child.statement[-1].plain.endswith("；") for child in parent.children[:-1])


def _only_names(parent: Node) -> bool:
    """A heading that only names what its items tell at length, each under a title of its own."""
    bare = len(parent.statement) == 1 and len(parent.title.text) >= len(parent.statement[0].plain.rstrip("。： "))
    return bare and len(parent.children) > 1 and all(_is_told(child.statement[0]) for child in parent.children)


def _is_list(parent: Node) -> bool:
    """Short items that complete a sentence before a colon, or the measures against a problem."""
    if parent.style == Style.HEAD and _REMEDIES.fullmatch(parent.statement[-1].plain):
        return True
    lengths = [len(piece.text) for child in parent.children for piece in child.statement]
    return parent.statement[-1].plain.endswith("：") and sum(lengths) / max(1, len(lengths)) < _SHORT


def _of_node(node: Node, part: Node, nature: TaskNature, spoken: bool) -> Iterator[TaskDraft]:
    intro, items = _spoken_items(node)
    problems = bool(items) and names_problems(intro.plain[-60:] + node.title.plain)
    is_head = node.style <= Style.CHINESE_BRACKET or (node is part and node.style == Style.ORDINAL)
    if items and is_head and (problems or _are_tasks(items, spoken)):
        kind = TaskNature.PROBLEM if problems else nature
        for item in items:
            yield _item_draft(node, part, kind, item)
        return
    if nature == TaskNature.GENERAL and node is part:
        return
    pieces = [piece for each in node.walk() for piece in each.statement]
    listed = [child.statement[0] for child in node.children] or [item.piece for item in items]
    yield TaskDraft(
        path=_path(node),
        printed=_printed(node),
        title=_trimmed(node.title),
        pieces=pieces,
        nature=nature,
        dimension=_dimension(node, part, nature),
        heading=node.statement[0],
        items=listed,
        is_running=node.style in {Style.ARABIC, Style.ARTICLE} and not node.is_spoken,
        is_head=node.style == Style.HEAD and bool(node.marker.printed),
        row=node.row,
    )


def _spoken_items(node: Node) -> tuple[Piece, list[Item]]:
    for piece in node.statement:
        intro, items = inline_items(piece)
        if items:
            return intro, items
    return node.title, []


def _are_tasks(items: list[Item], spoken: bool) -> bool:
    """Items that are told at length; a list of short demands belongs to one task."""
    long = sum(_is_told(item.piece) for item in items)
    return all(item.word for item in items) and (long * 2 > len(items) or (spoken and long > 0))


def _is_told(piece: Piece) -> bool:
    """More than one sentence, at some length or after a title."""
    parts = list(sentences(piece))
    has_title = len(parts[0].text) <= _TITLE and not re.search(r"\d", parts[0].plain)
    return len(parts) > 1 and len(piece.text) > (_SHORT_ITEM if has_title else _LONG_ITEM)


def _item_draft(node: Node, part: Node, nature: TaskNature, item: Item) -> TaskDraft:
    numeral = "一二三四五六七八九十"[item.value - 1] if item.value <= 10 else str(item.value)
    stem = _printed(node)
    joint = "·" if len(stem) == 1 else ""
    return TaskDraft(
        path=(*_path(node), item.value),
        printed=(*[each.rstrip("、") for each in stem], f"{joint}{_said(numeral, item.word)}"),
        title=_trimmed(title_of(item.piece), is_problem=nature == TaskNature.PROBLEM),
        pieces=[item.piece],
        nature=nature,
        dimension=_dimension(node, part, nature, is_item=True),
        heading=item.piece,
    )


def _said(numeral: str, word: str) -> str:
    """一是, 一要; 第一; 首先."""
    if len(word) > 1:
        return word
    return f"第{numeral}" if word == "第" else f"{numeral}{word}"


def _trimmed(title: Piece, is_problem: bool = False) -> Piece:
    if is_problem and (tail := _PROBLEM_TAIL.search(title.plain)):
        title = title.part(0, tail.start())
    if dates := _DATES.search(title.plain):
        title = title.part(0, dates.start())
    end = len(title.plain.rstrip("：；，。 "))
    bracket = re.search(r"\([^()]*$", title.plain[:end])
    title = title.part(0, bracket.start() if bracket and bracket.start() > 3 else end)
    lead = _LEADERS.match(title.plain)
    return title.part(lead.end()) if lead and lead[0] == "要" else title


def _path(node: Node) -> tuple[int, ...]:
    if node.marker.path:
        return node.marker.path
    return tuple(each.marker.value for each in reversed(list(node.ancestors())) if each.marker.value)


def _printed(node: Node) -> tuple[str, ...]:
    parts = []
    for each in reversed(list(node.ancestors())):
        printed = each.marker.printed
        if each.style in {Style.CHINESE_BRACKET, Style.ARABIC_BRACKET}:
            printed = f"（{printed}）"
        elif each.style in {Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE}:
            printed = f"第{printed}{'部分章节条'[0:2] if each.style == Style.PART else ' 章节 条'[each.style - 1]}"
        elif each.style == Style.CHINESE and each is not node:
            printed = f"{printed}、" if _child_in(node, each).style == Style.ARABIC else printed
        parts.append(printed)
    return tuple(parts)


def _child_in(node: Node, ancestor: Node) -> Node:
    """The child of the ancestor on the way down to the node."""
    while node.parent is not None and node.parent is not ancestor:
        node = node.parent
    return node


def _dimension(node: Node, part: Node, nature: TaskNature, is_item: bool = False) -> str:
    if nature in {TaskNature.GENERAL, TaskNature.STEP, TaskNature.SAFEGUARD} and part.style != Style.CHAPTER:
        return ORGANIZING
    if nature == TaskNature.PROBLEM:
        return dimension_name(node.title.plain)
    if node.row is not None and (node.row.kind or node is part or node.parent is None):
        return dimension_name(node.row.kind) if node.row.kind else _OF_TABLE
    above = node if is_item or node is part else node.parent
    if above is None or above.parent is None or is_generic(above.title.plain):
        above = node
    return dimension_name(above.title.plain)


def _number(drafts: list[TaskDraft]) -> None:
    """Arabic numerals that run through the document stand alone; others with the numerals above them."""
    own = (TaskNature.MEASURE, TaskNature.GENERAL, TaskNature.PROBLEM)
    heads = [draft for draft in drafts if draft.is_head]
    if len({draft.path[:-1] for draft in heads}) > 1 and len({draft.path[-1] for draft in heads}) == len(heads):
        for draft in heads:
            draft.is_running = True
    running = Counter(draft.path[-1] for draft in drafts if draft.is_running and draft.nature in own)
    parents = {draft.path[:-1] for draft in drafts if draft.is_running and draft.nature in own}
    # Figures that stand deep below a single heading do not run through the document.
    runs_on = max(running.values(), default=1) == 1 and not (len(parents) == 1 and len(next(iter(parents))) > 1)
    seen: Counter[str] = Counter()
    for draft in drafts:
        alone = (
            draft.is_running and runs_on and (draft.nature in own or (bool(running) and not running[draft.path[-1]]))
        )
        path = draft.path[-1:] if alone else draft.path
        number = ".".join(map(str, path))
        seen[number] += 1
        if seen[number] > 1:
            draft.why = f"编号 {number} 在文件中重复，请核对"
            number = (
                f"{number}.{seen[number]}" if f"{number}.{seen[number]}" not in seen else f"{number}.{len(seen) + 100}"
            )
            seen[number] += 1
        draft.number = number
