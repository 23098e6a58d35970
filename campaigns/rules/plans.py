"""The pure form of a plan: what the catalogue's files and the plan reader produce, and a campaign is made from.

``plan_from_data`` checks plain data and names the place of a mistake; ``plan_to_data`` is its reverse; ``public_form``
is what ``show_campaign --json`` prints. Nothing here reads a file, the database or the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from campaigns.enums import AudienceGroup, Basis, Subject, TaskNature
from campaigns.rules.plan_fields import Fields, PlanError
from partybuild.lib.periods import PeriodKind

__all__ = [
    "Plan",
    "PlanCadence",
    "PlanChecklistItem",
    "PlanDimension",
    "PlanError",
    "PlanMilestone",
    "PlanSeat",
    "PlanStage",
    "PlanTarget",
    "PlanTask",
    "plan_from_data",
    "plan_to_data",
    "public_form",
]


_LONGEST_SLOT = 32


@dataclass(frozen=True)
class PlanChecklistItem:
    """One demand of a task that a person can answer; ``evidence`` when material should be attached.

    ``slots`` names the materials where there are several or a certain one is meant: a file for each.
    """

    text: str
    evidence: bool = False
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanTarget:
    """One amount that a plan asks for; amounts are decimal text (``"0.02"`` for 2 %, ``"1"`` for all).

    ``at_most`` and soft amounts are shown and never punished. ``phrase`` holds the plan's own words when the figure is
    stated, the institution's name when it comes from the rule table. ``due`` is ``MM-DD`` or ``YYYY-MM-DD``.
    """

    metric: str
    subject: str
    period: str
    at_least: str
    unit: str
    basis: str = Basis.STATED.value
    kinds: tuple[str, ...] = ("branch",)
    group: str = AudienceGroup.ALL.value
    at_most: str = ""
    phrase: str = ""
    title: str = ""
    due: str = ""
    by_day: int | None = None
    before_term_end_months: int | None = None
    within_days: int | None = None


@dataclass(frozen=True)
class PlanTask:
    """A numbered item of a plan; ``number`` in Arabic digits, ``source`` the paragraph as the document numbers it.

    ``open`` marks a set that the document names but does not spell out: staff complete the checklist.
    """

    number: str
    title: str
    wording: str = ""
    source: str = ""
    nature: str = TaskNature.MEASURE.value
    checklist: tuple[PlanChecklistItem, ...] = ()
    open: bool = False
    targets: tuple[PlanTarget, ...] = ()
    children: tuple["PlanTask", ...] = ()


@dataclass(frozen=True)
class PlanDimension:
    name: str
    tasks: tuple[PlanTask, ...] = ()


@dataclass(frozen=True)
class PlanMilestone:
    """A dated point; ``due`` is empty while staff have yet to set the day."""

    title: str
    due: str = ""
    deliverable: str = ""
    source: str = ""
    basis: str = Basis.STATED.value
    note: str = ""


@dataclass(frozen=True)
class PlanStage:
    """A stretch of the campaign; an empty end is open."""

    name: str
    starts: str = ""
    ends: str = ""
    source: str = ""


@dataclass(frozen=True)
class PlanCadence:
    period: str
    title: str
    source: str = ""


@dataclass(frozen=True)
class PlanSeat:
    """A seat of the leading group, or a lead department."""

    role: str
    holder: str
    source: str = ""


@dataclass(frozen=True)
class Plan:
    """A whole plan; ``title`` is what the document calls itself, ``year`` the year it was written for."""

    code: str
    name: str
    level: str = ""
    year: int | None = None
    title: str = ""
    dimensions: tuple[PlanDimension, ...] = ()
    milestones: tuple[PlanMilestone, ...] = ()
    stages: tuple[PlanStage, ...] = ()
    cadences: tuple[PlanCadence, ...] = ()
    leading_group: tuple[PlanSeat, ...] = ()

    def tasks(self) -> Iterator[PlanTask]:
        """Every task in the document's order, a child after its parent."""
        for dimension in self.dimensions:
            yield from flattened(dimension.tasks)

    def targets(self) -> Iterator[tuple[PlanTask, PlanTarget]]:
        """Every target with its task."""
        for task in self.tasks():
            for target in task.targets:
                yield task, target


