from datetime import date

import pytest

from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.milestones import set_milestone_day
from campaigns.rules.campaigns import CampaignError
from tests.factories.campaigns import CampaignFactory, MilestoneFactory

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
