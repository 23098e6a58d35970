from dataclasses import replace
from datetime import date

import pytest

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.campaign_parts import dated, lineage_of
from campaigns.actions.campaigns import (
    Loaded,
    close_campaign,
    create_campaign,
    delete_draft,
    load_templates,
    publish_campaign,
    set_review,
)
from campaigns.models import Campaign, ChecklistItem, Target, Task, Template
from campaigns.queries.campaigns import plan_of
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.campaigns import CampaignError
from campaigns.rules.plans import Plan, PlanDimension, PlanMilestone, PlanTarget, PlanTask
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory
from tests.factories.campaigns import CampaignFactory, TargetFactory

pytestmark = pytest.mark.django_db

BY = Actor.system()
SYSTEM = {"by": BY}
TARGET = PlanTarget("activity.theme_day", "organization", "month", "1", "次", phrase="每月1次")
TASK = PlanTask("1", "规范组织生活", targets=(TARGET, TARGET), children=(PlanTask("1.1", "会议"),))
PLAN = Plan(
    code="XX",
    name="创建样板机关",
    dimensions=(PlanDimension("组织", (TASK,)),),
    milestones=(PlanMilestone("启动", "03-31"), PlanMilestone("验收", note="由工委确定日期")),
)


def test_templates_are_loaded_once_and_changed_only_where_the_plan_has_changed():
    first = load_templates(by=BY)
    again = load_templates(by=BY)
    changed = load_templates(by=BY, plans=[replace(PLAN, code="SX")])

    assert (first, again, changed) == (Loaded(created=5), Loaded(unchanged=5), Loaded(updated=1))
    assert list(Template.objects.values_list("code", flat=True)) == ["MF", "SX", "TJ", "TS", "WX"]
    assert Template.objects.get(code="SX").name == "创建样板机关"
    assert AuditEntry.objects.filter(verb="装入方案模板").count() == 2


@pytest.mark.parametrize("plan", load_catalogue_plans(), ids=lambda plan: plan.code)
def test_a_campaign_holds_everything_that_the_plan_holds(plan, django_assert_max_num_queries):
    issuer = OrganizationFactory()

    with django_assert_max_num_queries(20):
        campaign = create_campaign(**SYSTEM, plan=plan, issuer=issuer, year=2026)

    made = plan_of(campaign)
    assert campaign.status == "draft"
    assert (made.code, made.name, made.title, made.level) == (f"{plan.code}-2026", plan.name, plan.title, plan.level)
    assert [_bare(task) for task in made.tasks()] == [_bare(task) for task in plan.tasks()]
    assert [[t.number for t in d.tasks] for d in made.dimensions] == [
        [t.number for t in d.tasks] for d in plan.dimensions
    ]
    assert [m.due for m in made.milestones] == [f"2026-{m.due}" if m.due else "" for m in plan.milestones]
    assert [m.note for m in made.milestones] == [m.note for m in plan.milestones]
    assert [(s.name, s.ends[5:]) for s in made.stages] == [(s.name, s.ends) for s in plan.stages]
    assert (made.cadences, made.leading_group) == (plan.cadences, plan.leading_group)


def _bare(task: PlanTask) -> PlanTask:
    """A task with the titles of its targets left out: a campaign fills in those that the plan leaves open."""
    return replace(
        task, targets=tuple(replace(t, title="") for t in task.targets), children=tuple(map(_bare, task.children))
    )


def test_parts_stand_in_the_document_s_order_with_child_tasks_under_their_parent():
    campaign = create_campaign(**SYSTEM, plan=PLAN, issuer=OrganizationFactory(), year=2026)

    tasks = Task.objects.filter(campaign=campaign)
    assert [(task.number, task.position) for task in tasks] == [("1", 1), ("1.1", 2)]
    assert tasks[1].parent == tasks[0]
    assert [target.title for target in Target.objects.filter(task=tasks[0])] == ["主题党日", "主题党日"]


def test_a_lineage_follows_from_campaign_issuer_task_and_place():
    issuer, other = OrganizationFactory(), OrganizationFactory()

    mine = create_campaign(**SYSTEM, plan=PLAN, issuer=issuer, year=2026)
    next_year = create_campaign(**SYSTEM, plan=PLAN, issuer=issuer, year=2027)
    others = create_campaign(**SYSTEM, plan=PLAN, issuer=other, year=2026)

    lineages = set(Target.objects.values_list("lineage", flat=True))
    assert lineages == {lineage_of(each, "1", index) for each in (mine, next_year, others) for index in (1, 2)}
    assert len(lineages) == 6


