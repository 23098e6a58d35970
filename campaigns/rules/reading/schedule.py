"""The dated points, the stages and the cadences of a plan."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.enums import TaskNature
from campaigns.rules.plans import PlanCadence, PlanMilestone, PlanStage
from campaigns.rules.reading.days import Day, days, open_starts, stretches, whole_stretch
from campaigns.rules.reading.demands import Sentence
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.outline import Node
from campaigns.rules.reading.phases import phases, time_of, year_of
from campaigns.rules.reading.rates import rates
from campaigns.rules.reading.tasks import TaskDraft

NO_DAY = "文件没有写明日期，请确定"
ABOUT_DAY = "文件只写到月份，按月末计"
IN_RANGE = "文件没有写明起止日期，请确定"
ONE_END = "文件只写了一个日期，起止请核对"
_MONTH_OF = re.compile(
    r"(?:(?:开展|组织|利用|抓好|深入|集中|以|按照)[^，。；]{0,8})?[“\"]?[\u4e00-\u9fff]{2,10}(?:教育月|宣传月|活动月"
    r"|宣传周|活动周|警示月|纪律月)"
)
_STARTING = re.compile(r"年初(?:有|制定|制订|报|上报|印发|确定|编制)[^，。；]{0,16}(?:计划|方案|安排)|年初有计划")
_PHASE = re.compile(r"阶段")
_TRIM = re.compile(r"^[\s，、：；。()前之以于在力争确保要]+|[\s，、：；。(]+$")
_LABEL = re.compile(r"(?:完成|办结|整改)?(?:时限|时间|期限|日期|节点)(?:要求|节点)?：?")
_LONGEST_TITLE, _REACH = 60, 400


@dataclass(frozen=True)
class Found:
    """A part of the schedule with the sentence it was read from."""

    item: PlanMilestone | PlanStage | PlanCadence
    piece: Piece
    why: str = ""


def milestones(sentence: Sentence, source: str) -> Iterator[Found]:
    """The dated points of a sentence; one day of one sentence is one point."""
    seen: set[str] = set()
    for day in sentence.days:
        if day.due in seen:
            continue
        seen.add(day.due)
        why = day.why or (ABOUT_DAY if day.is_loose else "")
        yield Found(PlanMilestone(title=_deed(sentence, day), due=day.due, source=source), sentence.piece, why)


def rows_days(draft: TaskDraft) -> Iterator[Found]:
    """The days of a table's column of time, each a point of the task in its row."""
    if draft.row is None:
        return
    told = {day.due for piece in draft.pieces for day in days(piece.plain)}
    for day in draft.row.days():
        if day.due not in told:
            told.add(day.due)
            point = PlanMilestone(title=draft.title.text[:_LONGEST_TITLE], due=day.due, source=draft.source)
            yield Found(point, draft.row.whole, day.why)


def undated(sentence: Sentence, source: str) -> Iterator[Found]:
    """年初有计划, 党风廉政教育月: points whose day staff set."""
    match = _STARTING.search(sentence.plain)
    if match:
        title = "报送年度工作计划" if "计划" in match[0] else match[0]
        yield Found(PlanMilestone(title=title, source=source, note=NO_DAY), sentence.piece, NO_DAY)
    match = _MONTH_OF.search(sentence.plain)
    if match and not sentence.days and not stretches(sentence.plain):
        name = re.sub(r"^(?:开展|组织|利用|抓好|深入|集中|以|按照|[“\"])+", "", match[0])
        yield Found(PlanMilestone(title=name, source=source, note=NO_DAY), sentence.piece, NO_DAY)


def _label_before(plain: str, place: int) -> str:
    """完成时限 of 完成时限：10月底前."""
    words = re.findall(r"[\u4e00-\u9fff]+(?=：[^：；。)]*$)", plain[:place])
    return words[-1] if words else ""


def _cells(piece: Piece) -> list[Piece]:
    """The cells of a table's row, running numbers left out; empty for a line that is no row."""
    edges = [-1, *(match.start() for match in re.finditer(r"\|", piece.plain)), len(piece.plain)]
    cells = [piece.part(one + 1, two) for one, two in itertools.pairwise(edges)]
    return [cell for cell in cells if cell.text and not cell.plain.isdigit()] if len(edges) > 2 else []


