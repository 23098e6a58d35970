"""Row 19: a right removed in mid-session is gone at once, over the whole declared table."""

import pytest
from django.test import Client
from django.urls import reverse

from branches.actions.accounts import set_account_active
from branches.actions.posts import end_post
from branches.permissions import Actor
from partybuild.lib import clock
from tests.access.walk import APPS, VIEWERS, built_world, table_of

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def answers(client, world, rows) -> dict[str, int]:
    found = {}
    for name, row in rows.items():
        answer = client.get(reverse(name, kwargs=row.arguments(world)) + row.query)
        if answer.streaming:
            b"".join(answer.streaming_content)
        found[name] = answer.status_code
    return found


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("role", VIEWERS)
def test_r19_without_the_post_the_same_session_reaches_nothing(app, role):
    world = built_world(app)
    user = world.users[role]
    rows = {
        name: row for name, row in table_of(app).items() if row.get[role] == 200 and row.get["nobody"] in (403, 404)
    }
    client = signed_in(user)
    assert {name: code for name, code in answers(client, world, rows).items() if code != 200} == {}

    for post in user.posts.all():
        end_post(by=Actor.system(), post=post, ends_on=clock.today())

    assert answers(client, world, rows) == {name: row.get["nobody"] for name, row in rows.items()}


def test_r19_a_disabled_account_is_out_with_the_next_request():
    world = built_world("branches")
    client = signed_in(world.users["staff"])
    assert client.get("/organizations/").status_code == 200

    set_account_active(by=Actor.system(), user=world.users["staff"], is_active=False)

    answer = client.get("/organizations/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
