"""The rows of a new campaign: dimensions, tasks, checklists, targets, milestones, stages, cadences, leading group.

One insert for each kind of row, whatever the size of the plan (tasks: one for each depth).
"""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.models import (
    Cadence,
    Campaign,
    ChecklistItem,
    Dimension,
    LeadingGroupSeat,
    Milestone,
    Stage,
    Target,
    Task,
)
from campaigns.rules import metrics
from campaigns.rules.plan_fields import MANUAL
from campaigns.rules.plans import Plan, PlanTarget, PlanTask, flattened
from partybuild.lib import periods
from partybuild.lib.periods import PeriodKind

LINEAGES = uuid.UUID("5f0c6d6e-6f0b-5b0e-9c1e-2a3f5d7b9e11")
"""The name space of lineages; fixed for ever."""


def lineage_of(campaign: Campaign, number: str, index: int) -> uuid.UUID:
    """The lineage of a task's target by its place, counted from 1."""
    return uuid.uuid5(LINEAGES, f"{campaign.symbol}/{campaign.issuer_id}/{number}/{index}")


def create_parts(campaign: Campaign, plan: Plan) -> None:
    """Insert everything that the plan holds, under a campaign that has nothing yet."""
    tasks = _create_tasks(campaign, plan)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=row, text=item.text, needs_evidence=item.evidence, slots=list(item.slots), position=position)
        for row, task in tasks
        for position, item in enumerate(task.checklist, start=1)
    )
    Target.objects.bulk_create(
        _target(campaign, row, task, target, index)
        for row, task in tasks
        for index, target in enumerate(task.targets, start=1)
    )
    _create_frame(campaign, plan)


@dataclass(frozen=True)
class _Place:
    """A task of the plan with its dimension, depth, parent's number and place in the document."""

    task: PlanTask
    dimension: Dimension
    depth: int
    parent: str
    position: int


def _create_tasks(campaign: Campaign, plan: Plan) -> list[tuple[Task, PlanTask]]:
    dimensions = Dimension.objects.bulk_create(
        Dimension(campaign=campaign, name=part.name, position=position)
        for position, part in enumerate(plan.dimensions, start=1)
    )
    places = _places(plan, dimensions)
    rows: dict[str, Task] = {}
    for depth in sorted({place.depth for place in places}):
        made = Task.objects.bulk_create(_task(campaign, place, rows) for place in places if place.depth == depth)
        rows.update((row.number, row) for row in made)
    return [(rows[place.task.number], place.task) for place in places]


def _places(plan: Plan, dimensions: list[Dimension]) -> list[_Place]:
    """Every task in the document's order."""
    parents = {child.number: task.number for task in plan.tasks() for child in task.children}
    depths: dict[str, int] = {}
    found: list[_Place] = []
    for dimension, part in zip(dimensions, plan.dimensions, strict=True):
        for task in flattened(part.tasks):
            parent = parents.get(task.number, "")
            depths[task.number] = depths[parent] + 1 if parent else 0
            found.append(_Place(task, dimension, depths[task.number], parent, len(found) + 1))
    return found


def _task(campaign: Campaign, place: _Place, rows: dict[str, Task]) -> Task:
    task = place.task
    return Task(
        campaign=campaign,
        dimension=place.dimension,
        parent=rows.get(place.parent),
        number=task.number,
        title=task.title,
        wording=task.wording,
        source=task.source,
        nature=task.nature,
        is_open=task.open,
        position=place.position,
    )


def _target(campaign: Campaign, row: Task, task: PlanTask, target: PlanTarget, index: int) -> Target:
    """The days of a target are a month and a day of the campaign's year, in whatever form the plan gives them."""
    name = task.title if target.metric == MANUAL else metrics.get(target.metric).name
    return Target(
        task=row,
        lineage=lineage_of(campaign, task.number, index),
        title=target.title or name,
        metric=target.metric,
        subject=target.subject,
        period=target.period,
        at_least=Decimal(target.at_least),
        at_most=Decimal(target.at_most) if target.at_most else None,
        unit=target.unit,
        basis=target.basis,
        phrase=target.phrase,
        due_day=target.due[-5:],
        by_day=target.by_day,
        before_term_end_months=target.before_term_end_months,
        within_days=target.within_days,
        audience_kinds=list(target.kinds),
        audience_group=target.group,
        position=index,
    )


def _create_frame(campaign: Campaign, plan: Plan) -> None:
    Milestone.objects.bulk_create(
        Milestone(campaign=campaign, due_on=dated(part.due, campaign.year), title=part.title,
                  deliverable=part.deliverable, note=part.note, source=part.source, position=position)
        for position, part in enumerate(plan.milestones, start=1)
    )  # fmt: skip
    Stage.objects.bulk_create(
        Stage(campaign=campaign, name=part.name, starts_on=dated(part.starts, campaign.year),
              ends_on=dated(part.ends, campaign.year), source=part.source, position=position)
        for position, part in enumerate(plan.stages, start=1)
    )  # fmt: skip
    Cadence.objects.bulk_create(
        Cadence(campaign=campaign, period=part.period, title=part.title, source=part.source, position=position)
        for position, part in enumerate(plan.cadences, start=1)
    )
    LeadingGroupSeat.objects.bulk_create(
        LeadingGroupSeat(campaign=campaign, role=part.role, holder=part.holder, source=part.source, position=position)
        for position, part in enumerate(plan.leading_group, start=1)
    )


def dated(day: str, year: int) -> date | None:
    """A plan's ``MM-DD`` in the year (29 February of a common year is the 28th); a whole date stays as it is."""
    if not day or len(day) == 10:
        return date.fromisoformat(day) if day else None
    month, number = (int(part) for part in day.split("-"))
    last = periods.containing(PeriodKind.MONTH, date(year, month, 1)).ends_on.day
    return date(year, month, min(number, last))
