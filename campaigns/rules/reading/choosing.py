"""Which metric an amount belongs to: the terms nearest to it, those a list joins to them, else those said before."""

import re
from collections.abc import Sequence

from campaigns.rules.reading.amounts import Amount
from campaigns.rules.reading.clauses import Span
from campaigns.rules.reading.periods import Rhythm
from campaigns.rules.reading.terms import MANUAL, TERMS, Hit, Term, hits

# How far back in its sentence an amount may take its words from.
REACH = 400
_IDLE = re.compile(
    r"(?:每名|每个|每位|各|全体)?(?:党员|党支部|支部|党组织|机关|单位|干部|职工|要|应|须|需|都|均|开展|组织|召开|进行"
    r"|完成|至少|集中|参加|原则上|一般|累计|时间|次数|"
    r"人均|每人|确保|做到|坚持|并|且|其中|不|得|少于|低于|总|活动|以上|按照|的|标准|书记|定期|由|在|举行|实施|落实"
    r"|严格|例行|会议|左右|于|达到|为|其他|领导|班子|成员|委员|同志|分别|也|普通|一般)"
)
_HEADS = re.compile(r"书记(?!处)|领导(?:干部|班子|人员)|[局院校厅]领导|(?:班子|党组)成员|党委委员|负责(?:人|同志)")
_DEED = re.compile(r"[\u4e00-\u9fff](?:上|讲|作|开展|举办|举行|召开|组织|参加)[^，。；、]{2,}")
_LEADERS_LECTURE = next(term for term in TERMS if term.metric == "lecture.leader")
_LINKED = re.compile(r"联系(?:的)?(?:点|(?:基层)?(?:党)?支部|(?:基层)?单位)[^，。；]{0,24}$")
_GROUP = re.compile(r"中心组(?:(?!支部|职工)[^。；])*$")
_GROUP_STUDY = next(term for term in TERMS if term.metric == "study.central_group")
_LINKED_LECTURE = next(term for term in TERMS if term.metric == "lecture.linked_unit")
_TWO_REPORTS = next(term for term in TERMS if term.metric == "life.leader_attendance")


def terms_of(
    plain: str, said_often: Sequence[Rhythm], amount: Amount, segment: Span, title: str
) -> tuple[list[Term], bool]:
    """The metric's terms nearest to the amount: behind it, before it, in an earlier clause, in the task's title."""
    if each := _of_each_deed(plain[segment.start : amount.start], amount.unit):
        return each, True
    local = [moved(hit, segment.start) for hit in hits(segment.of(plain), amount.unit)]
    found = _nearest(local, amount, plain)
    if found:
        return found, True
    residue = segment.of(plain)
    said = [(each.start, each.end) for each in said_often] + [(amount.start, amount.end)]
    for start, end in said:
        if segment.holds(start):
            residue = residue.replace(plain[start:end], "")
    if len(_IDLE.sub("", residue).strip("，、。；：()“” ")) >= 3:
        return [MANUAL], False
    earlier = hits(plain[max(0, segment.start - REACH) : segment.start], amount.unit)
    if earlier:
        return [earlier[-1].term], True
    named = hits(title, amount.unit)
    if named:
        return [named[-1].term], True
    later = [hit for hit in hits(plain[segment.end :][:24], amount.unit) if hit.start < 12]
    return ([later[0].term], True) if later else ([MANUAL], False)


def _of_each_deed(before: str, unit: str) -> list[Term]:
    """书记上党课、纪委书记作辅导每年各不少于1次: the terms of several deeds that share an amount."""
    deeds = before.split("、") if before.endswith("各") else []
    if len(deeds) < 2 or not all(_DEED.search(deed) for deed in deeds):
        return []
    return [found[-1].term if (found := hits(deed, unit)) else MANUAL for deed in deeds]


def moved(hit: Hit, offset: int) -> Hit:
    """A hit of a part of a sentence, at its place in the whole."""
    return Hit(hit.start + offset, hit.end + offset, hit.term)


def _nearest(local: list[Hit], amount: Amount, plain: str) -> list[Term]:
    over = [hit for hit in local if hit.start < amount.end and hit.end > amount.start]
    if over:
        return [max(over, key=lambda hit: hit.term.weight).term]
    after = [hit for hit in local if hit.start >= amount.end]
    before = [hit for hit in local if hit.end <= amount.start]
    if after and after[0].start - amount.end <= 12:
        return listed(after, plain)
    if before:
        return listed(before[::-1], plain)
    return [after[0].term] if after else []


def listed(ordered: list[Hit], plain: str) -> list[Term]:
    """The first term, and those that a list joins to it."""
    terms, last = [ordered[0].term], ordered[0]
    for hit in ordered[1:]:
        between = plain[min(last.end, hit.end) : max(last.start, hit.start)]
        if not re.fullmatch(r"[”\"]?(?:、|和|及|与|以及)[“\"]?[\u4e00-\u9fff]{0,3}", between):
            break
        terms.append(hit.term)
        last = hit
    return list(dict.fromkeys(terms))


def by_deed(term: Term, before: str, title: str) -> Term:
    """What stands before makes of a term: a lecture of the heads, where they are linked to, a study of the group."""
    if term.metric == "life.double" and "一集中两报告" in before:
        return _TWO_REPORTS
    if term.metric == "study.sessions" and _GROUP.search(f"{title}，{before}"):
        return _GROUP_STUDY
    if term.metric != "activity.party_lecture" or not _HEADS.search(before):
        return term
    return _LINKED_LECTURE if _LINKED.search(before) else _LEADERS_LECTURE
