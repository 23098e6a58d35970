from datetime import date, timedelta

import pytest

from members.queries.roster import (
    Figures,
    committee_on,
    figures_by_branch,
    figures_on,
    leaders_on,
    memberships_on,
    offices_on,
    roster_on,
    secretary_on,
    voters_on,
)
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory
from tests.factories.members import MemberFactory, MembershipFactory, OfficeFactory, ProbationaryFactory, make_roster

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def branch():
    return BranchFactory()


def test_a_place_holds_from_its_first_day_to_the_day_before_the_last(branch):
    MembershipFactory(organization=branch, starts_on=DAY, ends_on=NEXT)

    days = [DAY - timedelta(days=1), DAY, NEXT]
    assert [memberships_on(branch, day).count() for day in days] == [0, 1, 0]


def test_the_roster_of_a_branch_is_its_own(branch):
    (member,) = make_roster(branch, 1)
    make_roster(BranchFactory(parent=branch.parent), 1)

    assert list(roster_on(branch, DAY)) == [member]


def test_the_roster_of_a_group(branch):
    group = GroupFactory(parent=branch)
    inside = MembershipFactory(organization=branch, group=group).member
    make_roster(branch, 2)

    assert list(roster_on(group, DAY)) == [inside]
    assert roster_on(branch, DAY).count() == 3


def test_the_roster_of_a_superior_is_that_of_all_below(branch):
    make_roster(branch, 2)
    make_roster(BranchFactory(parent=branch.parent), 1)
    make_roster(BranchFactory(), 5)

    assert roster_on(branch.parent, DAY).count() == 3
    assert roster_on(branch.parent.parent, DAY).count() == 3


def test_only_full_members_vote(branch):
    full, *_ = make_roster(branch, 1, probationary=2)

    assert list(voters_on(branch, DAY)) == [full]


def test_the_day_of_conversion_gives_the_vote(branch):
    member = ProbationaryFactory(converted_on=DAY)
    MembershipFactory(member=member, organization=branch)

    assert not voters_on(branch, DAY - timedelta(days=1)).exists()
    assert voters_on(branch, DAY).exists()


def test_counts(branch):
    make_roster(branch, 3, probationary=1)
    MembershipFactory(organization=branch, ends_on=DAY)

    assert figures_on(branch, DAY) == Figures(members=4, full=3)
    assert figures_on(branch, DAY).probationary == 1
    assert figures_on(BranchFactory(), DAY) == Figures()


def test_counts_of_many_branches_take_one_query(branch, django_assert_num_queries):
    other, empty = BranchFactory(), BranchFactory()
    make_roster(branch, 2)
    make_roster(other, 1, probationary=1)

    with django_assert_num_queries(1):
        found = figures_by_branch(DAY, [branch.pk, other.pk, empty.pk])
    assert found == {branch.pk: Figures(2, 2), other.pk: Figures(2, 1)}
    assert figures_by_branch(DAY, [other.pk]) == {other.pk: Figures(2, 1)}


def test_r14_own_rows_and_the_sums_of_the_children_are_the_total():
    committee = CommitteeFactory()
    branches = [BranchFactory(parent=committee) for _ in range(3)]
    for number, one in enumerate(branches):
        make_roster(one, number, probationary=number)

    parts = [figures_on(one, DAY) for one in branches]
    assert figures_on(committee, DAY) == Figures(sum(p.members for p in parts), sum(p.full for p in parts))


def test_the_committee_and_its_secretary(branch):
    secretary = OfficeFactory(organization=branch).member
    deputy = OfficeFactory(organization=branch, kind="deputy_secretary").member
    OfficeFactory(organization=branch, kind="group_leader")
    OfficeFactory(organization=branch, kind="committee_member", ends_on=DAY)
    OfficeFactory(kind="committee_member")

    assert set(committee_on(branch, DAY)) == {secretary, deputy}
    assert secretary_on(branch, DAY) == secretary


def test_the_leaders():
    committee = CommitteeFactory()
    leader = OfficeFactory(organization=committee, kind="leader").member
    OfficeFactory(organization=committee)

    assert list(leaders_on(committee, DAY)) == [leader]


def test_offices_in_order_of_rank(branch):
    for kind in ("leader", "committee_member", "secretary"):
        OfficeFactory(organization=branch, kind=kind, member=MemberFactory())

    assert [office.kind for office in offices_on(branch, DAY)] == ["secretary", "committee_member", "leader"]


def test_a_day_between_two_secretaries(branch):
    OfficeFactory(organization=branch, starts_on=date(2020, 1, 1), ends_on=DAY)
    OfficeFactory(organization=branch, starts_on=NEXT)

    assert secretary_on(branch, DAY) is None
