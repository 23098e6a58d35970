"""The demonstration's ledger of rectification."""

from random import Random

import pytest

from campaigns.models import Cleanup, CleanupCheck, CommonClaim, Problem, Step
from campaigns.rules.problems import State
from desk.actions.demo.make import SCALES
from desk.actions.demo.problems import fill_problems
from desk.actions.demo.tree import make_tree
from partybuild.lib import clock
from tests.factories.campaigns import CampaignFactory, TaskFactory

pytestmark = pytest.mark.django_db


def test_r01_the_ledger_is_filled_with_problems_in_many_states():
    random, today = Random(2), clock.today()
    tree = make_tree(random, SCALES["small"], today)
    TaskFactory(campaign=CampaignFactory(issuer=tree.root), nature="problem")
    fill_problems(random, tree, today)
    assert [model.objects.exists() for model in (Cleanup, CleanupCheck, CommonClaim, Step)] == [True] * 4
    assert {State.CLOSED, State.WORKING} <= set(Problem.objects.values_list("state", flat=True))
