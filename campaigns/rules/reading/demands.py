"""The amounts that a sentence asks for, as targets: who, how often, how many, by when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from campaigns.enums import AudienceGroup, Basis
from campaigns.rules.plans import PlanTarget
from campaigns.rules.reading.amounts import Amount, amounts
from campaigns.rules.reading.audiences import (
    audience_of,
    by_person,
    names_a_head,
    names_only_each,
    names_somebody,
    subject_of,
)
from campaigns.rules.reading.choosing import REACH, by_deed, listed, moved, terms_of
from campaigns.rules.reading.clauses import Span, clauses, inner_clauses, segments
from campaigns.rules.reading.days import Day, days
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.numerals import written
from campaigns.rules.reading.periods import Limit, Rhythm, limits, rhythms
from campaigns.rules.reading.phases import spans as phase_spans
from campaigns.rules.reading.terms import MANUAL, Hit, Term, hits
from partybuild.lib.periods import PeriodKind

WHICH_METRIC = "没有对应的统计指标，请选择"
NO_PERIOD = "文件没有写明周期，请核对"
NO_AMOUNT = "文件没有写明次数，按1次计"
LOOSE = "文件写的是约数，按下限计"
_EVERY = re.compile(r"[一每]名?党员|每个")
_VERB = re.compile(
    r"(?:至少|集中|定期|专题|统一|带头|组织|开展|召开|进行|听取|研究|报送|上报|报告|汇报|签订|评选|通报|督查|督导"
    r"|检查|举办|更新|分析"
    r"|调度|制定|向|对|参加|讲|走访|联系|撰写|考核|评估|述职|编发|推荐|排查|研判|公示|培训|慰问|走访|点评|评比|梳理"
    r"|总结|安排|确定|选派|交流)"
)
_NO_FIGURE = re.compile(r"一定数量|若干|适量|不(?:得|能|应)?超过|至多|最多")
_ATTRIBUTE = re.compile(
    r"^(?:的(?!第)|度(?:考核|综合|述职|工作|计划|目标|重点|总结|评|民主|组织)|重点工作|工作(?:计划|要点|目标|总结)"
    r"|考核)"
)
_MADE = re.compile(
    r"(?:创建|创成|建成|建立|设立|培育|培树|打造|选树|评选|评出|命名|表彰|作出|联系|领办|结对|举办|开展|组织|召开"
    r"|形成|完成|选派|确定|配备"
    r"|推出|编印|征集|实现|认领|办好|解决|帮扶|安排|划拨|投入|推荐|报送|撰写|发展|培养|开设|制作|提供|签订|明确|承诺|成立|设置|挂牌|招募|开发|包保|包联|包抓|包干|认养|提出?|创作|拍摄"
    r"|走访|慰问|遴选|推选|推树|攻坚"
    r"|化解|办理|办成|组建|与|参加|观看|述职|达|新建|建设|建好|学习|讲|上)[^，。；]{0,12}$"
)
_HANDED = re.compile(
    r"(?:签订|签署|建立|配备|明确|确定|结对|联系|包抓|领办|认领|设立|设置|建好|建成|选派|挂钩|帮扶|承诺|参与|与|办好"
    r"|设)[^，。；、]{0,5}$"
)
_PAST = re.compile(
    r"(?:去年|上年|目前|现有|共有|已(?:经)?|以来|先后|曾|了|(?<!所)辖|抽查|(?<!总)共(?!建|同|创|享))[^，。；]{0,10}$"
    r"|第$"
)
_LAST_YEAR = re.compile(r"(?:去年|上年|过去|回顾|一年来|近年来|目前|今年以来|截至)")
# 每位处级干部要领学一次、主讲一次: once each; 普遍轮训一遍.
_EACH = re.compile(r"(?:每[名位个人]|人均|各支部)[^，。；]*[\u4e00-\u9fff]{2}$")
_TIMES = {"次", "场", "堂", "节", "篇", "课"}
_OVER = re.compile(r"(?:轮训|培训|走访|体检|排查|过|谈|学习|检查|督查)$")
# 2025年仅研讨3次: what was found wanting.
_ONLY = re.compile(r"(?<!不)(?:仅仅|仅(?!限)|只有|只(?!要|有)|不足)[^，。；]{0,12}$")
# The objects that stand before this one under the same verb: 联系1个学院、1个支部和2个班级.
_PARALLEL = re.compile(
    r"(?:\d+|[一两])(?:[-至]\d+)?[个名户家支处项件条篇份场次期][^\d，。；、和及与]{1,12}(?:、|和|及|与)"
)
# 每月一学: once in every period.
_A_SAYING = re.compile(r"一(?:学|练|测|考|评|谈|访|研|会|议|查|报|研讨|交流|主题|排查)(?=[”\"、，。；]|$)")
# A clause with its own subject, or with papers handed out, asks once; it takes no period from the clause before.
_ANEW = re.compile(
    r"每人(?:包|联系|领办|认领|结对|帮|挂|负责|承担|撰写|提)|(?:每名|每位|每个|各)[^，。；]{2,12}(?:撰写|参加|联系|记|完成|提交|开展)|(?:组织|发放|赠送|评选)[^，。；]{4,}(?:不少于|至少)|(?:评选|选树|表彰|命名)[^，。；]{2,}\d"
)
# 由11个增加到20个以上: a state that is reached, not a deed of a period.
_REACHES = re.compile(r"(?:增加|提高|提升|扩大|增长|扩充|拓展)(?:到|至|为)$")
# 每名党员作1次发言, 每个支部选定1至2个课题: an amount for each of them.
_OF_EACH = re.compile(r"每[个名位][^，。；、每\d]{2,24}[\u4e00-\u9fff]$")
_ACCORDING = re.compile(r"(?:按照|根据|对照|依据|围绕)[^，。；]{0,16}")
_ONLY_DAY = 6
_FAR = 40


@dataclass(frozen=True)
class Demand:
    """A target with the place it was read from, within its sentence, and why it is to be checked."""

    target: PlanTarget
    start: int
    end: int
    why: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence with all that the grammars find in it."""

    piece: Piece
    plain: str
    clauses: Sequence[Span]
    amounts: Sequence[Amount]
    rhythms: Sequence[Rhythm]
    limits: Sequence[Limit]
    days: Sequence[Day]

    @classmethod
    def of(cls, piece: Piece) -> "Sentence":
        """Reads a sentence; amounts that are part of a period, a day or a limit are none."""
        plain = piece.plain
        told = phase_spans(plain)
        dates = [day for day in days(plain) if not any(start <= day.start < end for start, end in told)]
        bounds = limits(plain)
        # 上半年完成 names the day by which, not a period.
        periods = [each for each in rhythms(plain) if not any(day.start < each.start < day.end for day in dates)]
        taken = [(each.start, each.end) for each in periods]
        taken += [(each.start, each.end) for each in bounds] + [(each.start, each.end) for each in dates]
        counted = [
            amount for amount in amounts(plain)
            if all(amount.start >= end or amount.end <= start for start, end in taken)
        ]  # fmt: skip
        spans = [inner for span in clauses(plain) for inner in inner_clauses(plain, span)]
        return cls(piece, plain, spans, counted, periods, bounds, dates)

    def clause(self, place: int) -> Span:
        """The clause that holds a place."""
        return next((span for span in self.clauses if span.holds(place)), Span(0, len(self.plain)))

    def phrase(self, start: int, end: int) -> str:
        """The document's words from clause to clause around a place."""
        begin, stop = self.clause(start).start, max(self.clause(max(start, end - 1)).end, end)
        return self.piece.text[begin:stop].strip(" 　，；。：、（）()“”") or self.piece.text[:60]


