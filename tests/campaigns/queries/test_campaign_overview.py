from datetime import date

import pytest

from branches.queries.access import scope_of
from campaigns.models import Campaign
from campaigns.queries.campaign_overview import lines, parts, timeline, visible
from campaigns.rules.counts import Counts
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import (
    AssignmentFactory,
    CampaignFactory,
    DimensionFactory,
    MilestoneFactory,
    TallyFactory,
    TargetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def committee():
    return CommitteeFactory()


def scope_for(organization, role="staff"):
    return scope_of(make_user_with_post(role, organization).pk, TODAY)


def test_drafts_are_found_by_those_who_work_on_them_alone(committee):
    draft = CampaignFactory(issuer=committee, status="draft", published_on=None)
    published = CampaignFactory(issuer=committee)
    above = CampaignFactory(issuer=committee.parent)
    draft_above = CampaignFactory(issuer=committee.parent, status="draft", published_on=None)
    CampaignFactory()

    assert set(visible(scope_for(committee))) == {draft, published, above}
    assert set(visible(scope_for(committee, "leader"))) == {published, above}
    assert set(visible(scope_for(BranchFactory(parent=committee), "secretary"))) == {published, above}
    assert set(visible(scope_for(committee.parent))) == {draft, published, above, draft_above}


@pytest.mark.parametrize("count", [1, 3])
def test_a_line_has_the_counts_and_the_next_day(committee, count, django_assert_num_queries):
    for _ in range(count):
        campaign = CampaignFactory(issuer=committee)
        TallyFactory(organization=committee, campaign=campaign, expected=4, exempt=1, on_time=2, open=1)
        for day in (date(2026, 6, 30), date(2026, 12, 31), date(2026, 9, 30)):
            MilestoneFactory(campaign=campaign, due_on=day, title=f"{day.month}月")
    campaigns, scope = list(Campaign.objects.all()), scope_for(committee)

    with django_assert_num_queries(2):
        found = lines(scope, campaigns, TODAY)

    assert len(found) == count
    assert (found[0].counts, found[0].milestone.title) == (Counts(4, 1, 2, 0, 0, 1), "9月")


@pytest.mark.parametrize("count", [1, 3])
def test_the_parts_stand_in_order_with_targets_in_words_and_sums(committee, count, django_assert_num_queries):
    campaign = CampaignFactory(issuer=committee)
    second = DimensionFactory(campaign=campaign, position=2, name="书香机关")
    first = DimensionFactory(campaign=campaign, position=1, name="政治机关")
    for number in range(count):
        task = TaskFactory(campaign=campaign, dimension=first, number=str(number), position=number)
        AssignmentFactory(target=TargetFactory(task=task), organization=committee)
    TargetFactory(task=task, title="旧的", ended_on=date(2026, 5, 1))
    scope = scope_for(committee)

    with django_assert_num_queries(4):
        found = parts(scope, campaign)

    assert [part.dimension for part in found] == [first, second]
    assert [line.task.number for line in found[0].tasks] == [str(number) for number in range(count)]
    assert [(t.target.title, t.who, t.asked) for t in found[0].tasks[-1].targets] == [
        ("主题党日", "党支部", "每月不少于 1 次")
    ]
    assert (found[0].counts, found[1].counts) == (Counts(expected=count, open=count), Counts())


def test_the_timeline_marks_what_was_met_what_is_late_and_what_comes_next(committee):
    campaign = CampaignFactory(issuer=committee)
    target = TargetFactory(task__campaign=campaign)

    def due_on(day, **fields):
        until = {"due_on": day, "grace_until": day, "cut_off_on": day, "period": day.isoformat()}
        AssignmentFactory(target=target, organization=committee, **until, **fields)

    for name, month in (("met", 3), ("late", 4), ("past", 5), ("next", 9), ("far", 11), ("early", 12)):
        MilestoneFactory(campaign=campaign, title=name, due_on=date(2026, month, 28))
    MilestoneFactory(campaign=campaign, title="open", due_on=None)
    due_on(date(2026, 3, 28), state="done", done=1, completed_at="2026-03-20T09:00+08:00")
    due_on(date(2026, 4, 28))
    due_on(date(2026, 11, 28))
    due_on(date(2026, 12, 28), state="done", done=1, completed_at="2026-06-20T09:00+08:00")

    marks = {mark.milestone.title: mark.mark for mark in timeline(scope_for(committee), campaign, TODAY)}

    assert marks == {
        "met": "done", "late": "late", "past": "done", "next": "now", "far": "later", "early": "done", "open": "later",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_timeline_takes_two_queries(committee, count, django_assert_num_queries):
    campaign = CampaignFactory(issuer=committee)
    for month in range(count):
        MilestoneFactory(campaign=campaign, due_on=date(2026, month + 1, 28))
    scope = scope_for(committee)

    with django_assert_num_queries(2):
        assert len(timeline(scope, campaign, TODAY)) == count