def _deed(sentence: Sentence, day: Day) -> str:
    """What is to be done by the day: its clause without the day, or the next one when the day stands alone."""
    if cells := _cells(sentence.piece):
        return cells[0].text[:_LONGEST_TITLE]
    clause = sentence.clause(day.start)
    others = [other.start for other in sentence.days if day.end <= other.start < clause.end]
    joint = sentence.plain.rfind("、", day.end, others[0]) if others else -1
    end = joint if joint > 0 else min([clause.end, *others])
    before = sentence.plain.rfind("、", clause.start, day.start) if any(
        clause.start <= other.start < day.start for other in sentence.days) else clause.start - 1  # fmt: skip
    ahead = re.sub(
        r"(?:应当?|须|要|将|拟)?(?:于|在|每年|到|至|截至)+$", "", sentence.piece.text[before + 1 : day.start].rstrip()
    )
    text = _TRIM.sub("", ahead + sentence.piece.text[day.end : end])
    if _LABEL.fullmatch(text) or _LABEL.fullmatch(_label_before(sentence.plain, day.start)):
        text = re.split(r"[。(；]", sentence.piece.plain)[0].strip("（ ")[:_LONGEST_TITLE]
    if len(text) < 4:
        last = max([other.end for other in sentence.days if clause.holds(other.start)], default=day.end)
        text = _TRIM.sub("", sentence.piece.text[last : last + _LONGEST_TITLE].split("。")[0])
    return text[:_LONGEST_TITLE] or sentence.piece.text[:_LONGEST_TITLE]


def stages(drafts: Sequence[TaskDraft], parts: Sequence[Node]) -> list[Found]:
    """The steps of the part that orders the work in time, headings that call themselves stages, and running text."""
    found = list(_all_stages(drafts, parts))
    years = [each for each in found if isinstance(each.item, PlanStage) and _is_year(each.item)]
    return [each for each in found if each not in years] if len(years) == 1 else found


def _is_year(stage: PlanStage) -> bool:
    return stage.starts[4:] == "-01-01" and stage.ends == f"{stage.starts[:4]}-12-31" and stage.name.endswith("年")


def _all_stages(drafts: Sequence[TaskDraft], parts: Sequence[Node]) -> Iterator[Found]:
    seen: set[int] = set()
    headings = {draft.heading.start for draft in drafts}
    steps = {draft.heading.start for draft in drafts if draft.nature == TaskNature.STEP}
    for draft in drafts:
        if draft.nature == TaskNature.STEP or _PHASE.search(draft.title.plain):
            seen.add(draft.heading.start)
            yield _stage(draft.title, draft.heading, draft.pieces, draft.source)
    for part in parts:
        for node in part.walk():
            for piece in node.statement:
                if row := _row_stage(piece, node.title.plain):
                    yield row
                if piece.start not in seen and piece.start not in steps:
                    yield from _told(piece)
                match = re.match(
                    r"[(“]?第[一二三四五六]阶段[^，。；：]{0,12}(?:\(([^()]*月[^()]*)\))?[：，。]?", piece.plain
                )
                if match and piece.start not in seen and piece.start not in headings:
                    seen.add(piece.start)
                    title = piece.part(0, _phase_end(piece.plain))
                    yield _stage(title, piece, [piece], "")


def _told(piece: Piece) -> Iterator[Found]:
    """The stages in a paragraph's running text."""
    for phase in phases(piece.plain):
        stage = PlanStage(phase.name, phase.starts, phase.ends)
        yield Found(stage, piece, phase.why)


def _row_stage(piece: Piece, title: str) -> Found | None:
    """A row of the table of stages: its name and a cell that is a stretch of time."""
    cells = _cells(piece)
    if len(cells) < 2 or not re.search("时间|进度|阶段|步骤|日程", title):
        return None
    for cell in cells[1:]:
        found = stretches(cell.plain) or [each for each in [whole_stretch(cell.plain)] if each]
        if found and len(cell.text) <= 30:
            return Found(PlanStage(cells[0].text, found[0].starts, found[0].ends), piece, found[0].why)
    return None


def _phase_end(plain: str) -> int:
    stop = re.search("[。；]|：.{30,}", plain)
    return min(stop.start() if stop else len(plain), 40)


def _stage(title: Piece, heading: Piece, pieces: list[Piece], source: str) -> Found:
    if whole := year_of(re.split("[。；]", heading.plain)[0]) or year_of(title.plain):
        return Found(PlanStage(whole.name, whole.starts, whole.ends, source), heading)
    starts, ends, why = _ends(heading, pieces)
    text = heading.part(0, _phase_end(heading.plain)) if re.fullmatch("第.阶段", title.plain) else title
    name = re.sub(r"\([^()]*(?:月|年|底|季度)[^()]*\)?", "", text.plain)
    name = re.sub(r"^第.阶段[：，、\s]*(?=.{2,})", "", name)
    name = re.sub(r"[，：、]?\s*(?:时间)?[：]?\s*(?:20\d\d年)?\d{1,2}月.*$", "", name)
    return Found(PlanStage(name.strip("：，。 ") or title.text, starts, ends, source), heading, why)


_IN_BRACKET = re.compile(r"[^()，。；]{2,20}\(((?:20\d\d年)?(?:[上下]半年|第?[一二三四]季度))\)")


