"""Levels of review: how many, who, and what happens where a level's unit is missing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from branches.models import Post
from branches.queries.access import scope_of
from campaigns.actions.activities import file_activity
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity
from campaigns.queries.activity_detail import changes_of
from campaigns.queries.counts import records_to_review
from campaigns.queries.review_queue import Sampling, sampling_of
from campaigns.queries.reviews import waiting_activities, waiting_count
from campaigns.rules.activities import RecordError
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post
from tests.factories.campaigns import CampaignFactory, due
from tests.factories.district import District

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)


@pytest.fixture
def district(move_clock) -> District:
    """A committee below another one, so that three units lie above the branch."""
    move_clock(NOON)
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    made.due()
    return made


def filed(district: District, **changes) -> Activity:
    return file_activity(by=district.by, activity=district.saved(**changes))


def deep(district: District, *, staffed: bool) -> tuple:
    """A unit between the root and a committee with a branch; with or without somebody who may review."""
    middle = CommitteeFactory(parent=district.root)
    lower = CommitteeFactory(parent=middle)
    branch = BranchFactory(parent=lower)
    reviewer = actor(make_user_with_post("staff", lower))
    if staffed:
        make_user_with_post("staff", middle)
    due(branch, "activity.theme_day", district.campaign)
    district.branch, district.secretary = branch, make_user_with_post("secretary", branch)
    return middle, reviewer


def test_x07_the_record_takes_the_most_levels_of_what_it_counts_for(district):
    two = CampaignFactory(issuer=district.root, review_policy="flagged", review_levels=2)
    due(district.branch, "activity.theme_day", two)
    record = approve(by=district.reviewer, record=filed(district), version=1)
    assert (record.status, record.review_unit) == ("filed", district.root)


@pytest.mark.parametrize("staffed", [True, False])
def test_x07_a_level_whose_unit_has_nobody_is_passed_over(district, staffed):
    middle, reviewer = deep(district, staffed=staffed)
    district.campaign.review_levels = 3
    district.campaign.save()
    record = approve(by=reviewer, record=filed(district), version=1)
    assert record.review_unit == (middle if staffed else district.root)


def test_x07_a_level_whose_unit_is_dissolved_is_passed_over(district):
    middle, reviewer = deep(district, staffed=True)
    type(middle).objects.filter(pk=middle.pk).update(dissolved_on=date(2026, 3, 1))
    district.campaign.review_levels = 3
    district.campaign.save()
    assert approve(by=reviewer, record=filed(district), version=1).review_unit == district.root


def test_x07_nobody_decides_twice_on_the_same_record(district):
    district.campaign.review_levels = 2
    district.campaign.save()
    record = approve(by=district.reviewer, record=filed(district), version=1)
    Post.objects.create(user=district.staff, organization=district.root, role="staff", starts_on=date(2026, 1, 1))
    post = Post.objects.get(user=district.staff, organization=district.root)
    scope = scope_of(district.staff.pk, NOON.date(), post.pk)
    assert list(waiting_activities(scope)) == []
    assert waiting_count(scope) == records_to_review(scope) == 0
    above = replace(
        actor(district.staff), post_id=post.pk, organization_id=district.root.pk, organization_path=district.root.path
    )
    with pytest.raises(RecordError, match="下一级审核过"):
        approve(by=above, record=record, version=1)
    assert approve(by=actor(make_user_with_post("staff", district.root)), record=record, version=1).status == "approved"


def test_x07_a_record_that_comes_again_shows_what_is_different(district):
    record = return_for_rework(
        by=district.reviewer, record=filed(district), version=1, remark="请补充。", items={"place": "写明地点"}
    )
    Activity.objects.filter(pk=record.pk).update(place="三楼会议室")
    again = file_activity(by=district.by, activity=record)
    assert [(change.code, change.removed, change.added) for change in changes_of(again)] == [
        ("place", ("未填",), ("三楼会议室",))
    ]


def test_x07_the_month_s_quota_is_told(district):
    approve(by=district.reviewer, record=filed(district, title="甲"), version=1)
    filed(district, title="乙", minutes="短")
    Activity.objects.filter(title="乙").update(needs_review=True)
    filed(district, title="丙", minutes="另一次")
    Activity.objects.filter(title="丙").update(needs_review=False)
    district.saved(title="丁")
    assert sampling_of(scope_of(district.staff.pk, NOON.date())) == Sampling(20, 3, 2, 1)
