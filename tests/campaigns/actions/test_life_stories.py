"""The life of assignments in random stories beside a plain model, and a model that is wrong on purpose, which the
comparison must find."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.campaigns.actions.life.model import GRACE, RESUBMIT
from tests.campaigns.actions.life.steps import hand_in, meet, recounted
from tests.campaigns.actions.life.story import VERBS, Story
from tests.campaigns.actions.life.world import World, at

pytestmark = pytest.mark.django_db
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 30), st.integers(0, 30)), min_size=8, max_size=22)


@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_x06_every_story_ends_as_a_plain_model_says(move_clock, steps):
    with transaction.atomic():
        story = Story(World())
        for step in steps:
            story.take(*step)
            story.world.check()
        assert recounted() == []
        transaction.set_rollback(True)


def test_x06_a_long_story_takes_every_kind_of_step(move_clock):
    """A fixed one of every verb: none of them is refused all the time, and the model holds throughout."""
    story = Story(World())
    plan = [
        ("file", 0, 0), ("file", 1, 0), ("approve", 0, 0), ("tick", 0, 0), ("withdraw", 0, 0), ("refile", 0, 0),
        ("give_back", 0, 0), ("extend", 1, 12), ("move", 2, 1), ("split", 2, 0), ("amend", 0, 0),
        ("move_person", 5, 0), ("dissolve", 0, 0), ("exempt", 1, 0), ("lift", 0, 0),
        ("exempt", 1, 0), ("merge", 0, 1), ("file", 0, 0),
        *[("tick", 0, 0)] * 6, ("close", 0, 0), ("file", 0, 0),
    ]  # fmt: skip
    for step in plan:
        story.take(*step)
        story.world.check()

    assert set(VERBS) - set(story.taken) == set(), story.taken
    assert recounted() == []


# Negative controls ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"grace_workdays": GRACE + 1}, id="grace one day longer"),
        pytest.param({"resubmit_workdays": RESUBMIT - 1}, id="a day less for correcting"),
        pytest.param({"keeps_outcomes": False}, id="a closed month goes on being counted"),
        pytest.param({"follows_people": False}, id="what was done elsewhere is left out"),
    ],
)
def test_x06_a_wrong_model_is_told_from_the_portal(move_clock, wrong):
    with pytest.raises(AssertionError):
        _tell(World(**wrong))


def test_x06_the_same_story_agrees_with_the_right_model(move_clock):
    _tell(World())


def _tell(world: World) -> None:
    """A story in which each of these rules decides on something."""
    world.file("三", hours=2)
    world.move_person("三1", "一")
    first, _ = hand_in(world, "二")
    world.file("一", hours=1)
    world.go_to(at(4, 1))
    world.give_back(first)
    world.go_to(at(4, 9))
    world.file("一", hours=1)
    world.refile(first)
    world.check()
    world.go_to(at(4, 14))
    world.close()
    world.check()
    meet(world, "三")
    world.check()
