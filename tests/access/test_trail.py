"""Row 38: whatever a POST changes leaves an entry in the trail, over the whole declared table."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.table import STRANGERS
from tests.access.walk import APPS, built_world, table_of

pytestmark = pytest.mark.django_db

WRITE = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
TRAIL = "branches_auditentry"
# What a request keeps about the session itself.
OF_THE_SESSION = {"django_session", "branches_signin"}
# What is kept and is no deed, each with its reason.
NO_DEED = {
    "members:dues_open": "a month in which nobody has anything to pay is opened empty",
    "branches:second_factor": "a secret is offered; it is a deed once it is confirmed",
    "office:notice_open": "one has read a notice of one's own",
    "office:notice_read_all": "one has read one's own notices",
}


def tables_written(world, role, name, row) -> set[str]:
    """The tables that one POST writes to; it is undone afterwards."""
    arguments = row.arguments(world)
    client = Client()
    client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse(name, kwargs=arguments) + row.query, row.sent(world))
            assert answer.status_code == row.post[role]
            if answer.streaming:
                b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    found = (WRITE.match(query["sql"]) for query in queries.captured_queries)
    return {match[1] for match in found if match} - OF_THE_SESSION


def writer_of(row):
    """The first role that is not refused outright."""
    return next((role for role, code in row.post.items() if code < 400 and role not in STRANGERS), None)


@pytest.mark.parametrize("app", APPS)
def test_r38_whatever_a_post_writes_leaves_an_entry(app):
    world = built_world(app)
    rows = {name: (writer_of(row), row) for name, row in table_of(app).items() if name not in NO_DEED}
    written = {name: tables_written(world, role, name, row) for name, (role, row) in rows.items() if role}

    assert {name: tables for name, tables in written.items() if tables and TRAIL not in tables} == {}


@pytest.mark.parametrize("app", APPS)
def test_r38_every_refusal_leaves_an_entry(app):
    world = built_world(app)
    rows = {name: row for name, row in table_of(app).items() if row.post["inspector"] == 403}

    assert [name for name, row in rows.items() if TRAIL not in tables_written(world, "inspector", name, row)] == []


def test_the_exceptions_are_still_there():
    names = {name for app in APPS for name in table_of(app)}

    assert set(NO_DEED) <= names


def test_a_write_without_an_entry_is_told():
    """Negative control: what reads a notice writes and leaves no entry."""
    world = built_world("office")
    row = table_of("office")["office:notice_read_all"]

    assert TRAIL not in tables_written(world, writer_of(row), "office:notice_read_all", row)