def flattened(tasks: tuple[PlanTask, ...]) -> Iterator[PlanTask]:
    """The tasks, each followed by its children at any depth."""
    for task in tasks:
        yield task
        yield from flattened(task.children)


def plan_from_data(data: object) -> Plan:
    """Checks plain data (as YAML or JSON gives it) and makes a plan of it.

    Raises ``PlanError`` with a Chinese sentence that names the place, for the first mistake found.
    """
    fields = Fields(data, "方案")
    plan = Plan(
        code=fields.code("code"),
        name=fields.text("name"),
        level=fields.text("level", default=""),
        year=fields.whole("year", minimum=1949),
        title=fields.text("title", default=""),
        dimensions=tuple(_dimension(part) for part in fields.parts("dimensions", "维度", "name")),
        milestones=tuple(_milestone(part) for part in fields.parts("milestones", "节点", "title")),
        stages=tuple(_stage(part) for part in fields.parts("stages", "阶段", "name")),
        cadences=tuple(_cadence(part) for part in fields.parts("cadences", "调度", "title")),
        leading_group=tuple(_seat(part) for part in fields.parts("leading_group", "领导小组", "role")),
    )
    fields.finish()
    _check_numbers(plan)
    return plan


def _check_numbers(plan: Plan) -> None:
    seen: set[str] = set()
    for task in plan.tasks():
        if task.number in seen:
            raise PlanError(f"方案：任务编号“{task.number}”重复。")
        seen.add(task.number)
        for child in task.children:
            if not child.number.startswith(f"{task.number}."):
                raise PlanError(f"方案：子任务编号“{child.number}”应以上级任务编号“{task.number}.”开头。")


def _dimension(fields: Fields) -> PlanDimension:
    name = fields.text("name")
    tasks = tuple(_task(part) for part in fields.parts("tasks", "任务", "number"))
    fields.finish()
    return PlanDimension(name, tasks)


def _task(fields: Fields) -> PlanTask:
    task = PlanTask(
        number=fields.number("number"),
        title=fields.text("title"),
        wording=fields.text("wording", default=""),
        source=fields.text("source", default=""),
        nature=fields.choice("nature", TaskNature.values, default=TaskNature.MEASURE.value),
        checklist=tuple(_checklist_item(part) for part in fields.parts("checklist", "清单", "text")),
        open=fields.flag("open"),
        targets=tuple(_target(part) for part in fields.parts("targets", "目标", "metric")),
        children=tuple(_task(part) for part in fields.parts("children", "子任务", "number")),
    )
    fields.finish()
    return task


def _checklist_item(fields: Fields) -> PlanChecklistItem:
    text, evidence, slots = fields.text("text"), fields.flag("evidence"), fields.words("slots", _LONGEST_SLOT)
    item = PlanChecklistItem(text, evidence or bool(slots), slots)
    fields.finish()
    return item


def _target(fields: Fields) -> PlanTarget:
    metric = fields.metric("metric")
    audience = fields.part("audience", "适用范围")
    target = PlanTarget(
        metric=metric,
        subject=fields.choice("subject", Subject.values),
        period=fields.period("period"),
        at_least=fields.amount("at_least"),
        unit=fields.text("unit"),
        basis=fields.choice("basis", Basis.values),
        kinds=audience.kinds("kinds"),
        group=audience.choice("group", AudienceGroup.values, default=AudienceGroup.ALL.value),
        at_most=fields.amount("at_most", default=""),
        phrase=fields.text("phrase", default=""),
        title=fields.text("title", default=""),
        due=fields.day("due"),
        by_day=fields.whole("by_day", minimum=1, maximum=31),
        before_term_end_months=fields.whole("before_term_end_months", minimum=1),
        within_days=fields.whole("within_days", minimum=1),
    )
    audience.finish()
    fields.finish()
    _check_target(target, fields)
    return target


