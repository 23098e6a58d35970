from datetime import date

import pytest

from members.queries.tree_figures import members_below
from tests.factories.branches import BranchFactory, CommitteeFactory, GroupFactory, OrganizationFactory
from tests.factories.members import MembershipFactory, make_roster

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


def test_o01_members_of_a_node_and_of_those_below_it(django_assert_num_queries):
    root = OrganizationFactory()
    committee, direct = CommitteeFactory(parent=root), BranchFactory(parent=root)
    make_roster(BranchFactory(parent=committee), 2)
    make_roster(BranchFactory(parent=committee), 1)
    make_roster(direct, 4)
    make_roster(BranchFactory(), 3)
    MembershipFactory(organization=direct, ends_on=DAY)

    with django_assert_num_queries(1):
        found = members_below(root, DAY)

    assert found == {root.pk: 7, committee.pk: 3, direct.pk: 4}


def test_o01_members_of_a_branch_and_of_its_groups():
    branch = BranchFactory()
    group = GroupFactory(parent=branch)
    MembershipFactory(organization=branch, group=group)
    MembershipFactory(organization=branch)

    assert members_below(branch, DAY) == {branch.pk: 2, group.pk: 1}