def demands(sentence: Sentence, title: str, nature: str) -> list[Demand]:
    """The targets of a sentence that name an amount, or a period with something to be done in it."""
    found: list[Demand] = []
    used: set[Rhythm] = set()
    for clause in sentence.clauses:
        for amount, segment in segments(sentence.plain, clause, sentence.amounts).items():
            period, rhythm, day = _period(sentence, amount, segment)
            demand = _of_amount(sentence, amount, segment, title, period, rhythm, day, nature)
            if rhythm is not None:
                used.add(rhythm)
            found += _of_them(sentence, amount, found[-1:], list(demand))
    for rhythm in sentence.rhythms:
        if rhythm not in used and rhythm.is_every:
            found += _implied(sentence, rhythm)
    return found


def _of_them(sentence: Sentence, amount: Amount, last: list[Demand], found: list[Demand]) -> list[Demand]:
    """其中围绕业务开展的不少于6次: some of what was asked last, so of the same metric."""
    before = sentence.plain[sentence.clause(amount.start).start : amount.start].strip()
    if not last or last[0].target.unit != amount.unit or not re.match("其中.*的(?:主题党日)?$", before):
        return found
    of = last[0].target
    return [
        replace(
            each,
            target=replace(each.target, metric=of.metric, subject=of.subject, kinds=of.kinds, group=of.group),
            why=last[0].why,
        )
        for each in found
    ]


