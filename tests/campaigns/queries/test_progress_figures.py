from datetime import date

import pytest

from branches.permissions import Scope
from branches.queries.access import scope_of
from campaigns.actions import tallies
from campaigns.queries.progress_figures import campaign_counts, day_counts, target_counts, task_counts
from campaigns.rules.counts import Counts, total
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, CampaignFactory, TargetFactory, TaskFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
ON_TIME, LATE, TOO_LATE = "2026-03-15T09:00+08:00", "2026-04-09T09:00+08:00", "2026-04-14T09:00+08:00"


@pytest.fixture
def tree():
    committee = CommitteeFactory()
    return committee, BranchFactory(parent=committee), BranchFactory(parent=committee)


def scope_for(organization, role="staff") -> Scope:
    return scope_of(make_user_with_post(role, organization).pk, TODAY)


def spread(campaign, first, second):
    """Two tasks with every verdict between them."""
    one, two = (TargetFactory(task=TaskFactory(campaign=campaign)) for _ in range(2))
    AssignmentFactory(target=one, organization=first, state="done", done=1, completed_at=ON_TIME)
    AssignmentFactory(target=one, organization=second, state="done", done=1, completed_at=LATE)
    AssignmentFactory(target=two, organization=first, state="done", done=1, completed_at=TOO_LATE)
    AssignmentFactory(target=two, organization=second)
    AssignmentFactory(target=two, organization=first, period="2026-02", state="exempt", exempt_reason="免报")
    tallies.recount([first.pk, second.pk], ["2026-03"], [campaign.pk])
    return one, two


def test_the_parts_of_a_campaign_add_up_to_its_tallies(tree, django_assert_num_queries):
    committee, first, second = tree
    campaign = CampaignFactory(issuer=committee)
    one, two = spread(campaign, first, second)
    scope = scope_for(committee)

    with django_assert_num_queries(1):
        whole = campaign_counts(scope, [campaign.pk])
    with django_assert_num_queries(1):
        tasks = task_counts(scope, campaign)

    assert whole == {campaign.pk: Counts(expected=5, exempt=1, on_time=1, late=1, missing=1, open=1)}
    assert tasks == {
        one.task_id: Counts(expected=2, on_time=1, late=1),
        two.task_id: Counts(expected=3, exempt=1, missing=1, open=1),
    }
    assert total(tasks.values()) == whole[campaign.pk]
    assert target_counts(scope, two.task) == {two.lineage: tasks[two.task_id]}
    assert day_counts(scope, campaign, {date(2026, 3, 31)}) == {date(2026, 3, 31): whole[campaign.pk]}


def test_a_closed_month_counts_as_it_was_closed(tree):
    committee, branch, _ = tree
    campaign = CampaignFactory(issuer=committee)
    target = TargetFactory(task__campaign=campaign)
    AssignmentFactory(
        target=target, organization=branch, state="done", done=1, completed_at=ON_TIME,
        outcome="missing", closed_at="2026-04-14T09:00+08:00",
    )  # fmt: skip

    assert task_counts(scope_for(committee), campaign) == {target.task_id: Counts(expected=1, missing=1)}


def test_a_branch_sees_its_own_and_a_member_nothing(tree):
    committee, first, second = tree
    campaign = CampaignFactory(issuer=committee)
    spread(campaign, first, second)

    own = campaign_counts(scope_for(second, "secretary"), [campaign.pk])

    assert own == {campaign.pk: Counts(expected=2, late=1, open=1)}
    assert campaign_counts(scope_for(first, "member"), [campaign.pk]) == {}
