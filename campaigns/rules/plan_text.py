"""A plan as plain text, for the terminal."""

from collections.abc import Iterator

from campaigns.rules import metrics
from campaigns.rules.plan_fields import MANUAL
from campaigns.rules.plans import Plan, PlanTarget, PlanTask, flattened
from campaigns.rules.targets import Demand, sentence
from partybuild.lib.periods import PeriodKind


def plan_text(plan: Plan) -> str:
    """The whole plan in lines: what it is, its tasks with their targets in words, its days."""
    return "\n".join([*_head(plan), *_tasks(plan), *_days(plan)])


def _head(plan: Plan) -> Iterator[str]:
    tasks, targets = sum(1 for _ in plan.tasks()), sum(1 for _ in plan.targets())
    yield f"{plan.code} {plan.name}（{plan.title}）" if plan.title else f"{plan.code} {plan.name}"
    yield f"{len(plan.dimensions)} 个类型，{tasks} 项任务，{targets} 个指标"
    if plan.leading_group:
        yield "领导小组：" + "；".join(f"{seat.role} {seat.holder}" for seat in plan.leading_group)


def _tasks(plan: Plan) -> Iterator[str]:
    for dimension in plan.dimensions:
        yield ""
        yield f"【{dimension.name}】"
        for task in flattened(dimension.tasks):
            yield from _task(task)


def _task(task: PlanTask) -> Iterator[str]:
    yield f"{task.number} {task.title}（{task.source}）" if task.source else f"{task.number} {task.title}"
    for target in task.targets:
        yield f"    - {_title(target, task)}：{sentence(Demand.of_plan(target))}"


def _title(target: PlanTarget, task: PlanTask) -> str:
    return target.title or (task.title if target.metric == MANUAL else metrics.get(target.metric).name)


def _days(plan: Plan) -> Iterator[str]:
    if plan.milestones:
        yield ""
        yield "时间节点"
        yield from (f"    {each.due or '日期待定'} {each.title}" for each in plan.milestones)
    if plan.stages:
        yield "实施阶段"
        yield from (f"    {each.name} {each.starts or '…'} 至 {each.ends or '…'}" for each in plan.stages)
    if plan.cadences:
        yield "工作周期"
        yield from (f"    {PeriodKind(each.period).label} {each.title}" for each in plan.cadences)
