"""Scoring in the background."""

import pytest
from celery import current_app

from assessments.enums import RoundStatus, TaskName
from assessments.models import Round, StageScore
from assessments.tasks import score_round
from campaigns.models import Assignment
from partybuild.lib import clock
from tests.factories.assessments import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(move_clock):
    move_clock("2026-06-08T09:00:00+08:00")
    return make_story()


def test_it_scores_anew_and_a_second_time_changes_nothing(story):
    Assignment.objects.filter(organization=story.branch, period="2026-06").update(completed_at=clock.now())

    assert score_round(story.round.pk) == 1
    before = list(StageScore.objects.order_by("pk").values())
    assert score_round(story.round.pk) == 0
    assert list(StageScore.objects.order_by("pk").values()) == before


def test_it_leaves_a_published_and_a_missing_round_alone(story):
    Round.objects.update(status=RoundStatus.PUBLISHED, published_at=clock.now(), result_hash="0" * 64)

    assert score_round(story.round.pk) == 0
    assert score_round(999_999) == 0


def test_every_name_is_a_task_of_the_worker():
    current_app.loader.import_default_modules()

    assert {name.value for name in TaskName} <= set(current_app.tasks)
