"""Campaigns read whole: the plan that stands in the rows, and the plan of a code."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from campaigns.models import Campaign, ChecklistItem, Dimension, Target, Task, Template
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.campaigns import UnknownCampaignError, year_of_code
from campaigns.rules.plans import (
    Plan,
    PlanCadence,
    PlanChecklistItem,
    PlanDimension,
    PlanMilestone,
    PlanSeat,
    PlanStage,
    PlanTarget,
    PlanTask,
    plan_from_data,
)
from campaigns.rules.targets import number_text


def find_plan(code: str, issuer_code: str = "") -> Plan:
    """``SX``: the template, or before any was loaded the shipped plan; ``SX-2026``: the campaign as it stands.

    Raises ``UnknownCampaignError`` with a sentence when there is none, or more than one.
    """
    base, year = year_of_code(code)
    if year is None:
        return _template_plan(base)
    return plan_of(_campaign(base, year, issuer_code))


def _template_plan(code: str) -> Plan:
    template = Template.objects.filter(code=code).first()
    if template:
        return plan_from_data(template.data)
    shipped = {plan.code: plan for plan in load_catalogue_plans()}
    if code not in shipped:
        raise UnknownCampaignError(
            f"没有代号为“{code}”的方案。现有方案：{'、'.join(sorted(_codes() | set(shipped)))}。"
        )
    return shipped[code]


def _codes() -> set[str]:
    return set(Template.objects.values_list("code", flat=True))


def _campaign(code: str, year: int, issuer_code: str) -> Campaign:
    found = Campaign.objects.filter(code=code, year=year).select_related("issuer").order_by("issuer__path")
    if issuer_code:
        found = found.filter(issuer__code=issuer_code)
    campaigns = list(found[:9])
    if not campaigns:
        raise UnknownCampaignError(f"没有代号为“{code}-{year}”的活动。请先用 create_campaign 从方案起草。")
    if len(campaigns) > 1:
        names = "；".join(f"{each.issuer}（{each.issuer.code}）" for each in campaigns)
        raise UnknownCampaignError(f"有 {len(campaigns)} 个单位发布了“{code}-{year}”，请用 --issuer 指明：{names}。")
    return campaigns[0]


def plan_of(campaign: Campaign) -> Plan:
    """The campaign in the pure form of a plan; its code carries the year, its days are whole dates. Nine queries."""
    return Plan(
        code=campaign.symbol,
        name=campaign.name,
        level=campaign.level,
        year=campaign.year,
        title=campaign.plan_title,
        dimensions=_dimensions(campaign),
        milestones=tuple(
            PlanMilestone(row.title, _iso(row.due_on), row.deliverable, row.source, note=row.note)
            for row in campaign.milestones.order_by("position")
        ),
        stages=tuple(
            PlanStage(row.name, _iso(row.starts_on), _iso(row.ends_on), row.source) for row in campaign.stages.all()
        ),
        cadences=tuple(PlanCadence(row.period, row.title, row.source) for row in campaign.cadences.all()),
        leading_group=tuple(PlanSeat(row.role, row.holder, row.source) for row in campaign.leading_group.all()),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _dimensions(campaign: Campaign) -> tuple[PlanDimension, ...]:
    tasks = list(
        Task.objects.filter(campaign=campaign)
        .order_by("position")
        .prefetch_related(
            Prefetch("checklist", ChecklistItem.objects.order_by("position")),
            Prefetch("targets", Target.objects.in_force().order_by("position")),
        )
    )
    children: dict[int | None, list[Task]] = {}
    for task in tasks:
        children.setdefault(task.parent_id, []).append(task)
    tops = children.get(None, [])
    return tuple(
        PlanDimension(row.name, tuple(_task(task, children) for task in tops if task.dimension_id == row.pk))
        for row in Dimension.objects.filter(campaign=campaign).order_by("position")
    )


def _task(task: Task, children: dict[int | None, list[Task]]) -> PlanTask:
    return PlanTask(
        number=task.number,
        title=task.title,
        wording=task.wording,
        source=task.source,
        nature=task.nature,
        checklist=tuple(
            PlanChecklistItem(item.text, item.needs_evidence, tuple(item.slots)) for item in task.checklist.all()
        ),
        open=task.is_open,
        targets=tuple(_target(target) for target in task.targets.all()),
        children=tuple(_task(child, children) for child in children.get(task.pk, [])),
    )


def _target(target: Target) -> PlanTarget:
    return PlanTarget(
        metric=target.metric,
        subject=target.subject,
        period=target.period,
        at_least=_plain(target.at_least),
        unit=target.unit,
        basis=target.basis,
        kinds=tuple(target.audience_kinds),
        group=target.audience_group,
        at_most=_plain(target.at_most) if target.at_most is not None else "",
        phrase=target.phrase,
        title=target.title,
        due=target.due_day,
        by_day=target.by_day,
        before_term_end_months=target.before_term_end_months,
        within_days=target.within_days,
    )


def _plain(amount: Any) -> str:
    return number_text(amount).replace(",", "")
