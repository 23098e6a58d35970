"""Row 16: whatever is posted in whatever order, a record moves along the table of states and no other way."""

from datetime import datetime
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import Activity
from campaigns.rules.activities import EDITABLE, TRANSITIONS, Verb
from partybuild.lib.clock import ZONE
from tests.factories.branches import make_user_with_post
from tests.factories.campaigns import ActivityFactory
from tests.factories.district import District

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=ZONE)
STEPS = {
    Verb.SAVE: ("secretary", "edit"),
    Verb.FILE: ("secretary", "edit"),
    Verb.WITHDRAW: ("secretary", "withdraw"),
    Verb.VOID: ("secretary", "void"),
    Verb.APPROVE: ("staff", "review"),
    Verb.RETURN: ("staff", "review"),
}


@pytest.fixture
def district(move_clock) -> District:
    move_clock(NOON)
    made = District()
    made.campaign.review_policy = "every"
    made.campaign.save()
    return made


@pytest.fixture
def clients(district) -> dict[str, Client]:
    users = {"staff": district.staff, "secretary": make_user_with_post("secretary", district.branch)}
    made = {role: Client() for role in users}
    for role, user in users.items():
        made[role].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def record(district, status: str) -> Activity:
    """A record in a state, waiting for review where it is filed."""
    if status == "draft":
        return ActivityFactory(organization=district.branch, held_on=NOON.date(), minutes="原来的记录")
    return ActivityFactory(
        organization=district.branch, held_on=NOON.date(), minutes="原来的记录", status=status, version=1,
        filed_at=NOON, counts_from=NOON, needs_review=True, review_unit=district.committee,
    )  # fmt: skip


def send(clients, activity: Activity, verb: Verb) -> int:
    """The form of the verb as a page would send it, whether or not a page offers it now."""
    role, step = STEPS[verb]
    sent = {
        "kind": activity.kind, "held_on": activity.held_on.isoformat(), "title": activity.title,
        "client_key": str(uuid4()), "action": verb.value, "version": str(activity.version), "decision": verb.value,
        "remark": "请补充", "reason": "重复录入", "minutes": "改动后的记录",
    }  # fmt: skip
    name = "review_activity" if step == "review" else f"activity_{step}"
    answer = clients[role].post(reverse(f"campaigns:{name}", args=[activity.pk]), sent)
    assert answer.status_code != HTTPStatus.NOT_FOUND
    return answer.status_code


@settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(is_filed=st.booleans(), verbs=st.lists(st.sampled_from(list(STEPS)), min_size=1, max_size=6))
def test_r16_only_the_table_moves_a_record(district, clients, is_filed, verbs):
    with transaction.atomic():
        activity = record(district, "filed" if is_filed else "draft")
        for verb in verbs:
            before = Activity.objects.get(pk=activity.pk)
            assert send(clients, before, verb) < 500
            after = Activity.objects.get(pk=activity.pk)

            moved = after.status != before.status
            assert not moved or TRANSITIONS.get((before.status, verb)) == after.status
            if before.status not in EDITABLE:
                assert (after.title, after.minutes, after.held_on) == (before.title, before.minutes, before.held_on)
        transaction.set_rollback(True)


@pytest.mark.parametrize("status", ["filed", "approved", "void"])
def test_r16_a_submitted_record_is_read_only(district, clients, status):
    activity = ActivityFactory(
        organization=district.branch, held_on=NOON.date(), minutes="原来的记录", status=status, version=1,
        filed_at=NOON, counts_from=NOON, **({"void_reason": "重复"} if status == "void" else {}),
    )  # fmt: skip
    send(clients, activity, Verb.SAVE)

    activity.refresh_from_db()
    assert (activity.status, activity.minutes) == (status, "原来的记录")


@pytest.mark.parametrize(
    ("status", "verb"),
    [("filed", Verb.WITHDRAW), ("filed", Verb.APPROVE), ("filed", Verb.RETURN), ("filed", Verb.VOID)],
)
def test_what_the_table_allows_does_move_it(district, clients, status, verb):
    """The forms sent above are such as pages send: nothing else is refused than what the table refuses."""
    activity = record(district, status)
    send(clients, activity, verb)

    activity.refresh_from_db()
    assert activity.status == TRANSITIONS[status, verb]
