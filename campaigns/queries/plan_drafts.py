"""Drafts of plans as their pages show them: the document with its marked sentences, and the parts beside it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q

from branches.models import Organization
from campaigns.enums import Basis, MeasuredBy
from campaigns.models import Campaign, PlanDraft
from campaigns.rules import metrics
from campaigns.rules.plan_drafts.items import Content, Item, ItemKind
from campaigns.rules.plan_drafts.making import target_of
from campaigns.rules.plan_drafts.states import DraftState
from campaigns.rules.plan_drafts.words import day_words
from campaigns.rules.targets import Demand, asked_text, who_text
from partybuild.lib.periods import PeriodKind

_CODE = "FA"
_OTHER_LINES = (ItemKind.MILESTONE, ItemKind.STAGE, ItemKind.CADENCE, ItemKind.SEAT)


def free_code(issuer: Organization) -> str:
    """The first code of the row FA1, FA2 … that no campaign or draft of the issuer has."""
    campaigns = Campaign.objects.filter(issuer=issuer, code__startswith=_CODE).values_list("code", flat=True)
    drafts = PlanDraft.objects.filter(issuer=issuer, code__startswith=_CODE).exclude(state=DraftState.DROPPED)
    taken = {*campaigns, *drafts.values_list("code", flat=True)}
    number = 1
    while f"{_CODE}{number}" in taken:
        number += 1
    return f"{_CODE}{number}"


def found_by(words: str) -> Q:
    """Drafts whose name or code the words are part of."""
    return Q(name__icontains=words) | Q(code__icontains=words) | Q(file_name__icontains=words)


@dataclass(frozen=True)
class Segment:
    """A stretch of a paragraph: the parts that begin here, the closest part that was read from it, or 0."""

    text: str
    anchors: tuple[int, ...] = ()
    item: int = 0
    is_open: bool = False


@dataclass(frozen=True)
class Line:
    """One part in words: ``mark`` is open, seen, sure, own or out."""

    item: Item
    title: str
    notes: tuple[str, ...] = ()
    mark: str = "own"


@dataclass(frozen=True)
class TaskLine:
    """A task with what stands under it; ``is_last`` where no task follows that could be merged into it."""

    line: Line
    targets: list[Line]
    children: list["TaskLine"]
    is_last: bool = True

    @property
    def open_ids(self) -> list[int]:
        """The task and its targets as far as they are still to be looked at."""
        return [line.item.id for line in (self.line, *self.targets) if line.mark == "open"]


@dataclass(frozen=True)
class DimensionLines:
    line: Line
    tasks: list[TaskLine]


@dataclass(frozen=True)
class DraftPage:
    """A draft whole; ``doubtful`` parts the reader was not sure of, ``checked`` of them were looked at."""

    content: Content
    head: Line
    dimensions: list[DimensionLines]
    lists: list[tuple[ItemKind, list[Line]]]
    paragraphs: list[list[Segment]] = field(default_factory=list)

    @property
    def doubtful(self) -> int:
        return len(self.content.doubtful)

    @property
    def unseen(self) -> list[Item]:
        return self.content.unseen

    @property
    def checked(self) -> int:
        return self.doubtful - len(self.unseen)

    @property
    def tasks(self) -> int:
        return len(self.content.live(ItemKind.TASK))

    @property
    def targets(self) -> int:
        return len(self.content.live(ItemKind.TARGET))


def draft_page(draft: PlanDraft) -> DraftPage:
    """What the page of a draft shows."""
    content = draft.parts
    return DraftPage(
        content=content,
        head=line_of(content, content.head),
        dimensions=[
            DimensionLines(line_of(content, item), task_lines(content, item)) for item in content.of(ItemKind.DIMENSION)
        ],
        lists=[(kind, [line_of(content, item) for item in content.of(kind)]) for kind in _OTHER_LINES],
        paragraphs=paragraphs_of(draft.text, content),
    )


def task_lines(content: Content, parent: Item) -> list[TaskLine]:
    """The tasks under a side or a task, dropped ones too."""
    tasks = content.of(ItemKind.TASK, parent.id)
    live = [item.id for item in tasks if not item.is_dropped]
    return [
        TaskLine(
            line_of(content, item),
            [line_of(content, target) for target in content.of(ItemKind.TARGET, item.id)],
            task_lines(content, item),
            is_last=item.id not in live or item.id == live[-1],
        )
        for item in tasks
    ]


def line_of(content: Content, item: Item) -> Line:
    """One part in words."""
    title, notes = _words(item)
    return Line(item, title, tuple(filter(None, notes)), _mark(content, item))


def _mark(content: Content, item: Item) -> str:
    if content.is_out(item):
        return "out"
    if not item.is_sure:
        return "seen" if item.is_seen else "open"
    return "sure" if item.sentence else "own"


def _words(item: Item) -> tuple[str, list[str]]:
    data = item.data
    if item.kind == ItemKind.HEAD:
        about = [f"{data.get('year')}年", f"代号 {data.get('code')}", data.get("level", "")]
        return data.get("name", ""), [data.get("title", ""), " · ".join(filter(None, about))]
    if item.kind == ItemKind.TARGET:
        return _target_words(item)
    if item.kind == ItemKind.MILESTONE:
        return data["title"], [day_words(data.get("due") or "") or "日期待定", data.get("deliverable", "")]
    if item.kind == ItemKind.STAGE:
        return data["name"], [_span(data.get("from") or "", data.get("to") or "")]
    if item.kind == ItemKind.CADENCE:
        return data["title"], [PeriodKind(data["period"]).label]
    if item.kind == ItemKind.SEAT:
        return data["role"], [data["holder"]]
    return item.label, [data.get("wording", "")]


def _target_words(item: Item) -> tuple[str, list[str]]:
    """What is counted and how much of it; of whom it is asked, and where the amount comes from."""
    data, target = item.data, target_of(item)
    demand = Demand.of_plan(target)
    how = metrics.get(target.metric)
    name = data.get("title") or how.name
    basis = "数量出自规则表" if target.basis == Basis.RULE else f"“{target.phrase}”"
    counted = "按清单填报" if how.measured_by == MeasuredBy.CHECKLIST else "自动计数"
    return f"{name}：{asked_text(demand)}", [f"{who_text(demand)} · {counted}（{how.name}）", basis]


def _span(starts: str, ends: str) -> str:
    if not starts and not ends:
        return "日期待定"
    return f"{day_words(starts) or '…'} 至 {day_words(ends) or '…'}"


def paragraphs_of(text: str, content: Content) -> list[list[Segment]]:
    """The document in paragraphs, cut where a part's sentence begins or ends."""
    read = [item for item in content.items if item.sentence and item.end > item.start and not content.is_out(item)]
    cuts = sorted({0, len(text), *(item.start for item in read), *(item.end for item in read)})
    covers = _covers(cuts, read)
    begin: dict[int, list[int]] = {}
    for item in read:
        begin.setdefault(item.start, []).append(item.id)
    found, start = [], 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            found.append(list(_segments(text, start, start + len(paragraph), cuts, covers, begin)))
        start += len(paragraph) + 1
    return found


def _covers(cuts: list[int], read: list[Item]) -> dict[int, Item]:
    """Beginning of a stretch between two cuts → the part with the shortest sentence around it; doubtful ones first."""
    found: dict[int, Item] = {}
    for item in sorted(read, key=lambda each: (each.is_open, each.start - each.end)):
        for cut in cuts[bisect_right(cuts, item.start) - 1 : bisect_right(cuts, item.end - 1)]:
            found[cut] = item
    return found


def _segments(
    text: str, start: int, end: int, cuts: list[int], covers: dict[int, Item], begin: dict[int, list[int]]
) -> Iterable[Segment]:
    first = bisect_right(cuts, start) - 1
    places = [start, *(cut for cut in cuts[first + 1 : bisect_right(cuts, end - 1)] if cut > start), end]
    for left, right in pairwise(places):
        item = covers.get(cuts[bisect_right(cuts, left) - 1])
        anchors = tuple(begin.get(left, ()))
        yield Segment(text[left:right], anchors, item.id if item else 0, bool(item and item.is_open))
