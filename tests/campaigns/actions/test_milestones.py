from datetime import date

import pytest

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.milestones import ask_deliverable, remind_milestones, set_milestone_day
from campaigns.models import ChecklistItem, Target
from campaigns.queries.terms import due_targets
from campaigns.rules.campaigns import CampaignError
from office.models import Notice
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import periods
from tests.factories.branches import UserFactory, make_user_with_post
from tests.factories.campaigns import CampaignFactory, LeadingGroupSeatFactory, MilestoneFactory, TaskFactory

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 20)


def test_a_day_that_the_plan_leaves_open_is_fixed_and_fixed_again():
    milestone = MilestoneFactory(due_on=None, note="由工委确定日期", title="完成一周集中培训")

    set_milestone_day(by=Actor.system(), milestone=milestone, due_on=MAY)
    set_milestone_day(by=Actor.system(), milestone=milestone, due_on=date(2026, 6, 1))

    milestone.refresh_from_db()
    assert milestone.due_on == date(2026, 6, 1)
    first, second = AuditEntry.objects.filter(verb="确定节点日期").order_by("pk")
    assert (first.object_id, first.detail["before"], first.detail["after"]) == (milestone.campaign_id, "", "2026-05-20")
    assert second.detail == {"before": "2026-05-20", "after": "2026-06-01", "note": "完成一周集中培训"}


@pytest.mark.parametrize(
    "fields, day, words",
    [
        ({"due_on": date(2026, 6, 30)}, MAY, "该节点的日期出自文件，不能更改。"),
        ({"due_on": None}, date(2027, 5, 20), "日期应在 2026 年内。"),
        ({"due_on": None, "campaign__status": "closed"}, MAY, "该活动已结束，不能再确定日期。"),
    ],
)
def test_a_day_of_the_plan_of_another_year_or_of_an_ended_campaign_is_refused(fields, day, words):
    milestone = MilestoneFactory(**fields)

    with pytest.raises(CampaignError) as caught:
        set_milestone_day(by=Actor.system(), milestone=milestone, due_on=day)

    assert str(caught.value) == words
    milestone.refresh_from_db()
    assert milestone.due_on == fields["due_on"]


def test_a_draft_s_days_are_fixed_as_well():
    draft = CampaignFactory(status="draft", published_on=None)
    milestone = MilestoneFactory(campaign=draft, due_on=None)

    assert set_milestone_day(by=Actor.system(), milestone=milestone, due_on=MAY).due_on == MAY


@pytest.fixture
def _may(move_clock):
    move_clock("2026-05-20T10:00:00+08:00")


def asked(milestone, **fields):
    known = {"deliverable": "阶段成效小结", "kinds": ["branch"], "group": "all"}
    return ask_deliverable(by=Actor.system(), milestone=milestone, **(known | fields))


@pytest.mark.usefixtures("_may")
def test_c03_a_deliverable_becomes_a_task_due_on_the_day():
    milestone = MilestoneFactory(title="创建初见成效", due_on=date(2026, 10, 31))
    TaskFactory(campaign=milestone.campaign)
    milestone = asked(milestone)
    target = Target.objects.get(task=milestone.task)
    item = ChecklistItem.objects.get(task=milestone.task)
    assert (target.metric, target.period, target.due_day, target.audience_kinds) == (
        "manual", "once", "10-31", ["branch"],
    )  # fmt: skip
    assert (item.text, item.needs_evidence) == ("阶段成效小结", True)
    rows = due_targets([milestone.campaign], periods.parse("2026-05"), rule_table(date(2026, 5, 20)), workday_checker())
    assert [row.dates.due_on for row in rows] == [date(2026, 10, 31)]


@pytest.mark.usefixtures("_may")
@pytest.mark.parametrize(
    ("fields", "words"),
    [({"due_on": None}, "请先确定节点的日期"), ({"due_on": date(2026, 5, 19)}, "节点日期已过")],
)
def test_c03_a_deliverable_needs_a_day_to_come(fields, words):
    with pytest.raises(CampaignError, match=words):
        asked(MilestoneFactory(**fields))


@pytest.mark.usefixtures("_may")
def test_c03_a_deliverable_is_asked_for_once():
    milestone = asked(MilestoneFactory(due_on=date(2026, 10, 31)))
    with pytest.raises(CampaignError, match="已经要求报送成果"):
        asked(milestone)


@pytest.mark.parametrize(("on", "told"), [(date(2026, 6, 22), 0), (date(2026, 6, 23), 1), (date(2026, 7, 1), 0)])
def test_c03_the_staff_is_told_before_the_day_once(on, told):
    milestone = MilestoneFactory(due_on=date(2026, 6, 30))
    make_user_with_post("staff", milestone.campaign.issuer)
    assert remind_milestones(by=Actor.system(), on=on) == told
    assert remind_milestones(by=Actor.system(), on=on) == 0


def test_c03_the_office_of_the_leading_group_is_told_on_the_day():
    milestone = MilestoneFactory(due_on=date(2026, 6, 30))
    user = UserFactory()
    LeadingGroupSeatFactory(campaign=milestone.campaign, user=user, runs_campaign=True)
    assert remind_milestones(by=Actor.system(), on=date(2026, 6, 30)) == 1
    assert Notice.objects.get(user=user).text == "“四型机关”时间节点今天到期：完成年中调研评估，请查看完成情况。"