def _period(sentence: Sentence, amount: Amount, segment: Span) -> tuple[PeriodKind | None, Rhythm | None, Day | None]:
    """The period and the day of an amount: in its own part, else the last named before it in the sentence."""
    inside = [each for each in sentence.rhythms if segment.holds(each.start)]
    before = [each for each in inside if each.start < amount.start]
    after = [each for each in inside if each.start >= amount.end]
    rhythm = next(iter(before[-1:] or after[:1]), None)
    earlier = [each for each in sentence.rhythms if each.start < amount.start]
    dated = [each for each in sentence.days if each.start < amount.start]
    day = dated[-1] if dated else None
    bound = [each for each in sentence.limits if each.within_days and segment.start <= each.start < amount.start]
    if bound and not inside:
        return PeriodKind.EVENT, None, None
    begins_anew = _ANEW.match(sentence.clause(amount.start).of(sentence.plain).lstrip())
    reaches = _REACHES.search(sentence.plain[max(0, amount.start - REACH) : amount.start])
    carries = not reaches and amount.unit not in {"%", "处", "平方米"} and not amount.is_cover and not begins_anew
    if rhythm is None and earlier and carries and (day is None or day.start <= earlier[-1].start):
        rhythm = earlier[-1]
    if day is not None and not _reaches(sentence, day, segment):
        day = None
    if rhythm is not None:
        return rhythm.kind, rhythm, day if day and (day.start >= rhythm.start or segment.holds(day.start)) else None
    if day is None:
        return None, None, None
    ends_year = day.due.endswith("12-31") and "月" not in sentence.plain[day.start : day.end]
    return (PeriodKind.YEAR if ends_year and not _says_before(sentence, day) else PeriodKind.ONCE), None, day


def _says_before(sentence: Sentence, day: Day) -> bool:
    return "前" in sentence.plain[day.start : day.end]


def _reaches(sentence: Sentence, day: Day, segment: Span) -> bool:
    """A day holds for its own clause, and for those that follow when it stands alone at the head."""
    clause = sentence.clause(day.start)
    if clause.start == sentence.clause(segment.start).start:
        return True
    alone = len(clause.of(sentence.plain).strip()) - (day.end - day.start) <= _ONLY_DAY
    return alone and clause.start <= segment.start


