from datetime import date
from random import Random

import pytest

from branches.models import Organization, OrganizationChange
from desk.actions.demo.organizations import fill_organizations
from members.models import Membership
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


def test_o01_the_demonstration_splits_the_largest_branch_and_renames_another(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")
    committee = CommitteeFactory()
    large, small = BranchFactory(parent=committee), BranchFactory(parent=committee, name="财政局机关第二支部")
    make_roster(large, 12)
    make_roster(small, 3)

    made = fill_organizations(Random("1"), committee.parent, DAY)

    new = OrganizationChange.objects.get(kind="split", organization=large).other
    sizes = [Membership.objects.filter(organization=one, ends_on=None).count() for one in (large, small, new)]
    assert (made, sizes) == (2, [8, 3, 4])
    assert Organization.objects.get(pk=small.pk).name == "财政机关第二支部"
