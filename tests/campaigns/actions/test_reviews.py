"""Decisions: approve, return, further levels, who may not, two at once, many together."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from branches.actions.posts import open_post
from branches.models import AuditEntry
from branches.permissions import Actor
from campaigns.actions.activities import file_activity, save_draft
from campaigns.actions.reviews import Marked, approve, approve_many, opened_key, return_for_rework
from campaigns.models import Activity, Review
from campaigns.rules.activities import RecordError
from members.models import Membership
from partybuild.lib.clock import ZONE
from tests.factories.branches import CommitteeFactory, actor, make_user_with_post
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


def filed(district: District, **changes) -> Activity:
    return file_activity(by=district.by, activity=district.saved(**changes))


def test_an_approved_record_is_done(district):
    assignment = district.due()
    activity = filed(district)
    approved = approve(by=district.reviewer, record=activity, version=1)

    assignment.refresh_from_db()
    assert (approved.status, assignment.state) == ("approved", "done")
    review = Review.objects.get()
    assert (review.decision, review.level, review.version) == ("approve", 1, 1)
    assert (review.reviewer, review.organization) == (district.staff, district.committee)
    assert AuditEntry.objects.filter(verb="审核通过活动记录", object_id=activity.pk).count() == 1


def test_a_returned_record_no_longer_counts_and_may_come_again(district):
    assignment = district.due()
    activity = filed(district)
    returned = return_for_rework(
        by=district.reviewer,
        record=activity,
        version=1,
        remark=" 请补充。 ",
        items={"minutes": "写明票数", "place": " "},
    )

    assignment.refresh_from_db()
    assert (returned.status, returned.returned_at, returned.resubmit_by) == ("returned", NOON, date(2026, 3, 19))
    assert (assignment.state, assignment.done) == ("returned", Decimal(0))
    review = Review.objects.get()
    assert (review.remark, review.items) == ("请补充。", {"minutes": "写明票数"})
    assert AuditEntry.objects.get(verb="退回活动记录").detail["note"] == "请补充；写明票数。"


def test_days_to_put_right_are_working_days(district, move_clock):
    move_clock("2026-04-30T10:00:00+08:00")
    activity = filed(district, held_on=date(2026, 4, 30))
    returned = return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。")
    # 1 to 5 May are holidays, 9 May is worked.
    assert returned.resubmit_by == date(2026, 5, 11)


def test_a_return_without_a_word_is_refused(district):
    activity = filed(district)
    with pytest.raises(RecordError, match="退回原因"):
        return_for_rework(by=district.reviewer, record=activity, version=1, remark=" ", items={"minutes": ""})
    assert not Review.objects.exists()


def test_a_remark_on_one_item_is_enough(district):
    activity = filed(district)
    assert (
        return_for_rework(by=district.reviewer, record=activity, version=1, items={"minutes": "太简略"}).status
        == "returned"
    )


def test_a_record_with_two_levels_goes_up_before_it_is_done(district):
    district.campaign.review_levels = 2
    district.campaign.save()
    assignment = district.due()
    activity = filed(district)
    above = actor(make_user_with_post("staff", district.root))

    first = approve(by=district.reviewer, record=activity, version=1)
    assignment.refresh_from_db()
    assert (first.status, first.review_level, first.review_unit, first.needs_review) == (
        "filed", 1, district.root, True,
    )  # fmt: skip
    assert assignment.state == "pending"

    with pytest.raises(RecordError, match="由上级组织审核"):
        approve(by=district.reviewer, record=first, version=1)
    second = approve(by=above, record=first, version=1)
    assignment.refresh_from_db()
    assert (second.status, assignment.state) == ("approved", "done")
    assert list(Review.objects.values_list("level", flat=True)) == [1, 2]


def test_more_levels_than_units_end_at_the_root(district):
    district.campaign.review_levels = 4
    district.campaign.save()
    district.due()
    above = actor(make_user_with_post("staff", district.root))
    record = approve(by=district.reviewer, record=filed(district), version=1)
    assert approve(by=above, record=record, version=1).status == "approved"


def test_what_comes_again_is_reviewed_from_the_first_level_on(district):
    district.campaign.review_levels = 2
    district.campaign.save()
    district.due()
    above = actor(make_user_with_post("staff", district.root))
    record = approve(by=district.reviewer, record=filed(district), version=1)
    record = return_for_rework(by=above, record=record, version=1, remark="请补充。")
    again = file_activity(by=district.by, activity=record)
    assert (again.version, again.review_level, again.review_unit) == (2, 0, district.committee)


def test_the_second_of_two_reviewers_is_told(district):
    activity = filed(district)
    other = actor(make_user_with_post("staff", district.committee))
    approve(by=district.reviewer, record=activity, version=1)

    with pytest.raises(RecordError, match=rf"{district.staff.name}已于 2026年3月12日 12:00 作出决定：通过"):
        return_for_rework(by=other, record=activity, version=1, remark="请补充。")
    assert Review.objects.count() == 1


def test_a_decision_on_an_older_version_is_refused(district):
    activity = filed(district)
    return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。")
    file_activity(by=district.by, activity=activity)
    with pytest.raises(RecordError, match="已有变化"):
        approve(by=district.reviewer, record=activity, version=1)


def test_r17_nobody_decides_on_what_he_filed(district):
    activity = save_draft(
        by=district.reviewer, organization=district.branch, client_key=uuid4(), draft=district.draft()
    )
    file_activity(by=district.reviewer, activity=activity)
    with pytest.raises(RecordError, match="由您提交"):
        approve(by=district.reviewer, record=activity, version=1)


def test_r17_nobody_decides_where_he_holds_a_post(district):
    open_post(
        by=Actor.system(), user=district.staff, organization=district.branch, role="member", starts_on=NOON.date()
    )
    with pytest.raises(RecordError, match="任职"):
        approve(by=district.reviewer, record=filed(district), version=1)


@pytest.mark.parametrize("relation", ["office", "membership"])
def test_r17_nobody_decides_where_he_holds_an_office_or_is_a_member(district, relation):
    member = MemberFactory(user=district.staff)
    if relation == "office":
        OfficeFactory(member=member, organization=district.branch)
    else:
        MembershipFactory(member=member, organization=district.branch)
    activity = filed(district)
    with pytest.raises(RecordError, match="任职" if relation == "office" else "党员"):
        approve(by=actor(district.staff), record=activity, version=1)


def test_who_has_left_the_branch_may_decide(district):
    member = MemberFactory(user=district.staff)
    place = MembershipFactory(member=member, organization=district.branch)
    Membership.objects.filter(pk=place.pk).update(ends_on=date(2026, 3, 1))
    assert approve(by=actor(district.staff), record=filed(district), version=1).status == "approved"


def test_r17_the_root_s_own_records_are_confirmed_by_a_second_person(district):
    first, second = (actor(make_user_with_post("staff", district.root)) for _ in range(2))
    activity = save_draft(
        by=first,
        organization=district.root,
        client_key=uuid4(),
        draft=district.draft(kind="committee_meeting", attendance=()),
    )
    file_activity(by=first, activity=activity)
    with pytest.raises(RecordError, match="由您提交"):
        approve(by=first, record=activity, version=1)
    assert approve(by=second, record=activity, version=1).status == "approved"


def test_another_unit_cannot_decide(district):
    other = actor(make_user_with_post("staff", CommitteeFactory(parent=district.root)))
    with pytest.raises(RecordError, match="由上级组织审核"):
        approve(by=other, record=filed(district), version=1)


def test_what_counts_without_review_may_still_be_sent_back(district):
    activity = filed(district)
    assert activity.needs_review is False  # nothing asks for it
    assert return_for_rework(by=district.reviewer, record=activity, version=1, remark="请补充。").status == "returned"


def test_many_are_approved_at_once_and_the_rest_is_named(district):
    good, unopened = filed(district, title="甲"), filed(district, title="乙", minutes=f"另一次。{'学习' * 40}")
    thin = filed(district, title="丙", minutes="短")
    marks = [Marked(each, 1) for each in (good, unopened, thin)]
    opened = {opened_key(good, 1), opened_key(thin, 1)}

    result = approve_many(by=district.reviewer, marked=marks, opened=opened)

    assert [record.pk for record in result.approved] == [good.pk]
    assert [(record.pk, reason) for record, reason in result.held] == [
        (unopened.pk, "尚未打开看过"),
        (thin.pk, "有提示：内容偏少"),
    ]
    assert list(Review.objects.values_list("activity_id", flat=True)) == [good.pk]


def test_one_that_is_refused_holds_up_no_other(district):
    first, second = filed(district, title="甲"), filed(district, title="乙", minutes=f"另一次。{'学习' * 40}")
    approve(by=actor(make_user_with_post("staff", district.committee)), record=first, version=1)
    result = approve_many(
        by=district.reviewer,
        marked=[Marked(first, 1), Marked(second, 1)],
        opened={opened_key(first, 1), opened_key(second, 1)},
    )
    assert [record.pk for record in result.approved] == [second.pk]
    assert "作出决定：通过" in result.held[0][1]
