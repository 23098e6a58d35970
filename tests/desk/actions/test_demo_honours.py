"""The demonstration's projects, claims, contests, needs and pledges."""

from random import Random

import pytest

from campaigns.models import Application, Award, Claim, Need, Pledge, Project, Topic
from desk.actions.demo.honours import fill_honours
from desk.actions.demo.make import SCALES
from desk.actions.demo.tree import make_tree
from partybuild.lib import clock

pytestmark = pytest.mark.django_db


def test_all_lists_are_filled():
    random, today = Random(2), clock.today()
    fill_honours(random, make_tree(random, SCALES["small"], today), today)
    filled = (Topic, Project, Claim, Application, Award, Need, Pledge)
    assert [model.objects.exists() for model in filled] == [True] * len(filled)
