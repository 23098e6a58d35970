"""A plan carried on into another year: dates moved, the year in names replaced."""

import re
from dataclasses import replace

from campaigns.rules.campaigns import year_of_code
from campaigns.rules.plans import Plan, PlanDimension, PlanMilestone, PlanStage, PlanTarget, PlanTask

_FEBRUARY_29 = "02-29"


def plan_in_year(plan: Plan, year: int) -> Plan:
    """The plan of another year: whole dates are moved by the years between, 29 February to the 28th.

    The plan's own year is replaced where names and wording speak of it; what the document said (phrase, source) stays.
    """
    old = plan.year or year
    return replace(
        plan,
        code=year_of_code(plan.code)[0],
        name=named_for(plan.name, old, year),
        title=named_for(plan.title, old, year),
        year=year,
        dimensions=tuple(
            PlanDimension(named_for(each.name, old, year), tuple(_task(task, old, year) for task in each.tasks))
            for each in plan.dimensions
        ),
        milestones=tuple(_milestone(each, old, year) for each in plan.milestones),
        stages=tuple(_stage(each, old, year) for each in plan.stages),
        cadences=tuple(replace(each, title=named_for(each.title, old, year)) for each in plan.cadences),
    )


def named_for(text: str, old: int, year: int) -> str:
    """2026年度工作要点 → 2027年度工作要点; other numbers and years stay."""
    return re.sub(rf"(?<![0-9]){old}(?=\s*年)", str(year), text)


def moved_day(day: str, years: int) -> str:
    """2026-03-31 → 2027-03-31; a month and a day need no moving."""
    if len(day) != len("2026-03-31"):
        return day
    year, rest = int(day[:4]) + years, day[5:]
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year}-{'02-28' if rest == _FEBRUARY_29 and not is_leap else rest}"


def _task(task: PlanTask, old: int, year: int) -> PlanTask:
    return replace(
        task,
        title=named_for(task.title, old, year),
        wording=named_for(task.wording, old, year),
        checklist=tuple(replace(each, text=named_for(each.text, old, year)) for each in task.checklist),
        targets=tuple(_target(target, old, year) for target in task.targets),
        children=tuple(_task(child, old, year) for child in task.children),
    )


def _target(target: PlanTarget, old: int, year: int) -> PlanTarget:
    return replace(target, due=moved_day(target.due, year - old), title=named_for(target.title, old, year))


def _milestone(part: PlanMilestone, old: int, year: int) -> PlanMilestone:
    return replace(part, due=moved_day(part.due, year - old), title=named_for(part.title, old, year))


def _stage(part: PlanStage, old: int, year: int) -> PlanStage:
    return replace(
        part,
        name=named_for(part.name, old, year),
        starts=moved_day(part.starts, year - old),
        ends=moved_day(part.ends, year - old),
    )
