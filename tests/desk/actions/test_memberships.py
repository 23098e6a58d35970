"""A member comes, moves and leaves: every floor follows in one transaction."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.models import Post
from branches.permissions import Actor
from campaigns.enums import Subject
from campaigns.models import Assignment
from desk.actions.memberships import enter_tree, leave_tree, move_member
from members.models import Membership, Office
from tests.factories.branches import BranchFactory, CommitteeFactory, UserFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, TargetFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, make_roster

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def old(committee):
    return BranchFactory(parent=committee)


@pytest.fixture
def new(committee):
    return BranchFactory(parent=committee)


def live_places(member):
    return list(Membership.objects.filter(member=member, ends_on=None).values_list("organization", flat=True))


def test_o06_a_member_is_on_one_roster_before_and_after(old, new, trail):
    member = MembershipFactory(organization=old).member

    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")

    on = {day: list(Membership.objects.on(day).filter(member=member).values_list("organization", flat=True))
          for day in (date(2026, 3, 9), DAY)}  # fmt: skip
    assert on == {date(2026, 3, 9): [old.pk], DAY: [new.pk]}
    assert trail().last().detail["note"] == "工作调动"


def test_o06_moving_twice_changes_nothing_the_second_time(old, new):
    member = MembershipFactory(organization=old).member

    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")
    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")

    assert Membership.objects.filter(member=member).count() == 2


def test_o06_offices_end_where_he_no_longer_belongs(old, new, committee):
    member = MembershipFactory(organization=old).member
    left = OfficeFactory(member=member, organization=old)
    kept = OfficeFactory(member=member, organization=committee, kind="committee_member")

    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")

    assert Office.objects.get(pk=left.pk).ends_on == DAY
    assert Office.objects.get(pk=kept.pk).ends_on is None


def test_o06_r09_posts_of_a_member_follow_him(old, new):
    user = make_user_with_post("member", old)
    member = MembershipFactory(organization=old, member=MemberFactory(user=user)).member

    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")

    held = Post.objects.in_force(date(2026, 3, 16)).filter(user=user)
    assert [(post.organization_id, post.role) for post in held] == [(new.pk, "member")]


def test_o06_nobody_gives_himself_a_post_by_moving(old, new):
    user = make_user_with_post("member", old)
    member = MembershipFactory(organization=old, member=MemberFactory(user=user)).member

    move_member(by=Actor(user_id=user.pk), member=member, to=new, on=DAY, reason="工作调动")

    assert not Post.objects.in_force(date(2026, 3, 16)).filter(user=user).exists()


def test_o06_personal_tasks_of_both_branches_are_counted_again(old, new):
    make_roster(old, 3)
    target = TargetFactory(metric="study.hours", subject=Subject.MEMBER)
    rows = [
        AssignmentFactory(target=target, organization=one, metric="study.hours", subject=Subject.MEMBER,
                          members_expected=count)
        for one, count in ((old, 3), (new, 0))
    ]  # fmt: skip

    move_member(by=SYSTEM, member=old.memberships.first().member, to=new, on=DAY, reason="工作调动")

    assert [Assignment.objects.get(pk=row.pk).members_expected for row in rows] == [2, 1]


def test_o06_leaving_ends_place_offices_and_posts(old):
    user = make_user_with_post("secretary", old)
    member = MembershipFactory(organization=old, member=MemberFactory(user=user)).member
    OfficeFactory(member=member, organization=old)

    leave_tree(by=SYSTEM, member=member, on=DAY, reason="转往外地")

    assert live_places(member) == []
    assert not Office.objects.filter(ends_on=None).exists()
    assert not Post.objects.in_force(date(2026, 3, 16)).filter(user=user).exists()
    with pytest.raises(ValidationError, match="不在任何党支部"):
        leave_tree(by=SYSTEM, member=member, on=DAY, reason="转往外地")


def test_o06_entering_puts_on_a_roster(new):
    member = MemberFactory()

    enter_tree(by=SYSTEM, member=member, to=new, on=DAY)

    assert live_places(member) == [new.pk]
    with pytest.raises(ValidationError, match="已在一个党支部"):
        enter_tree(by=SYSTEM, member=member, to=new, on=DAY)


def test_o06_nobody_enters_a_dissolved_branch_or_in_advance(old, new):
    member = MembershipFactory(organization=old).member
    gone = BranchFactory(dissolved_on=date(2026, 3, 1))

    with pytest.raises(ValidationError, match="已于2026年3月1日撤销"):
        move_member(by=SYSTEM, member=member, to=gone, on=DAY, reason="工作调动")
    with pytest.raises(ValidationError, match="不能晚于今天"):
        move_member(by=SYSTEM, member=member, to=new, on=date(2026, 3, 17), reason="工作调动")
    assert live_places(member) == [old.pk]


def test_o06_other_accounts_keep_their_posts(old, new):
    make_user_with_post("secretary", old)
    member = MembershipFactory(organization=old, member=MemberFactory(user=UserFactory())).member

    move_member(by=SYSTEM, member=member, to=new, on=DAY, reason="工作调动")

    assert Post.objects.in_force(date(2026, 3, 16)).filter(organization=old).exists()