@pytest.mark.parametrize(
    "day, year, found",
    [
        ("02-29", 2026, date(2026, 2, 28)),
        ("02-29", 2028, date(2028, 2, 29)),
        ("06-30", 2026, date(2026, 6, 30)),
        ("2025-06-30", 2026, date(2025, 6, 30)),
        ("", 2026, None),
    ],
)
def test_days_are_dated_into_the_year(day, year, found):
    assert dated(day, year) == found


def test_a_second_campaign_of_the_same_code_year_and_issuer_is_refused_and_leaves_nothing():
    issuer = OrganizationFactory(name="区直属机关工委")
    create_campaign(**SYSTEM, plan=PLAN, issuer=issuer, year=2026)

    with pytest.raises(CampaignError) as caught:
        create_campaign(**SYSTEM, plan=PLAN, issuer=issuer, year=2026)

    assert str(caught.value) == "区直属机关工委已有 2026 年的这一活动：创建样板机关。请直接打开使用。"
    assert Target.objects.count() == 2


def test_a_branch_issues_no_campaign():
    with pytest.raises(CampaignError, match="党支部不能发布创建活动"):
        create_campaign(**SYSTEM, plan=PLAN, issuer=BranchFactory(), year=2026)

    assert Campaign.objects.count() == 0


@pytest.mark.parametrize("year", [26, 20260, 0])
def test_a_year_has_four_digits(year):
    with pytest.raises(CampaignError, match="年度应为四位数字"):
        create_campaign(**SYSTEM, plan=PLAN, issuer=OrganizationFactory(), year=year)


def test_publishing_dates_the_campaign_and_leaves_a_trace(move_clock):
    move_clock("2026-03-02T09:00:00+08:00")
    draft = CampaignFactory(status="draft", published_on=None, code="SX", issuer=CommitteeFactory())
    TargetFactory(task__campaign=draft)

    campaign = publish_campaign(**SYSTEM, campaign=draft)

    assert (campaign.status, campaign.published_on) == ("published", date(2026, 3, 2))
    entry = AuditEntry.objects.get(verb="发布创建活动")
    assert (entry.object_id, entry.organization_id) == (draft.pk, draft.issuer_id)
    assert entry.detail == {"code": "SX-2026", "published_on": "2026-03-02"}


def test_a_campaign_that_asks_for_nothing_is_not_published():
    draft = CampaignFactory(status="draft", published_on=None)

    with pytest.raises(CampaignError, match="还没有指标"):
        publish_campaign(**SYSTEM, campaign=draft)

    draft.refresh_from_db()
    assert draft.status == "draft"


def test_the_way_of_review_is_set_while_the_campaign_is_a_draft():
    draft, published = CampaignFactory(status="draft", published_on=None), CampaignFactory()

    changed = set_review(**SYSTEM, campaign=draft, policy="every", levels=2)

    assert (changed.review_policy, changed.review_levels) == ("every", 2)
    with pytest.raises(CampaignError, match="不能调整审核方式"):
        set_review(**SYSTEM, campaign=published, policy="every", levels=2)


def test_only_a_published_campaign_is_closed():
    campaign = close_campaign(**SYSTEM, campaign=CampaignFactory())

    assert campaign.status == "closed"
    with pytest.raises(CampaignError, match="不能结束"):
        close_campaign(**SYSTEM, campaign=campaign)


def test_a_draft_goes_with_all_its_parts_and_a_published_campaign_stays():
    draft = create_campaign(**SYSTEM, plan=load_catalogue_plans()[0], issuer=OrganizationFactory(), year=2026)
    published = CampaignFactory()

    delete_draft(**SYSTEM, campaign=draft)
    with pytest.raises(CampaignError, match="不能删除草稿"):
        delete_draft(**SYSTEM, campaign=published)

    assert list(Campaign.objects.all()) == [published]
    assert (Task.objects.count(), Target.objects.count(), ChecklistItem.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.filter(verb="删除创建活动草稿").count() == 1