def _ends(heading: Piece, pieces: list[Piece]) -> tuple[str, str, str]:
    """From the heading, else from the first sentence that names a stretch, else the last day named."""
    first = heading.plain[:80]
    bracket = _IN_BRACKET.match(first)
    if bracket and (quarter := time_of(bracket[1])):
        return quarter.starts, quarter.ends, quarter.why
    for text in (first, *(piece.plain[:200] for piece in pieces)):
        found = stretches(text)
        if found:
            return found[0].starts, found[0].ends, found[0].why
        opened = open_starts(text)
        if opened:
            return opened[0].starts, "", IN_RANGE
    for match in re.finditer(r"\(([^()]*)\)|[：，]([^：，。]*)$", first.split("。")[0]):
        whole = whole_stretch(match[1] or match[2])
        if whole:
            return whole.starts, whole.ends, ""
    dues = [day.due for piece in pieces for day in days(piece.plain)]
    dues = [due for due in dues if len(due) == len(dues[0])]
    return ("", max(dues), ONE_END) if dues else ("", "", IN_RANGE)


_ISSUER_ACT = re.compile(r"听取|督查|督导|检查|通报|调度|评估|考核|巡查|抽查|研判|述职|点评")
# Reports to those above by a body or its head, in every period as such; a counted report is a target alone.
_REPORTS = re.compile(r"^[^，。；\d一二两三四]{0,4}向[^，。；\d]{0,24}(?:报告|述职)(?!会)[^，。；\d一二两三四]*$")
# Who follows up: a body above the branches, or nobody named after 每半月 in the part that organises the work.
_ABOVE = re.compile(
    r"(?<![各级属])(?:机关党委|党工委|工委|党组|组织部|专班|领导小组|(?:推进|指导|督导|工作|协调|领导)小?组|办公室|党(?:建|群)?办|党建科"
    r"|党群工作部|纪检组|委员会)(?:办公室)?(?:将|要|应|按|会)?$|^\s*$"
)
_ACTS = re.compile(
    r"(?:集中|专题|定期|组织|进行|开展|召开|实行|择优|全面|联合|至少|不少于)*(?:一次|1次|一轮)?(?:工作|创建|整改|进展|情况|专题|创评)*"
    r"(?:调度|通报|督查|督导|点评|拉练|研判|巡查|碰头|例会|督办|晾晒|讲评|推进(?:会|例会)|联席会|会商|分析会"
    r"|(?:收集|汇总|梳理|跟踪|盘点|更新|掌握)[^，。；、]{0,8}(?:进展|进度|情况|动态|台账))"
)
_CLOSED = re.compile(
    r"(?<=[，、])年[终底末](?:进行|组织|开展|实施)?(?:一次)?(?:总评|验收|考核|考评|综合考评|综合考核)(?=[，。；]|$)"
)
_BODIES = re.compile(r"党组|党委|工委|党组织书记|党总支")


def _several(sentence: Sentence, start: int, end: int) -> bool:
    """Several times in a period: a target alone."""
    return any(start <= amount.start < end and amount.at_least > 1 for amount in sentence.amounts)


def cadences(
    sentence: Sentence, source: str, issuer: re.Pattern[str], nature: TaskNature = TaskNature.SAFEGUARD
) -> Iterator[Found]:
    """月调度、季督查、年通报; and what the issuer does, or is reported, in every period."""
    words = rates(sentence.plain)
    for rate in words:
        yield Found(PlanCadence(rate.period.value, rate.title, source), sentence.piece)
    for rhythm in sentence.rhythms:
        if not rhythm.is_every or any(word.start <= rhythm.start < word.end for word in words):
            continue
        clause = sentence.clause(rhythm.start)
        own = sentence.plain[rhythm.end : clause.end]
        before = sentence.plain[max(clause.start, rhythm.start - _REACH) : rhythm.start]
        after_joint = re.search(r"[^、]*$", before)
        ahead = after_joint[0] if after_joint and rhythm is not sentence.rhythms[0] else before
        is_above = _ABOVE.search(ahead) and (ahead.strip() or nature != TaskNature.MEASURE)
        acts = issuer.search(before) and _ISSUER_ACT.search(own)
        by_issuer = acts and not _several(sentence, rhythm.start, clause.end)
        if by_issuer or (_REPORTS.search(own) and _BODIES.search(before)) or (is_above and _ACTS.match(own)):
            title = sentence.piece.text[clause.start : clause.end].strip(" ，。；：“”")
            yield Found(PlanCadence(rhythm.kind.value, title[:_LONGEST_TITLE], source), sentence.piece)
        else:
            continue
        if closing := _CLOSED.search(sentence.plain, rhythm.end):
            title = sentence.piece.text[closing.start() : closing.end()]
            yield Found(PlanCadence("year", title, source), sentence.piece)
    match = re.search(r"定期(?:对|开展|组织|进行)[^。；]{0,60}(?:督查|督导|通报|检查|调度)", sentence.plain)
    if match and issuer.search(sentence.plain[max(0, match.start() - 12) : match.start()]):
        title = f"{match[0][:24]}（原文未定频次，按季安排，可调整）"
        yield Found(PlanCadence("quarter", title, source), sentence.piece, "文件没有写明频次，按季安排")
