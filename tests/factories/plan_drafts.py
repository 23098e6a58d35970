"""Drafts of plans, with a document that was read.

draft = make_draft(root)      # one side, two tasks, three targets, a milestone; two parts are to be checked
"""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.plan_drafts import save_draft
from campaigns.models import PlanDraft
from campaigns.rules.plan_drafts.items import content_to_data
from campaigns.rules.plan_drafts.making import content_of
from campaigns.rules.plans import plan_from_data
from campaigns.rules.reading.shapes import Finding, Reading, reading_to_data
from tests.factories.branches import OrganizationFactory
from tests.factories.campaigns import FILED_AT

TEXT = (
    "机关党建提升行动方案\n"
    "一、建强政治机关\n"
    "1.规范组织生活。每月开展主题党日1次，落实“三会一课”。\n"
    "2.报送计划。3月底前报送年度计划。\n"
    "工作专班由工委书记任组长。"
)
DAY, LIFE, PLAN = "每月开展主题党日1次，落实“三会一课”。", "1.规范组织生活。", "2.报送计划。"
BRANCH = {"kinds": ["branch"], "group": "all"}
DATA: dict[str, Any] = {
    "code": "DRAFT",
    "name": "机关党建提升行动",
    "title": "机关党建提升行动方案",
    "year": 2026,
    "dimensions": [
        {
            "name": "政治机关",
            "tasks": [
                {
                    "number": "1",
                    "title": "规范组织生活",
                    "source": "一1",
                    "checklist": [{"text": "制定计划", "evidence": True}, {"text": "做好记录"}],
                    "targets": [
                        {"metric": "activity.theme_day", "subject": "organization", "period": "month",
                         "at_least": "1", "unit": "次", "basis": "stated", "phrase": "每月开展主题党日1次",
                         "audience": BRANCH},
                        {"metric": "activity.member_assembly", "subject": "organization", "period": "quarter",
                         "at_least": "1", "unit": "次", "basis": "rule", "phrase": "三会一课", "audience": BRANCH},
                    ],
                },
                {
                    "number": "2",
                    "title": "报送计划",
                    "source": "一2",
                    "targets": [
                        {"metric": "plan.filed", "subject": "organization", "period": "once", "at_least": "1",
                         "unit": "份", "basis": "stated", "phrase": "3月底前报送年度计划", "due": "03-31",
                         "audience": BRANCH},
                    ],
                },
            ],
        }
    ],
    "milestones": [{"title": "报送年度计划", "due": "03-31"}],
    "leading_group": [{"role": "组长", "holder": "工委书记"}],
}  # fmt: skip
_TASKS = "dimensions/0/tasks"


def _found(path: str, kind: str, sentence: str, why: str = "") -> Finding:
    start = TEXT.index(sentence)
    return Finding(path, kind, sentence, start, start + len(sentence), not why, why)


def make_reading() -> Reading:
    """Six parts read for sure, two to be checked: what an institution implies, and who holds a seat."""
    findings = (
        _found("title", "title", "机关党建提升行动方案"),
        _found("dimensions/0", "dimension", "一、建强政治机关"),
        _found(f"{_TASKS}/0", "task", LIFE),
        _found(f"{_TASKS}/0/targets/0", "target", DAY),
        _found(f"{_TASKS}/0/targets/1", "target", DAY, "数量出自规则表，请核对"),
        _found(f"{_TASKS}/1", "task", PLAN),
        _found(f"{_TASKS}/1/targets/0", "target", "3月底前报送年度计划。"),
        _found("milestones/0", "milestone", "3月底前报送年度计划。"),
        _found("leading_group/0", "seat", "工作专班由工委书记任组长。", "请核对担任人"),
    )
    return Reading(plan=plan_from_data(DATA), text=TEXT, findings=findings)


def make_draft(issuer: Organization, by: Actor | None = None) -> PlanDraft:
    """A draft as the reader leaves it."""
    return save_draft(by=by or Actor.system(), issuer=issuer, text=TEXT, reading=make_reading())


class PlanDraftFactory(DjangoModelFactory):
    """The same draft as a row, of whatever issuer."""

    class Meta:
        model = PlanDraft

    issuer = factory.SubFactory(OrganizationFactory)
    code = factory.Sequence(lambda n: f"FA{n}")
    name = DATA["name"]
    year = 2026
    text = TEXT
    reading = factory.LazyFunction(lambda: reading_to_data(make_reading()))
    content = factory.LazyFunction(lambda: content_to_data(content_of(make_reading().plan, make_reading().findings)))
    created_at = FILED_AT
    changed_at = FILED_AT
