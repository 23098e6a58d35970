"""``read_plan``: a document's text becomes a draft of a campaign, each part of it tied to its sentence."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from campaigns.enums import Basis, TaskNature
from campaigns.rules.plans import Plan, PlanCadence, PlanDimension, PlanMilestone, PlanStage, PlanTarget, PlanTask
from campaigns.rules.reading.checklists import checklist
from campaigns.rules.reading.days import stretches
from campaigns.rules.reading.demands import NO_AMOUNT, NO_PERIOD, Demand, Sentence, demands
from campaigns.rules.reading.headers import Header, header_of
from campaigns.rules.reading.institutions import Rules, days_of, institutions
from campaigns.rules.reading.lines import Piece, normalised, paragraphs, sentences
from campaigns.rules.reading.markers import apart
from campaigns.rules.reading.natures import ORGANIZING, nature_of
from campaigns.rules.reading.norms import SET, likewise, norms
from campaigns.rules.reading.outline import Node, Outline, outline_of
from campaigns.rules.reading.rates import rates
from campaigns.rules.reading.schedule import NO_DAY, Found, cadences, milestones, rows_days, stages, undated
from campaigns.rules.reading.seats import FoundSeat, seats
from campaigns.rules.reading.shapes import DRAFT_CODE, MAX_CHARACTERS, UNNAMED, Evidence, Reading, ReadingError
from campaigns.rules.reading.sound import is_sound, tidy
from campaigns.rules.reading.tables import Row, only_in_tables, rows_of
from campaigns.rules.reading.tasks import TaskDraft, is_speech, tasks_of
from campaigns.rules.reading.terms import EVERYONE, ISSUER

TOO_LONG = f"文件超过 {MAX_CHARACTERS:,} 字，请拆分后再读取。"
EMPTY = "文件没有文字。"
NO_TASKS = "没有读出编号的任务，请检查文件是否为方案，或手工添加任务。"
NO_TITLE = "文件没有标题，名称请填写。"
NAME_FROM_TEXT = "文件没有标题，名称取自正文，请核对。"
NO_YEAR = "文件没有写明年度，请填写。"
BY_HAND = "按清单逐项完成，由规则表提出，请核对"
SHORT_TITLE = "标题由正文截取，请核对"


# Reasons for which a demand that is made twice in one task is taken once.
_WEAK = {SET, NO_PERIOD, NO_AMOUNT}


@dataclass
class _Task:
    """A task with what was read from its sentences."""

    draft: TaskDraft
    sentences: list[Sentence]
    found: list[tuple[Demand, Sentence]]


def read_plan(text: str, *, rules: Rules) -> Reading:
    """Reads a plan; raises ``ReadingError`` for one that is longer than 50,000 characters, and for nothing else."""
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(TOO_LONG)
    text = normalised(text)
    lines = [part for line in paragraphs(text) for part in apart(line)]
    outline = outline_of(lines)
    body = [piece for part in outline.parts for node in part.walk() for piece in node.statement]
    header = header_of(outline.preamble, body, outline.tail)
    drafts = tasks_of(outline, is_speech(header.title, outline.preamble))
    rows = rows_of(lines)
    if rows and only_in_tables(rows, _told(drafts, rows)):
        outline = outline_of(lines, rows)
        drafts = tasks_of(outline, False)
    tasks = [_read_task(draft, rules) for draft in drafts]
    _give_homes(outline, tasks, rules)
    return _assembled(text, outline, header, tasks, rules)


def _told(drafts: list[TaskDraft], rows: Mapping[int, Row | None]) -> int:
    """How many tasks a document tells beside its tables."""
    return sum(
        draft.nature == TaskNature.MEASURE and all(piece.start not in rows for piece in draft.pieces)
        for draft in drafts
    )


def _read_task(draft: TaskDraft, rules: Rules) -> _Task:
    """The sentences of a task and the demands in them."""
    found: list[tuple[Demand, Sentence]] = []
    read = [Sentence.of(sentence) for piece in draft.pieces for sentence in sentences(piece)]
    for sentence in read:
        if draft.nature == TaskNature.PROBLEM:
            continue
        read_here = _figures if draft.nature == TaskNature.GENERAL else stated
        found += [
            (demand, sentence)
            for demand in read_here(sentence, draft.title.plain, draft.nature.value, rules)
            if not (demand.why in _WEAK and any(_is_same(demand.target, other.target) for other, _ in found))
        ]
    return _Task(draft, read, found)


def _give_homes(outline: Outline, tasks: list[_Task], rules: Rules) -> None:
    """Figures that stand above or outside the tasks, among the aims, go with the next task, to be checked."""
    if not tasks:
        return
    measures = [task for task in tasks if task.draft.nature not in {TaskNature.GENERAL, TaskNature.PROBLEM}] or tasks
    for node, sentence in _outside(outline, tasks):
        nature = nature_of(node.title.plain) or TaskNature.MEASURE
        read_here = _figures if nature == TaskNature.GENERAL else stated
        after = [task for task in measures if task.draft.heading.start > sentence.piece.start]
        home = (after or measures[-1:])[0]
        for demand in read_here(sentence, node.title.plain, nature.value, rules):
            why = f"写在“{node.title.text[:20]}”部分，请核对归到哪项任务"
            home.found.append((replace(demand, why=why), sentence))


def _outside(outline: Outline, tasks: list[_Task]) -> Iterator[tuple[Node, Sentence]]:
    """The sentences that belong to no task, with the heading above them."""
    starts = sorted(piece.start for task in tasks for piece in task.draft.pieces)
    held = set(starts)
    for part in outline.parts:
        for node in part.walk():
            for piece in node.statement:
                place = bisect_left(starts, piece.start)
                if piece.start not in held and not (place < len(starts) and starts[place] < piece.end):
                    yield from ((node, Sentence.of(sentence)) for sentence in sentences(piece))


def stated(sentence: Sentence, title: str, nature: str, rules: Rules) -> list[Demand]:
    """The demands that a sentence states, each place read once."""
    special = norms(sentence, lambda code: days_of(rules, code))
    words = rates(sentence.plain)
    plain = [
        demand
        for demand in demands(sentence, title, nature)
        if not any(word.start <= demand.start < word.end or demand.start <= word.start < demand.end for word in words)
    ]
    plain = [demand for demand in plain if not (demand.why == NO_AMOUNT and _overlaps(demand, special))]
    plain += likewise(sentence, plain)
    special = [each for each in special if not any(_is_same(each.target, other.target) for other in plain)]
    return sorted((each for each in [*plain, *special] if is_sound(each.target)), key=lambda demand: demand.start)


def _overlaps(demand: Demand, others: list[Demand]) -> bool:
    return any(demand.start < other.end and other.start < demand.end for other in others)


def _figures(sentence: Sentence, title: str, nature: str, rules: Rules) -> list[Demand]:
    """What a sentence about aims states as a figure; its sayings and habits are no demands."""
    return [demand for demand in stated(sentence, title, nature, rules) if demand.why not in {SET, NO_AMOUNT}]


def _is_same(one: PlanTarget, other: PlanTarget) -> bool:
    return replace(one, phrase="", subject="", group="") == replace(other, phrase="", subject="", group="")


def _assembled(text: str, outline: Outline, header: Header, tasks: list[_Task], rules: Rules) -> Reading:
    evidence = Evidence()
    issuer = _issuer_pattern(header.issuer)
    dimensions = _dimensions(tasks, rules, evidence)
    points, rhythm = _schedule(outline, tasks, issuer)
    steps = list(stages([task.draft for task in tasks], outline.parts))
    points = _without_steps(points, steps)
    group = seats(_pieces_with_source(outline, tasks), (header.issuer, header.issuer_piece))
    _note_schedule(evidence, points, steps, rhythm, group)
    _note_header(evidence, header)
    plan = Plan(
        code=DRAFT_CODE,
        name=header.name or UNNAMED,
        level=header.level,
        year=header.year,
        title=header.title,
        dimensions=dimensions,
        milestones=tuple(each.item for each in points if isinstance(each.item, PlanMilestone)),
        stages=tuple(each.item for each in steps if isinstance(each.item, PlanStage)),
        cadences=tuple(each.item for each in rhythm if isinstance(each.item, PlanCadence)),
        leading_group=tuple(found.seat for found in group),
    )
    return Reading(tidy(plan), text, tuple(evidence.findings), tuple(_remarks(text, header, tasks)), header.issuer)


def _dimensions(tasks: list[_Task], rules: Rules, evidence: Evidence) -> tuple[PlanDimension, ...]:
    """The tasks under their dimensions; what organises the work stands last."""
    names = list(dict.fromkeys(task.draft.dimension for task in tasks))
    names.sort(key=lambda name: name == ORGANIZING)
    made = []
    for index, name in enumerate(names):
        members = [task for task in tasks if task.draft.dimension == name]
        evidence.add(f"dimensions/{index}", "dimension", members[0].draft.heading.place)
        built = tuple(
            _task(task, f"dimensions/{index}/tasks/{place}", rules, evidence) for place, task in enumerate(members)
        )
        made.append(PlanDimension(name or UNNAMED, built))
    return tuple(made)


def _task(task: _Task, path: str, rules: Rules, evidence: Evidence) -> PlanTask:
    draft = task.draft
    whole = Piece(draft.heading.text, draft.heading.start)
    evidence.add(path, "task", whole.place, draft.why or (SHORT_TITLE if len(draft.title.text) < 2 else ""))
    items = list(checklist(draft.title, draft.pieces, draft.items)) if draft.nature != TaskNature.GENERAL else []
    for index, (_, piece) in enumerate(items):
        evidence.add(f"{path}/checklist/{index}", "checklist", piece.place)
    targets = [*task.found, *_implied(task, rules)]
    if draft.nature != TaskNature.GENERAL and (items or not targets):
        targets.append((_by_hand(draft), (task.sentences or [Sentence.of(draft.heading)])[0]))
    for index, (demand, sentence) in enumerate(targets):
        evidence.add(f"{path}/targets/{index}", "target", sentence.piece.place, demand.why)
    return PlanTask(
        number=draft.number,
        title=draft.title.text or draft.heading.text[:30],
        wording="".join(piece.text for piece in draft.pieces)[:2000],
        source=draft.source,
        nature=draft.nature.value,
        checklist=tuple(item for item, _ in items),
        targets=tuple(demand.target for demand, _ in targets),
    )


def _implied(task: _Task, rules: Rules) -> Iterator[tuple[Demand, Sentence]]:
    """What the institutions of a task imply, where the task itself states no figure for them."""
    if task.draft.nature in {TaskNature.GENERAL, TaskNature.PROBLEM}:
        return
    seen = {demand.target.metric for demand, _ in task.found}
    for sentence in task.sentences:
        for demand in institutions(sentence, rules):
            if demand.target.metric not in seen:
                seen.add(demand.target.metric)
                yield demand, sentence


def _by_hand(draft: TaskDraft) -> Demand:
    kinds = ISSUER if draft.nature == TaskNature.SAFEGUARD else EVERYONE
    target = PlanTarget(
        metric="manual", subject="organization", period="year", at_least="1", unit="项", basis=Basis.RULE.value,
        kinds=EVERYONE if kinds == ISSUER else kinds, phrase=draft.title.text,
    )  # fmt: skip
    return Demand(target, 0, 0, BY_HAND)


def _schedule(outline: Outline, tasks: list[_Task], issuer: re.Pattern[str]) -> tuple[list[Found], list[Found]]:
    """Milestones and cadences of the whole document, its introduction and the lines above its tasks included."""
    points: list[Found] = []
    rhythm: list[Found] = []
    for sentence in _ahead(outline):
        rhythm += cadences(sentence, "", issuer, TaskNature.GENERAL)
    for sentence, source, nature in _all_sentences(outline, tasks):
        points += milestones(sentence, source)
        if nature in {TaskNature.MEASURE, TaskNature.STEP, TaskNature.SAFEGUARD}:
            points += undated(sentence, source)
        rhythm += cadences(sentence, source, issuer, nature)
    for task in tasks:
        dated = any(sentence.days or stretches(sentence.plain) for sentence in task.sentences)
        points += rows_days(task.draft)
        if task.draft.nature == TaskNature.STEP and not dated:
            points += _step_without_day(task)
    return points, rhythm


def _step_without_day(task: _Task) -> Iterator[Found]:
    milestone = PlanMilestone(title=task.draft.title.text, source=task.draft.source, note=NO_DAY)
    yield Found(milestone, task.draft.heading, NO_DAY)


def _ahead(outline: Outline) -> Iterator[Sentence]:
    """The sentences of the introduction, titles and salutations left out."""
    for piece in outline.preamble:
        if piece.plain.endswith(("。", "；")):
            yield from (Sentence.of(sentence) for sentence in sentences(piece))


def _all_sentences(outline: Outline, tasks: list[_Task]) -> Iterator[tuple[Sentence, str, TaskNature]]:
    for _, sentence in _outside(outline, tasks):
        yield sentence, "", TaskNature.GENERAL
    for task in tasks:
        for read in task.sentences:
            yield read, task.draft.source, task.draft.nature


def _without_steps(points: list[Found], steps: list[Found]) -> list[Found]:
    """The days in the heading of a stage are its ends, not points of their own."""
    headings = [(found.piece.start, found.piece.start + _heading_end(found.piece)) for found in steps]
    return [found for found in points if not any(start <= found.piece.start < end for start, end in headings)
            or not getattr(found.item, "due", "")]  # fmt: skip


def _heading_end(piece: Piece) -> int:
    stop = re.search("[。；]", piece.plain)
    return stop.start() if stop else 1


def _pieces_with_source(outline: Outline, tasks: list[_Task]) -> list[tuple[Piece, str]]:
    sources = {piece.start: task.draft.source for task in tasks for piece in task.draft.pieces}
    pieces = [piece for part in outline.parts for node in part.walk() for piece in node.statement]
    return [(piece, sources.get(piece.start, "")) for piece in [*pieces, *outline.tail]]


def _issuer_pattern(issuer: str) -> re.Pattern[str]:
    names = [re.escape(issuer)] if issuer else []
    kind = re.search("机关党委|党工委|党委|党组|党总支", issuer)
    if kind:
        names.append(rf"(?<![门级属各下和、，与])(?<!单位)(?<!所辖){kind[0]}(?!书记|委员|成员|织)")
    return re.compile("|".join([*names, "机关工委", "(?<!向)工委(?!办)", "领导小组(?:办公室)?"]))


def _note_schedule(
    evidence: Evidence, points: list[Found], steps: list[Found], rhythm: list[Found], group: list[FoundSeat]
) -> None:
    for part, kind, found in (
        ("milestones", "milestone", points), ("stages", "stage", steps), ("cadences", "cadence", rhythm),
    ):  # fmt: skip
        for index, each in enumerate(found):
            evidence.add(f"{part}/{index}", kind, each.piece.place, each.why)
    for index, seat in enumerate(group):
        evidence.add(f"leading_group/{index}", "seat", seat.piece.place, seat.why)


def _note_header(evidence: Evidence, header: Header) -> None:
    if header.title_piece:
        evidence.add("title", "title", header.title_piece.place)
    if header.year_piece:
        evidence.add("year", "year", header.year_piece.place, header.year_why)


def _remarks(text: str, header: Header, tasks: list[_Task]) -> Iterator[str]:
    if not text.strip():
        yield EMPTY
    if not tasks:
        yield NO_TASKS
    elif not header.title:
        yield NAME_FROM_TEXT if header.name else NO_TITLE
    if tasks and header.year is None:
        yield NO_YEAR
