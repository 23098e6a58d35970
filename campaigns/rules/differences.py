"""What changed between two filed versions of a record: field by field, and word by word in long texts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

# A run of Latin letters or digits is one word, as is every other character: Chinese writes none between blanks.
_WORD = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
# Two changes with less than this between them read better as one.
_ISLAND = 2

LABELS = {
    "kind": "类型",
    "title": "主题",
    "held_on": "日期",
    "held_at": "时间",
    "place": "地点",
    "hours": "时长",
    "group": "党小组",
    "host": "主持人",
    "recorder": "记录人",
    "parts": "包含内容",
    "attendance": "参加人员",
    "amount": "完成数量",
    "marks": "清单",
    "note": "说明",
    "minutes": "记录",
    "attachments": "附件",
}
LONG = frozenset({"minutes", "note"})
NOTHING = "未填"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed (``same``), went (``del``) or came (``ins``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that changed. Either ``pieces`` of a long text, or what went and what came."""

    code: str
    label: str
    pieces: tuple[Piece, ...] = ()
    removed: tuple[str, ...] = field(default=())
    added: tuple[str, ...] = field(default=())


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ, in the order of the form. Values are texts, lists of texts, or lists of {key, text}.

    A list in another order says the same.
    """
    found = (
        _difference(code, before.get(code), after.get(code))
        for code in LABELS
        if _normal(before.get(code)) != _normal(after.get(code))
    )
    return [each for each in found if each.pieces or each.removed or each.added]


def _normal(value: Any) -> Any:
    return value or ""


def _difference(code: str, before: Any, after: Any) -> Difference:
    if code in LONG:
        return Difference(code, LABELS[code], pieces=tuple(compare(str(before or ""), str(after or ""))))
    old, new = _texts(before), _texts(after)
    removed = tuple(text for key, text in old.items() if key not in new)
    added = tuple(text for key, text in new.items() if key not in old)
    return Difference(code, LABELS[code], removed=removed, added=added)


def _texts(value: Any) -> dict[str, str]:
    """Key → text of what the value holds: two of the same text are told apart by their keys."""
    if isinstance(value, list | tuple):
        pairs = (one if isinstance(one, Mapping) else {"key": one, "text": one} for one in value)
        return {str(pair["key"]): str(pair["text"]) for pair in pairs}
    text = str(value) if value not in (None, "") else NOTHING
    return {text: text}


def compare(before: str, after: str) -> list[Piece]:
    """Two texts as pieces: line by line first, then word by word in the lines that changed."""
    pieces: list[Piece] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for tag, old_from, old_to, new_from, new_to in _opcodes(old, new):
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "replace":
            pieces += _words(gone, come)
        else:
            pieces += _pieces(tag, gone, come)
    return _joined(pieces)


def _words(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, old_from, old_to, new_from, new_to in _opcodes(old, new):
        pieces += _pieces(tag, "".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
    return _without_islands(pieces)


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _pieces(tag: str, gone: str, come: str) -> list[Piece]:
    if tag == "equal":
        return [Piece("same", come)]
    return [Piece(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]


def _without_islands(pieces: list[Piece]) -> list[Piece]:
    """A lone character that happens to be the same between two changes is taken into the change."""
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        is_island = piece.kind == "same" and len(piece.text) < _ISLAND and 0 < index < len(pieces) - 1
        result += [Piece("del", piece.text), Piece("ins", piece.text)] if is_island else [piece]
    return result


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbouring changes gathered: all that went, then all that came."""
    result: list[Piece] = []
    gone = come = ""
    for piece in [*pieces, Piece("same", "")]:
        if piece.kind == "del":
            gone += piece.text
        elif piece.kind == "ins":
            come += piece.text
        else:
            result += _pieces("replace", gone, come)
            gone = come = ""
            if piece.text and result and result[-1].kind == "same":
                result[-1] = Piece("same", result[-1].text + piece.text)
            elif piece.text:
                result.append(piece)
    return result
