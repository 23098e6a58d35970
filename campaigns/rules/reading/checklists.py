"""The demands of a task that a person can answer: the items of its own list, else its sentences cut short."""

import re
from collections.abc import Iterator

from campaigns.rules.plans import PlanChecklistItem
from campaigns.rules.reading.lines import Piece, sentences

LONGEST = 60
MOST = 15
_RHETORIC = re.compile(
    r"^(?:以|坚持以|围绕|紧扣|按照|根据|为|切实增强|牢固树立|推动形成|努力形成|进一步凝聚|使|让|不断提(?:高|升)|增强)"
)
_DEED = re.compile(
    r"制定|建立|完善|健全|开展|落实|组织|推进|加强|抓好|做好|强化|严格|执行|纳入|列入|设立|成立|打造|创建|整治|排查"
    r"|查找|培育|选树"
    r"|报送|签订|公开|实行|推行|明确|配备|深化|举办|召开|学习|参加|解决|帮助|总结|宣传|督促|规范|用好|运用|深入|引导"
    r"|教育|落到实处"
)
_EVIDENCE = re.compile(r"制定|建立|台账|清单|方案|档案|记录|计划|报告|签订|总结|选树")
_OPENING = re.compile(r"^(?:要|并|同时|此外|其中|另外|积极|认真|切实|扎实|进一步|要求)(?=[\u4e00-\u9fff]{4,})")


def checklist(title: Piece, pieces: list[Piece], items: list[Piece]) -> Iterator[tuple[PlanChecklistItem, Piece]]:
    """Each item with the sentence it was read from."""
    found = _of_list(items) if items else _of_sentences(title, pieces)
    seen: set[str] = set()
    for text, piece in found:
        if text not in seen and len(seen) < MOST:
            seen.add(text)
            yield PlanChecklistItem(text, bool(_EVIDENCE.search(text))), piece


def _of_list(items: list[Piece]) -> Iterator[tuple[str, Piece]]:
    for item in items:
        first = next(sentences(item), item)
        yield _short(first), first


def _of_sentences(title: Piece, pieces: list[Piece]) -> Iterator[tuple[str, Piece]]:
    for piece in pieces:
        for sentence in sentences(piece):
            if sentence.end <= title.end + 1 and len(pieces) + len(piece.text) > len(title.text) + 6:
                continue
            if _DEED.search(sentence.plain) and not _RHETORIC.match(sentence.plain):
                yield _short(sentence), sentence


def _short(sentence: Piece) -> str:
    text = _OPENING.sub("", sentence.text.rstrip("。；！？，、 "))
    if len(text) <= LONGEST:
        return text
    cut = text.rfind("，", 8, LONGEST)
    return text[: cut if cut > 0 else LONGEST]
