"""Which metrics are counted from other rows than records of activities, and by which query.

A source takes ids of organisations and the first and last day of a period, and gives their facts in it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from campaigns.enums import MeasuredBy
from campaigns.queries import (
    agreements,
    branch_plans,
    contacts,
    entries,
    info_items,
    leader_facts,
    member_facts,
    problem_figures,
    started,
    training_facts,
    work_lists,
    year_facts,
)
from campaigns.queries.contests import facts_of_model_post
from campaigns.queries.projects import facts_of_project
from campaigns.rules import metrics
from campaigns.rules.facts import Fact, brought_forward, months_ahead

Source = Callable[[Collection[int], date, date], list[Fact]]


@dataclass(frozen=True)
class Place:
    """The register in which the facts of a metric are kept: its name and the URL name of its list."""

    label: str
    url_name: str


_HUB = Place("专项工作", "campaigns:work_list")
_YEAR_FACTS = Place("年度数据", "members:year_facts_list")

FACT_SOURCES: dict[str, Source] = {
    "rate.problems_solved": problem_figures.facts_of_problems_solved,
    "rectification.immediate": problem_figures.facts_of_immediate,
    "rectification.longer": problem_figures.facts_of_longer,
    "coverage.rectified": problem_figures.facts_of_earlier,
    "project.branch": facts_of_project,
    "coverage.model_post": facts_of_model_post,
    "coverage.started": started.facts_of_started,
    "plan.filed": branch_plans.facts_of_plans,
    "info.items": info_items.facts_of_items,
    "contact.point": contacts.facts_of_points,
    "contact.pairing": contacts.facts_of_pairings,
    "agreement.signed": agreements.facts_of_agreements,
    "lists.responsibility": work_lists.facts_of_lists,
    "ratio.dedicated_staff": year_facts.facts_of_dedicated_staff,
    "funds.per_head": year_facts.facts_of_funds_per_head,
    "funds.growth": year_facts.facts_of_funds_growth,
    "staff.named": member_facts.facts_of_party_workers,
    "room.standard": member_facts.facts_of_rooms,
    "term.election": member_facts.facts_of_terms,
    "talk.must": member_facts.facts_of_talks,
    "event.integrity_education": member_facts.facts_of_integrity_education,
    "event.integrity_talk": member_facts.facts_of_integrity_talks,
    "event.appointment_talk": member_facts.facts_of_appointment_talks,
    "event.appointment_training": member_facts.facts_of_appointment_training,
    "report.to_superior": member_facts.facts_of_reports,
    "life.guided": leader_facts.facts_of_guidance,
    "life.leader_attendance": leader_facts.facts_of_two_reports,
    "life.double": leader_facts.facts_of_double_life,
    "lecture.linked_unit": leader_facts.facts_of_linked_lectures,
    "training.committee_secretaries": training_facts.facts_of_committee_secretaries,
    "training.branch_officers": training_facts.facts_of_branch_officers,
    "training.members": training_facts.facts_of_members_trained,
    "training.branch_secretaries": training_facts.facts_of_secretaries_trained,
    "training.initial": training_facts.facts_of_initial_training,
    "coverage.training": training_facts.facts_of_week_training,
    "study.books": entries.facts_of_books,
    "study.hours": entries.facts_of_study_hours,
    "integrity.pledge": entries.facts_of_integrity_pledges,
    "community.service": entries.facts_of_community_service,
    "reading.recommend": entries.facts_of_recommended_books,
}
"""Code of the metric → its source."""

PLACES: dict[str, Place] = {
    **dict.fromkeys(
        ("study.books", "study.hours", "integrity.pledge", "community.service", "reading.recommend"),
        Place("个人报送", "campaigns:entry_list"),
    ),
    **dict.fromkeys(
        ("rate.problems_solved", "rectification.immediate", "rectification.longer", "coverage.rectified"),
        Place("问题整改", "campaigns:problem_list"),
    ),
    "project.branch": Place("一支一项项目", "campaigns:project_list"),
    "coverage.model_post": Place("争创活动", "campaigns:contest_list"),
    "coverage.started": Place("支部计划", "campaigns:branch_plan_list"),
    "plan.filed": Place("支部计划", "campaigns:branch_plan_list"),
    "info.items": Place("信息报送", "campaigns:info_list"),
    "contact.point": Place("联系点和结对共建", "campaigns:contact_list"),
    "contact.pairing": Place("联系点和结对共建", "campaigns:contact_list"),
    "agreement.signed": Place("目标责任书", "campaigns:agreement_list"),
    "lists.responsibility": Place("项目和责任清单", "campaigns:worklist_list"),
    "ratio.dedicated_staff": _YEAR_FACTS,
    "funds.per_head": _YEAR_FACTS,
    "funds.growth": _YEAR_FACTS,
    "staff.named": Place("党务干部", "members:party_worker_list"),
    "room.standard": Place("党员活动室", "members:room_list"),
    "term.election": Place("换届台账", "members:term_list"),
    "report.to_superior": Place("议事与请示报告", "members:matter_list"),
    **dict.fromkeys(
        (
            "talk.must",
            "event.integrity_education",
            "event.integrity_talk",
            "event.appointment_talk",
            "event.appointment_training",
        ),
        Place("应谈应办", "members:duty_list"),
    ),
    **dict.fromkeys(
        (
            "life.guided",
            "life.leader_attendance",
            "life.double",
            "lecture.linked_unit",
            "training.committee_secretaries",
            "training.branch_officers",
            "training.members",
            "training.branch_secretaries",
            "training.initial",
            "coverage.training",
        ),
        Place("活动记录", "campaigns:activity_list"),
    ),
}
"""Code of the metric → where its facts are kept; the hub of special work for those not named."""


def place_of(metric: str) -> Place | None:
    """Where the facts of a metric are kept; None for one that records or a checklist feed foremost."""
    return PLACES.get(metric, _HUB) if metrics.get(metric).measured_by == MeasuredBy.FACTS else None


BY_CAMPAIGN = frozenset({started.METRIC})
"""Metrics whose facts are others for every campaign."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a source: a metric in a period; where the target says so, so many months before what falls due
    in it; and for which campaign, where that makes a difference."""

    metric: str
    starts_on: date
    ends_on: date
    months_before: int = 0
    campaign_id: int | None = None


def told(asked: Asked, organizations: Collection[int]) -> list[Fact]:
    """What the source of the metric tells of these organisations."""
    if asked.metric == started.METRIC:
        return started.facts_of_started(organizations, asked.starts_on, asked.ends_on, asked.campaign_id)
    source, months = FACT_SOURCES[asked.metric], asked.months_before
    if not months:
        return source(organizations, asked.starts_on, asked.ends_on)
    start, end = months_ahead(asked.starts_on, asked.ends_on, months)
    return [brought_forward(fact, months) for fact in source(organizations, start, end)]
