from datetime import date

import pytest
from django.core.exceptions import ValidationError

from branches.permissions import Actor
from members.actions.memberships import assign_group
from members.actions.steps import end_membership, open_membership
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory
from tests.factories.members import MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
DAY = date(2026, 3, 5)


def test_a_member_is_put_on_the_roster_of_a_branch(trail):
    member, branch = MemberFactory(), BranchFactory()

    place = open_membership(by=SYSTEM, member=member, organization=branch, starts_on=DAY)

    assert (place.member, place.organization) == (member, branch)
    assert trail().get().verb == "编入党支部"


def test_only_a_branch_has_a_roster():
    with pytest.raises(ValidationError, match="党员只能编入党支部"):
        open_membership(by=SYSTEM, member=MemberFactory(), organization=CommitteeFactory(), starts_on=DAY)


def test_one_place_at_a_time():
    place = MembershipFactory()

    with pytest.raises(ValidationError, match="已在一个党支部的名册中"):
        open_membership(by=SYSTEM, member=place.member, organization=BranchFactory(), starts_on=DAY)


def test_places_do_not_overlap():
    place = MembershipFactory(ends_on=DAY)

    with pytest.raises(ValidationError, match="早于在上一个党支部的结束日期"):
        open_membership(by=SYSTEM, member=place.member, organization=BranchFactory(), starts_on=date(2026, 3, 4))
    open_membership(by=SYSTEM, member=place.member, organization=BranchFactory(), starts_on=DAY)


def test_a_group_of_another_branch_is_refused():
    with pytest.raises(ValidationError, match="党小组不属于该党支部"):
        open_membership(
            by=SYSTEM, member=MemberFactory(), organization=BranchFactory(), starts_on=DAY, group=GroupFactory()
        )


def test_a_place_ends_once():
    place = MembershipFactory()

    end_membership(by=SYSTEM, membership=place, ends_on=DAY)

    place.refresh_from_db()
    assert place.ends_on == DAY
    with pytest.raises(ValidationError, match="已不在这个党支部"):
        end_membership(by=SYSTEM, membership=place, ends_on=DAY)


def test_a_place_ends_no_earlier_than_it_began():
    with pytest.raises(ValidationError, match="不能早于开始日期"):
        end_membership(by=SYSTEM, membership=MembershipFactory(starts_on=DAY), ends_on=date(2026, 3, 4))


def test_a_member_changes_his_group(trail):
    place = MembershipFactory()
    group = GroupFactory(parent=place.organization)

    assign_group(by=SYSTEM, membership=place, group=group)
    assign_group(by=SYSTEM, membership=place, group=group)
    assign_group(by=SYSTEM, membership=place, group=None)

    place.refresh_from_db()
    assert place.group is None
    assert trail().count() == 2


def test_a_member_is_in_no_group_of_another_branch():
    with pytest.raises(ValidationError, match="党小组不属于该党支部"):
        assign_group(by=SYSTEM, membership=MembershipFactory(), group=GroupFactory())