def _of_amount(
    sentence: Sentence,
    amount: Amount,
    segment: Span,
    title: str,
    period: PeriodKind | None,
    rhythm: Rhythm | None,
    day: Day | None,
    nature: str,
) -> Iterator[Demand]:
    terms, is_known = terms_of(sentence.plain, sentence.rhythms, amount, segment, title)
    each_time = re.search("每(?:次|期|场)[^，。；]{0,6}$", sentence.plain[segment.start : amount.start])
    if each_time:
        period, rhythm = PeriodKind.EACH_MEETING, None
    if period is None and not _stands_alone(sentence, amount, terms[0], nature):
        return
    if not amount.is_bound and _ONLY.search(sentence.plain[max(0, amount.start - REACH) : amount.start]):
        return
    written_out = not re.search(r"\d", sentence.plain[amount.start : amount.end])
    if day and amount.unit in {"张", "份"} and written_out and not amount.is_bound:
        return
    kind, why = _usual_period(amount, period)
    if not is_known:
        why = why or WHICH_METRIC
    if amount.is_loose:
        why = why or LOOSE
    start = min(amount.start, rhythm.start if rhythm and rhythm.start < amount.start else amount.start)
    if amount.start - start > _FAR:
        start = amount.start
    before = sentence.plain[max(sentence.clause(start).start, amount.end - REACH) : amount.end]
    own = sentence.plain[max(sentence.clause(amount.start).start, amount.end - REACH) : amount.end]
    ahead = sentence.plain[max(0, amount.start - REACH) : amount.start]
    said = own if each_time else _asked(sentence, start, before)
    for term in terms:
        asked = by_person(by_deed(term, ahead, title), own if names_somebody(own) else before, said)
        why = why or (WHICH_METRIC if asked is MANUAL else "")
        target = _target(asked, amount, kind, before, sentence.phrase(start, amount.end))
        target = replace(target, subject=subject_of(asked, said, amount.unit))
        due = day.due if day else ""
        if period == PeriodKind.EVENT:
            near = [each for each in sentence.limits if each.within_days and each.start < amount.start]
            target = replace(target, within_days=near[-1].within_days if near else None)
        yield Demand(replace(target, due=due, by_day=rhythm.by_day if rhythm else None), start, amount.end, why)


def _asked(sentence: Sentence, start: int, before: str) -> str:
    """The clause that says of whom an amount is asked: its own, else the nearest before it in the sentence."""
    if names_somebody(before) and not names_only_each(before):
        return before
    first = sentence.clause(start).start
    earlier = [span.of(sentence.plain) for span in sentence.clauses if first - REACH < span.start < first]
    named = next((text for text in reversed(earlier) if names_somebody(text)), "")
    return named if named and (not names_only_each(before) or names_a_head(named)) else before


def _usual_period(amount: Amount, period: PeriodKind | None) -> tuple[PeriodKind, str]:
    if period is not None:
        return period, ""
    if amount.is_cover:
        return PeriodKind.ONCE, NO_PERIOD
    return PeriodKind.YEAR, NO_PERIOD


def _stands_alone(sentence: Sentence, amount: Amount, term: Term, nature: str) -> bool:
    """Whether an amount without a period is a demand all the same."""
    if re.search(r"[《“][^》”]*$", sentence.plain[: amount.start]):
        return False
    if amount.unit == "%" or amount.is_bound:
        return True
    clause = sentence.clause(amount.start)
    before, behind = sentence.plain[clause.start : amount.start], sentence.plain[amount.end : clause.end]
    before = _PARALLEL.sub("", before)
    if amount.unit == "批" or _PAST.search(before) or _LAST_YEAR.match(sentence.plain):
        return False
    if re.search(r"\d", sentence.plain[amount.start : amount.end]):
        return bool(_MADE.search(before) or _OF_EACH.search(before)) or (
            len(before) >= 4 and not behind.strip(" 、”）)")
        )
    return bool(_HANDED.search(before) or (amount.unit in _TIMES and _EACH.search(before))) or (
        amount.unit == "遍" and bool(_OVER.search(before))
    )


def _target(term: Term, amount: Amount, period: PeriodKind, before: str, phrase: str) -> PlanTarget:
    subject = subject_of(term, before)
    kinds, group = audience_of(term, before, subject)
    whole = amount.unit == "遍" and amount.at_least == 1 and period in {PeriodKind.YEAR, PeriodKind.ONCE}
    return PlanTarget(
        metric=term.metric,
        subject=subject,
        period=period.value,
        at_least="1" if whole else written(amount.at_least),
        at_most=written(amount.at_most) if amount.at_most else "",
        unit="%" if whole else amount.unit,
        basis=Basis.STATED.value,
        kinds=kinds,
        group=group,
        phrase=phrase,
    )