def _check_target(target: PlanTarget, fields: Fields) -> None:
    """What the fields of a target ask of one another."""
    fields.check_subject(target.metric, target.subject)
    fields.check_bounds(target.at_least, target.at_most)
    if target.basis == Basis.STATED and not target.phrase:
        raise fields.error("数字出自文件原文的，应写明原文语句（phrase）")
    if target.within_days and target.period != PeriodKind.EVENT:
        raise fields.error("只有按事项（event）的目标才能规定天数（within_days）")
    if target.before_term_end_months and target.period != PeriodKind.TERM:
        raise fields.error("只有按届期（term）的目标才能规定届满前月数（before_term_end_months）")


def _milestone(fields: Fields) -> PlanMilestone:
    milestone = PlanMilestone(
        title=fields.text("title"),
        due=fields.day("due"),
        deliverable=fields.text("deliverable", default=""),
        source=fields.text("source", default=""),
        basis=fields.choice("basis", Basis.values, default=Basis.STATED.value),
        note=fields.text("note", default=""),
    )
    fields.finish()
    return milestone


def _stage(fields: Fields) -> PlanStage:
    stage = PlanStage(fields.text("name"), fields.day("from"), fields.day("to"), fields.text("source", default=""))
    fields.finish()
    if stage.starts and stage.ends and len(stage.starts) == len(stage.ends) and stage.starts > stage.ends:
        raise fields.error("开始日期晚于结束日期")
    return stage


def _cadence(fields: Fields) -> PlanCadence:
    cadence = PlanCadence(fields.period("period"), fields.text("title"), fields.text("source", default=""))
    fields.finish()
    return cadence


def _seat(fields: Fields) -> PlanSeat:
    seat = PlanSeat(fields.text("role"), fields.text("holder"), fields.text("source", default=""))
    fields.finish()
    return seat


def plan_to_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain data that ``plan_from_data`` reads back to an equal plan; what is not set is left out."""
    return _filled(
        {
            "code": plan.code,
            "name": plan.name,
            "level": plan.level,
            "year": plan.year,
            "title": plan.title,
            "dimensions": [
                {"name": dimension.name, "tasks": [_task_data(task) for task in dimension.tasks]}
                for dimension in plan.dimensions
            ],
            "milestones": [_milestone_data(milestone) for milestone in plan.milestones],
            "stages": [_stage_data(stage) for stage in plan.stages],
            "cadences": [_filled(vars(cadence)) for cadence in plan.cadences],
            "leading_group": [_filled(vars(seat)) for seat in plan.leading_group],
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", False, [])}


def _task_data(task: PlanTask) -> dict[str, Any]:
    return _filled(
        {
            **vars(task),
            "checklist": [_filled({**vars(item), "slots": list(item.slots)}) for item in task.checklist],
            "targets": [_target_data(target) for target in task.targets],
            "children": [_task_data(child) for child in task.children],
        }
    )


def _target_data(target: PlanTarget) -> dict[str, Any]:
    data = _filled(vars(target))
    data["audience"] = {"kinds": list(data.pop("kinds")), "group": data.pop("group")}
    return data


def _milestone_data(milestone: PlanMilestone) -> dict[str, Any]:
    return {"due": milestone.due or None} | _filled(vars(milestone))


def _stage_data(stage: PlanStage) -> dict[str, Any]:
    data = {"name": stage.name, "from": stage.starts or None, "to": stage.ends or None, "source": stage.source}
    return {key: value for key, value in data.items() if value != ""}


def public_form(plan: Plan) -> dict[str, Any]:
    """The plan as ``show_campaign --json`` prints it; child tasks stand after their parent."""
    return {
        "code": plan.code,
        "name": plan.name,
        "dimensions": [
            {"name": dimension.name, "tasks": [_public_task(task) for task in flattened(dimension.tasks)]}
            for dimension in plan.dimensions
        ],
        "milestones": [{"due": milestone.due or None, "title": milestone.title} for milestone in plan.milestones],
        "stages": [
            {"name": stage.name, "from": stage.starts or None, "to": stage.ends or None} for stage in plan.stages
        ],
        "cadences": [{"period": cadence.period, "title": cadence.title} for cadence in plan.cadences],
        "leading_group": [{"role": seat.role, "holder": seat.holder} for seat in plan.leading_group],
    }


def _public_task(task: PlanTask) -> dict[str, Any]:
    return {
        "number": task.number,
        "title": task.title,
        "source": task.source,
        "targets": [_target_data(target) for target in task.targets],
    }
