"""Two people at once: real transactions in threads."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from campaigns.actions import records
from campaigns.actions.activities import file_activity, save_and_file
from campaigns.actions.reviews import approve, return_for_rework
from campaigns.models import Activity, ActivityVersion, Review
from partybuild.lib.clock import ZONE
from tests.factories.branches import actor, make_user_with_post
from tests.factories.district import District

pytestmark = pytest.mark.django_db(transaction=True)


def together(*steps: Callable[[], object]) -> list[object]:
    """What each step returned or was refused with; all start at the same moment."""
    barrier, results = Barrier(len(steps)), [None] * len(steps)

    def run(place: int, step: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            results[place] = step()
        except ValidationError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def district(move_clock) -> District:
    move_clock(datetime(2026, 3, 12, 12, 0, tzinfo=ZONE))
    made = District()
    made.due()
    return made


def test_of_two_reviewers_at_once_one_wins_and_the_other_is_told(district):
    activity = file_activity(by=district.by, activity=district.saved(minutes="短"))
    other = actor(make_user_with_post("staff", district.committee))

    first, second = together(
        lambda: approve(by=district.reviewer, record=activity, version=1),
        lambda: return_for_rework(by=other, record=activity, version=1, remark="请补充。"),
    )

    refused = [each for each in (first, second) if isinstance(each, ValidationError)]
    assert len(refused) == 1
    assert "您的决定没有保存" in refused[0].messages[0]
    assert Review.objects.count() == 1


def test_the_same_form_sent_twice_at_once_is_filed_once(district):
    key, draft = uuid4(), district.draft()

    def send() -> Activity:
        return save_and_file(by=district.by, organization=district.branch, client_key=key, draft=draft)

    first, second = together(send, send)

    assert isinstance(first, Activity)
    assert isinstance(second, Activity)
    assert first.pk == second.pk
    assert (Activity.objects.count(), ActivityVersion.objects.count()) == (1, 1)


def test_without_the_row_lock_both_reviewers_would_go_on_to_write(district, monkeypatch):
    """The negative control: with the lock taken out only the unique constraint stops the second decision."""
    activity = file_activity(by=district.by, activity=district.saved(minutes="短"))
    other = actor(make_user_with_post("staff", district.committee))
    entered = Barrier(2)

    def unlocked(record: Activity) -> Activity:
        found = Activity.objects.select_related("organization", "review_unit").get(pk=record.pk)
        entered.wait(10)
        return found

    monkeypatch.setattr(records, "hold", unlocked)

    def decide(by):
        try:
            return approve(by=by, record=activity, version=1)
        except Exception as error:
            return error

    results = together(lambda: decide(district.reviewer), lambda: decide(other))

    assert sum(isinstance(each, ValidationError) for each in results) == 0
    assert sum(isinstance(each, Exception) for each in results) == 1  # the constraint, and no word for a person
