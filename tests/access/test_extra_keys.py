"""Row 15: keys that a form does not have change nothing, over the whole declared table.

Each POST of the table is sent as it is declared, and again with every field name of every model beside it, except
those that the page's own forms ask for. Both must be answered alike and leave the same rows.
"""

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from partybuild.lib import clock
from tests.access.table import STRANGERS
from tests.access.walk import APPS, built_world, table_of

pytestmark = pytest.mark.django_db

NAME = re.compile(r'\bname="([\w-]+)"')
# What differs from one POST to the next by itself: moments, tokens, random passwords, the trail, sign-ins.
NOT_COMPARED = (models.DateTimeField, models.UUIDField, models.BinaryField, models.JSONField)
RANDOM = {"password", "secret", "digest", "hash", "rating_hash", "first_password"}
# Forms that stand on another page than the one which takes them.
ELSEWHERE = {
    "members:member_personal": {"reason"},
    "members:structure_task_answer": {"answer"},
    "members:matter_answer": {"answer"},
    "members:risk_review": {"note", "level", "measures"},
    "campaigns:review_activity": {"remark"},
    "campaigns:review_answer": {"remark"},
    "campaigns:project_act": {"text"},
    "campaigns:claim_act": {"text"},
    "campaigns:claim_task_give": {"member"},
    "campaigns:application_act": {"text"},
    "campaigns:need_act": {"text"},
    "campaigns:pledge_act": {"text"},
    "campaigns:step_add": {"text", "person", "due_on"},
    "campaigns:step_done": {"done_on", "note"},
    "campaigns:problem_progress": {"text"},
    "campaigns:problem_paper_add": {"slot"},
    "campaigns:problem_ask": {"text", "regulation"},
    "campaigns:problem_decide": {"decision", "remark"},
    "campaigns:problem_look_back": {"result", "text", "due_on"},
    "campaigns:snapshot_answer": {"decision", "deadline", "answer"},
}
OWN_TRACES = {"branches.AuditEntry", "branches.AuditSeal", "branches.SignIn", "branches.UsedPassword"}
MODELS = [
    model for app in APPS for model in apps.get_app_config(app).get_models() if model._meta.label not in OWN_TRACES
]
FIELDS = sorted(
    {name for model in MODELS for field in model._meta.concrete_fields for name in (field.name, field.attname)}
)


def rows_of(model: type[models.Model], newest: dict[Any, int]) -> list[str]:
    """The rows of a table without what changes by itself; what was made since is told by its content, not its id."""
    compared = [
        field for field in model._meta.concrete_fields
        if not isinstance(field, NOT_COMPARED) and not field.primary_key and field.name not in RANDOM
    ]  # fmt: skip
    found = []
    for values in model._default_manager.values_list("pk", *(field.attname for field in compared)):
        pk, *rest = values
        told = [
            "new"
            if field.is_relation and isinstance(value, int) and value > newest.get(field.related_model, 0)
            else value
            for field, value in zip(compared, rest, strict=True)
        ]
        found.append(f"{pk if isinstance(pk, int) and pk <= newest.get(model, 0) else 'new'} {told}")
    return sorted(found)


def newest_ids() -> dict[Any, int]:
    found = {}
    for model in MODELS:
        top = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        found[model] = top if isinstance(top, int) else 0
    return found


def form_fields(client: Client, url: str) -> set[str]:
    answer = client.get(url)
    return set(NAME.findall(answer.text)) if answer.status_code == 200 and not answer.streaming else set()


def left_by(client: Client, url: str, sent: dict[str, Any], newest: dict[Any, int]) -> tuple[int, dict[str, list[str]]]:
    """The answer and the rows after one POST, which is undone."""
    with transaction.atomic():
        answer = client.post(url, sent)
        if answer.streaming:
            b"".join(answer.streaming_content)
        left = {model._meta.label: rows_of(model, newest) for model in MODELS}
        transaction.set_rollback(True)
    return answer.status_code, left


@pytest.mark.parametrize("app", APPS)
def test_r15_keys_that_no_form_asks_for_change_nothing(app):
    world, wrong = built_world(app), []
    for name, row in table_of(app).items():
        role = next((each for each, code in row.post.items() if code < 500 and code not in (403, 404, 405)
                     and each not in STRANGERS), None)  # fmt: skip
        if role is None:
            continue
        client = Client()
        client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
        url = reverse(name, kwargs=row.arguments(world)) + row.query
        sent, newest = dict(row.sent(world)), newest_ids()
        asked = form_fields(client, url) | set(sent) | ELSEWHERE.get(name, set())
        extra = {key: "1" for key in FIELDS if key not in asked}
        with clock.pretending(clock.now()):  # keys of notices hold the second
            plain, stuffed = left_by(client, url, sent, newest), left_by(client, url, sent | extra, newest)
        if plain[0] != stuffed[0]:
            wrong.append(f"{name}: answered {plain[0]}, with more keys {stuffed[0]}")
        wrong += [f"{name}: {label}" for label in plain[1] if plain[1][label] != stuffed[1][label]]

    assert wrong == []


def test_a_key_that_is_taken_is_told():
    """Negative control: for a form that asks for it, the key does change the row."""
    world = built_world("branches")
    client = Client()
    client.force_login(world.users["sysadmin"], backend="django.contrib.auth.backends.ModelBackend")
    newest = newest_ids()
    sent = {"login": "extra-keys", "name": "李敏", "organization": world.branch.code}
    url = reverse("branches:account_new")

    assert left_by(client, url, sent, newest) != left_by(client, url, sent | {"phone": "13900139000"}, newest)