def _implied(sentence: Sentence, rhythm: Rhythm) -> Iterator[Demand]:
    """每年向市委报告: a period with something to be done in it, and no amount."""
    clause = sentence.clause(rhythm.start)
    following = [each.start for each in sentence.rhythms if each.start > rhythm.start]
    end = min([clause.end, *following])
    own = sentence.plain[rhythm.end : end]
    if _NO_FIGURE.search(own) or _ATTRIBUTE.match(own) or (own.strip() == "" and not rhythm.by_day):
        return
    before = _said_ahead(sentence, rhythm, clause)
    if own.startswith("、") and (amount := _shared(sentence, rhythm, clause)):
        yield from _of_list(sentence, rhythm, amount, before, end)
        return
    # What follows the list's mark belongs to the next period.
    local = [] if own.startswith("、") else [
        moved(hit, rhythm.end) for hit in hits(own) if hit.term.takes(_unit(hit.term))
    ]  # fmt: skip
    due = next((day.due for day in sentence.days if clause.holds(day.start) and day.start >= rhythm.start), "")
    terms = listed(local, sentence.plain) if local else [before[-1].term] if before else [MANUAL]
    if terms[0] is MANUAL and not rhythm.by_day and not _VERB.search(own[:12]) and not _A_SAYING.match(own):
        return
    amount = Amount(rhythm.end, rhythm.end, Decimal(1), "次")
    for term in terms:
        target = _target(
            term, amount, rhythm.kind, sentence.plain[: rhythm.end][-80:], sentence.phrase(rhythm.start, end)
        )
        target = replace(target, unit=_unit(term), by_day=rhythm.by_day, due=due)
        yield Demand(target, rhythm.start, end, NO_AMOUNT)


def _said_ahead(sentence: Sentence, rhythm: Rhythm, clause: Span) -> list[Hit]:
    """The terms that stand before a period in its clause; what something is done by is none of them."""
    first = max(clause.start, rhythm.start - REACH)
    ahead = hits(_ACCORDING.sub(lambda match: " " * len(match[0]), sentence.plain[first : rhythm.start]))
    return [moved(hit, first) for hit in ahead if hit.term.takes(_unit(hit.term))]


def _shared(sentence: Sentence, rhythm: Rhythm, clause: Span) -> Amount | None:
    """The amount that a list of periods ends with."""
    later = [each.end for each in sentence.rhythms if rhythm.end < each.start < clause.end]
    return next((each for each in sentence.amounts if later and later[0] <= each.start < clause.end), None)


def _of_list(sentence: Sentence, rhythm: Rhythm, amount: Amount, before: list[Hit], end: int) -> Iterator[Demand]:
    """党员大会每季度、支委会每月不少于一次: the amount at the end belongs to every period of the list."""
    who = sentence.plain[sentence.clause(rhythm.start).start : rhythm.start]
    for term in listed(before[::-1], sentence.plain) if before else [MANUAL]:
        target = _target(term, amount, rhythm.kind, who, sentence.phrase(rhythm.start, end))
        yield Demand(target, rhythm.start, rhythm.end, WHICH_METRIC if term is MANUAL else "")


def _unit(term: Term) -> str:
    if term is MANUAL:
        return "次"
    return {"integrity.pledge": "份", "agreement.signed": "份", "plan.filed": "份", "info.items": "条",
            "study.books": "本", "project.branch": "个", "contact.point": "个", "youth.models": "批",
    }.get(term.metric, "次")  # fmt: skip


def for_issuer(target: PlanTarget, kinds: tuple[str, ...]) -> PlanTarget:
    """The same target, asked of those who send the plan out."""
    return replace(target, kinds=kinds, group=AudienceGroup.ISSUER.value)
