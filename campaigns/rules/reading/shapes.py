"""What the reader of plans hands on: a plan, and beside it what each part of the plan was read from.

A ``Finding`` belongs to one part of the plan and names it by its path in ``plan_to_data``: ``dimensions/0``,
``dimensions/0/tasks/1``, ``dimensions/0/tasks/1/targets/0``, ``dimensions/0/tasks/1/checklist/2``,
``dimensions/0/tasks/1/children/0``, ``milestones/0``, ``stages/0``, ``cadences/0``, ``leading_group/0``, and ``title``,
``name``, ``level``, ``year`` for the plan's own fields. ``start`` and ``end`` are offsets into ``Reading.text``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from campaigns.rules.plans import Plan, plan_from_data, plan_to_data, public_form

DRAFT_CODE = "DRAFT"
"""Stands for the code, which no document names and staff choose."""
UNNAMED = "未命名方案"
MAX_CHARACTERS = 50_000


class ReadingError(ValueError):
    """The document is not read at all; the message is for the screen."""


@dataclass(frozen=True)
class Finding:
    """What one part of the plan was read from; not ``sure`` says in ``why`` what is to be checked."""

    path: str
    kind: str
    sentence: str
    start: int
    end: int
    sure: bool = True
    why: str = ""


@dataclass(frozen=True)
class Reading:
    """A document as it was read; ``remarks`` are sentences about the whole of it."""

    plan: Plan
    text: str
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    issuer: str = ""

    @cached_property
    def by_path(self) -> Mapping[str, Finding]:
        """The finding of each part of the plan."""
        return {finding.path: finding for finding in self.findings}

    @property
    def unsure(self) -> tuple[Finding, ...]:
        """What staff must see before the plan is published."""
        return tuple(finding for finding in self.findings if not finding.sure)


@dataclass
class Evidence:
    """Collects findings while a plan is put together."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, path: str, kind: str, sentence: tuple[str, int, int], why: str = "") -> None:
        """Notes where a part was read; a reason makes it one to be checked."""
        text, start, end = sentence
        self.findings.append(Finding(path, kind, text, start, end, not why, why))


def reading_to_data(reading: Reading) -> dict[str, Any]:
    """The reading as plain data that can be kept as JSON."""
    return {
        "plan": plan_to_data(reading.plan),
        "text": reading.text,
        "issuer": reading.issuer,
        "remarks": list(reading.remarks),
        "findings": [vars(finding) for finding in reading.findings],
    }


def reading_from_data(data: Mapping[str, Any]) -> Reading:
    """The reverse of ``reading_to_data``; raises ``PlanError`` for a plan that is not in order."""
    return Reading(
        plan=plan_from_data(data["plan"]),
        text=data["text"],
        issuer=data.get("issuer", ""),
        remarks=tuple(data.get("remarks", ())),
        findings=tuple(Finding(**finding) for finding in data["findings"]),
    )


def draft_form(reading: Reading) -> dict[str, Any]:
    """What ``draft_campaign --json`` prints: the form of ``show_campaign``, each part with its sentence."""
    form = public_form(reading.plan)
    form |= {
        "code": "",
        "title": reading.plan.title,
        "level": reading.plan.level,
        "year": reading.plan.year,
        "issuer": reading.issuer,
        "remarks": list(reading.remarks),
    }
    for index, dimension in enumerate(form["dimensions"]):
        _mark(reading, f"dimensions/{index}", dimension)
        paths = list(task_paths(reading.plan.dimensions[index].tasks, f"dimensions/{index}/tasks"))
        for task, path in zip(dimension["tasks"], paths, strict=True):
            _mark(reading, path, task)
            for place, target in enumerate(task["targets"]):
                _mark(reading, f"{path}/targets/{place}", target)
    for part in ("milestones", "stages", "cadences", "leading_group"):
        for index, item in enumerate(form[part]):
            _mark(reading, f"{part}/{index}", item)
    return form


def task_paths(tasks: tuple[Any, ...], prefix: str) -> list[str]:
    """The paths of tasks, children after their parent, as ``flattened`` orders them."""
    paths = []
    for index, task in enumerate(tasks):
        path = f"{prefix}/{index}"
        paths += [path, *task_paths(task.children, f"{path}/children")]
    return paths


def _mark(reading: Reading, path: str, item: dict[str, Any]) -> None:
    finding = reading.by_path.get(path)
    item["sentence"] = finding.sentence if finding else ""
    item["sure"] = bool(finding and finding.sure)
    if finding and finding.why:
        item["why"] = finding.why
