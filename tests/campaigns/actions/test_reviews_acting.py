"""Row 17 with X13: a deputy stands where his principal stands, and both names are kept."""

from datetime import datetime, timedelta

import pytest

from branches.actions.acting import open_acting
from branches.models import AuditEntry, Post
from branches.permissions import Actor
from branches.queries.access import scope_of
from branches.queries.audit import history_of
from campaigns.actions.activities import file_activity
from campaigns.actions.reviews import approve
from campaigns.queries.reviews import may_decide, waiting_activities
from campaigns.rules.activities import RecordError
from partybuild.lib import clock
from partybuild.lib.clock import ZONE
from tests.factories.branches import UserFactory, actor
from tests.factories.district import District
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)


@pytest.fixture
def district(move_clock) -> District:
    move_clock(NOON)
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    return made


@pytest.fixture
def deputy(district):
    """Holds the post of the committee's staff, and none of his own."""
    user = UserFactory(name="李敏")
    today = clock.today()
    open_acting(
        by=actor(district.staff), post=district.staff.posts.get(), deputy=user, starts_on=today,
        ends_on=today + timedelta(days=9), reason="出差",
    )  # fmt: skip
    return user


def acting(user) -> Actor:
    scope = scope_of(user.pk, clock.today())
    return Actor(
        user_id=user.pk, post_id=scope.grant.post_id, organization_id=scope.grant.organization_id,
        organization_path=scope.grant.path, acting_for_id=scope.acting_for_id,
    )  # fmt: skip


def filed(district, by=None):
    return file_activity(by=by or district.by, activity=district.saved())


def test_x13_a_deputy_decides_and_both_names_are_kept(district, deputy):
    activity = filed(district)
    assert may_decide(scope_of(deputy.pk, clock.today()), activity)
    approve(by=acting(deputy), record=activity, version=1)

    entry = AuditEntry.objects.get(verb="审核通过活动记录", object_id=activity.pk)
    assert (entry.user_id, entry.acting_for_id) == (deputy.pk, district.staff.pk)
    assert history_of(activity)[0].who == f"李敏（代 {district.staff.name}）"


def test_r17_a_deputy_does_not_decide_on_what_his_principal_filed(district, deputy):
    activity = filed(district, by=actor(district.staff))

    with pytest.raises(RecordError, match="由您提交"):
        approve(by=acting(deputy), record=activity, version=1)
    assert not waiting_activities(scope_of(deputy.pk, clock.today())).filter(pk=activity.pk).exists()


def test_r17_a_deputy_does_not_decide_on_what_he_filed_himself(district, deputy):
    activity = filed(district, by=Actor(user_id=deputy.pk, organization_path=district.branch.path))

    with pytest.raises(RecordError, match="由您提交"):
        approve(by=acting(deputy), record=activity, version=1)


@pytest.mark.parametrize("relation", ["office", "membership"])
@pytest.mark.parametrize("whose", ["own", "principal"])
def test_r17_a_deputy_does_not_decide_where_either_belongs(district, deputy, relation, whose):
    member = MemberFactory(user=deputy if whose == "own" else district.staff)
    make = OfficeFactory if relation == "office" else MembershipFactory
    make(member=member, organization=district.branch)
    activity = filed(district)
    by = acting(deputy)
    by = Actor(**{**by.__dict__, "member_id": member.pk if whose == "own" else None})

    with pytest.raises(RecordError, match="任职" if relation == "office" else "党员"):
        approve(by=by, record=activity, version=1)


def test_r17_a_deputy_does_not_decide_where_his_principal_holds_a_post(district, deputy):
    Post.objects.create(user=district.staff, organization=district.branch, role="inspector", starts_on=clock.today())
    activity = filed(district)

    with pytest.raises(RecordError, match="任职"):
        approve(by=acting(deputy), record=activity, version=1)
