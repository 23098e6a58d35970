"""A draft from a plan with what it was read from, and the plan that a draft amounts to."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from campaigns.rules.plan_drafts.items import Content, Item, ItemKind
from campaigns.rules.plans import Plan, PlanTarget, plan_from_data, plan_to_data

LIMITS = {
    "number": 16, "title": 64, "name": 64, "source": 64, "phrase": 255, "level": 16, "role": 32, "holder": 128,
    "deliverable": 255, "note": 255, "unit": 8,
}  # fmt: skip
"""Characters that a campaign keeps of each field."""
_LONG_TITLES = {ItemKind.MILESTONE: 128, ItemKind.HEAD: 128}
_CHECKLIST_TEXT = 255
_LISTS = (("milestones", ItemKind.MILESTONE), ("stages", ItemKind.STAGE), ("cadences", ItemKind.CADENCE),
          ("leading_group", ItemKind.SEAT))  # fmt: skip
_HEAD = ("title", "name", "level", "year")
_NO_SENTENCE = "没有找到对应的原文"


class Found(Protocol):
    """What the reader says of one part of a plan."""

    @property
    def path(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def sure(self) -> bool: ...
    @property
    def why(self) -> str: ...


class _Maker:
    """Takes a plan's data apart into items."""

    def __init__(self, findings: Iterable[Found] | None) -> None:
        self.findings = None if findings is None else {finding.path: finding for finding in findings}
        self.items: list[Item] = []

    def add(self, kind: ItemKind, data: dict[str, Any], path: str, parent: int = 0) -> int:
        marks = self._marks(kind, path)
        kept, is_cut = fitted(kind, data)
        if is_cut and self.findings is not None:
            marks |= {"is_sure": False, "why": "文字较长，已截短"}
        self.items.append(Item(id=len(self.items) + 1, kind=kind.value, data=kept, parent=parent, **marks))
        return len(self.items)

    def add_tasks(self, tasks: Iterable[dict[str, Any]], path: str, parent: int) -> None:
        for index, task in enumerate(tasks):
            place = f"{path}/{index}"
            own = {key: value for key, value in task.items() if key not in ("targets", "children")}
            number = self.add(ItemKind.TASK, own, place, parent)
            for order, target in enumerate(task.get("targets", ())):
                self.add(ItemKind.TARGET, target, f"{place}/targets/{order}", number)
            self.add_tasks(task.get("children", ()), f"{place}/children", number)

    def _marks(self, kind: ItemKind, path: str) -> dict[str, Any]:
        if self.findings is None:
            return {}
        if kind == ItemKind.HEAD:
            return self._head_marks()
        finding = self.findings.get(path)
        if finding is None:
            is_sure = kind == ItemKind.DIMENSION
            return {"is_sure": is_sure, "why": "" if is_sure else _NO_SENTENCE}
        return {"sentence": finding.sentence, "start": finding.start, "end": finding.end, "is_sure": finding.sure,
                "why": finding.why}  # fmt: skip

    def _head_marks(self) -> dict[str, Any]:
        assert self.findings is not None
        found = [self.findings[key] for key in _HEAD if key in self.findings]
        doubts = [finding.why for finding in found if not finding.sure]
        marks: dict[str, Any] = {"is_sure": not doubts, "why": "；".join(filter(None, doubts))}
        if found:
            marks |= {"sentence": found[0].sentence, "start": found[0].start, "end": found[0].end}
        return marks


def content_of(plan: Plan, findings: Iterable[Found] | None = None) -> Content:
    """The items of a plan; without findings everything is a person's own word and sure."""
    data, maker = plan_to_data(plan), _Maker(findings)
    head = {key: data.get(key) for key in ("code", *_HEAD) if data.get(key) is not None}
    maker.add(ItemKind.HEAD, head, "")
    for index, dimension in enumerate(data.get("dimensions", ())):
        path = f"dimensions/{index}"
        number = maker.add(ItemKind.DIMENSION, {"name": dimension["name"]}, path)
        maker.add_tasks(dimension.get("tasks", ()), f"{path}/tasks", number)
    for key, kind in _LISTS:
        for index, part in enumerate(data.get(key, ())):
            maker.add(kind, part, f"{key}/{index}")
    return Content(tuple(maker.items))


def fitted(kind: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The data with each text cut to what a campaign keeps, and whether a title or name had to be cut."""
    kept, is_cut = {}, False
    for key, value in data.items():
        limit = _LONG_TITLES.get(ItemKind(kind), LIMITS["title"]) if key == "title" else LIMITS.get(key)
        if isinstance(value, str) and limit and len(value) > limit:
            is_cut = is_cut or key in ("title", "name", "holder")
            value = value[:limit]
        kept[key] = value
    if "checklist" in kept:
        kept["checklist"] = [{**each, "text": each["text"][:_CHECKLIST_TEXT]} for each in kept["checklist"]]
    return kept, is_cut


def plan_of(content: Content) -> Plan:
    """The plan that the draft amounts to; raises ``PlanError`` with a sentence that names the place of a mistake."""
    return plan_from_data(plan_data_of(content))


def plan_data_of(content: Content) -> dict[str, Any]:
    """The draft as a plan's plain data, without what was dropped; sides without a task are left out."""
    dimensions = [
        {"name": item.data["name"], "tasks": _tasks(content, item)} for item in content.live(ItemKind.DIMENSION)
    ]
    lists = {key: [item.data for item in content.live(kind)] for key, kind in _LISTS}
    return {**content.head.data, "dimensions": [each for each in dimensions if each["tasks"]], **lists}


def _tasks(content: Content, parent: Item) -> list[dict[str, Any]]:
    return [
        {
            **item.data,
            "targets": [target.data for target in content.live(ItemKind.TARGET, item.id)],
            "children": _tasks(content, item),
        }
        for item in content.live(ItemKind.TASK, parent.id)
    ]


def target_of(item: Item) -> PlanTarget:
    """A target's item in the form that the rules put into words."""
    values = {key: value for key, value in item.data.items() if key != "audience"}
    audience = item.data["audience"]
    return PlanTarget(**values, kinds=tuple(audience["kinds"]), group=audience.get("group", "all"))
