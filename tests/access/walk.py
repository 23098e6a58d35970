"""How the table is walked: every request in a savepoint, so that what a POST does is undone."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from branches.enums import Role
from tests.access.table import PLACES, ROLES, Row, World

APPS = ("branches", "office", "members", "campaigns", "assessments", "desk")
VIEWERS = (Role.STAFF, Role.SECRETARY)
FREE_PLACES = ("own", "child")


def modules(up_to: str = APPS[-1]) -> Iterator[tuple[str, Any]]:
    """The apps' declarations from the lowest floor up to this one: ``<app>.py``, then each ``<app>_<noun>.py``."""
    for app in APPS[: APPS.index(up_to) + 1]:
        for path in sorted(Path(__file__).parent.glob(f"{app}*.py")):
            if path.stem == app or path.stem.startswith(f"{app}_"):
                yield app, importlib.import_module(f"tests.access.{path.stem}")


def table() -> dict[str, Row]:
    """All that is declared."""
    return {name: row for _, module in modules() for name, row in module.TABLE.items()}


def table_of(app: str) -> dict[str, Row]:
    """What one app declares."""
    return {name: row for owner, module in modules(app) if owner == app for name, row in module.TABLE.items()}


def url_names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every URL of the portal; one without a name shows its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            below = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from url_names(entry, below)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}"


def built_world(app: str) -> World:
    """The world with the objects of this app and of those below it."""
    world = World()
    for _, module in modules(app):
        if hasattr(module, "build"):
            module.build(world)
    return world


def ask(world: World, role: str, method: str, name: str, row: Row, arguments: dict[str, Any]) -> HttpResponse:
    """One request by this role, undone afterwards."""
    return _asked(world, role, method, name, row, arguments)[0]


def ask_for_bytes(world: World, role: str, method: str, name: str, row: Row, arguments: dict[str, Any]) -> bytes:
    """What one request by this role answers, page or file."""
    return _asked(world, role, method, name, row, arguments)[1]


def _asked(
    world: World, role: str, method: str, name: str, row: Row, arguments: dict[str, Any]
) -> tuple[HttpResponse, bytes]:
    client = Client(raise_request_exception=True)
    user = world.users[role]
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse(name, kwargs=arguments) + row.query
    with transaction.atomic():
        answer = client.get(url) if method == "get" else client.post(url, row.sent(world))
        # A file is read as it is sent: here, before its row is gone.
        content = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
        transaction.set_rollback(True)
    return answer, content


def wrong_roles(world: World, name: str, row: Row) -> Iterator[str]:
    """What a URL answers otherwise than declared, role by role."""
    arguments = row.arguments(world)
    for method in ("get", "post"):
        for role in ROLES:
            code = ask(world, role, method, name, row, arguments).status_code
            if code != row.codes(method)[role]:
                yield f"{method.upper()} {name} as {role}: {code}, declared {row.codes(method)[role]}"


def wrong_places(world: World, name: str, row: Row) -> Iterator[str]:
    """Where an object out of scope is not answered as one that does not exist."""
    assert row.at is not None
    method = row.place_method
    for viewer in VIEWERS:
        usual = row.codes(method)[viewer]
        for place in PLACES:
            arguments = row.at(world, world.places(viewer)[place])
            if arguments is None:
                continue
            # Whoever lacks the right anywhere learns nothing about where things are.
            outside = usual if usual == 403 else 404
            wanted = row.places.get(viewer, {}).get(place, usual if place in FREE_PLACES else outside)
            answer = ask(world, viewer, method, name, row, arguments)
            if answer.status_code != wanted:
                yield f"{method.upper()} {name} as {viewer} at {place}: {answer.status_code}, declared {wanted}"
            elif wanted == 404 and answer.content != _missing(world, viewer, method, name, row, arguments):
                yield f"{method.upper()} {name} as {viewer} at {place}: not the answer to what does not exist"


def _missing(world: World, viewer: str, method: str, name: str, row: Row, arguments: dict[str, Any]) -> bytes:
    """The answer to a number that nobody has."""
    numbers = {key: 999_999_999 if isinstance(value, int) else value for key, value in arguments.items()}
    return ask(world, viewer, method, name, row, numbers).content
