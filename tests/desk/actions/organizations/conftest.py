"""The tree on which organisations are moved, merged, split and dissolved, in the middle of March."""

import pytest

from tests.factories.branches import (
    BranchFactory,
    CommitteeFactory,
    OrganizationFactory,
)
from tests.factories.campaigns import (
    CampaignFactory,
    TargetFactory,
    TaskFactory,
)


@pytest.fixture(autouse=True)
def _in_march(move_clock):
    move_clock("2026-03-16T09:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def one(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def two(root):
    return CommitteeFactory(parent=root)


@pytest.fixture
def branch(one):
    return BranchFactory(parent=one)


@pytest.fixture
def target(root):
    return TargetFactory(task=TaskFactory(campaign=CampaignFactory(issuer=root)))
