"""The demonstration's matters, opinions, suggestions and delegates."""

from random import Random

import pytest

from desk.actions.demo.make import SCALES
from desk.actions.demo.matters import fill_matters
from desk.actions.demo.tree import make_tree
from members.models import Delegate, Matter, OpinionRequest, Suggestion
from partybuild.lib import clock

pytestmark = pytest.mark.django_db


def test_all_four_registers_are_filled():
    random, today = Random(2), clock.today()
    fill_matters(random, make_tree(random, SCALES["small"], today), today)
    assert [model.objects.exists() for model in (Matter, Suggestion, OpinionRequest, Delegate)] == [True] * 4
