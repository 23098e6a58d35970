"""Habits of the code that no linter knows."""

import ast
from pathlib import Path

import pytest
from celery import current_app

from desk.enums import TaskName

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("branches", "office", "members", "campaigns", "assessments", "desk")
CODE = [
    path
    for folder in (*APPS, "partybuild", "services")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
LONGEST_MODULE = 400
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def attribute_calls(path: Path) -> list[str]:
    """Calls as far as they are attributes: ``Model.objects.all()`` → ``Model.objects.all``."""
    return [ast.unparse(call.func) for call in calls(path) if isinstance(call.func, ast.Attribute)]


def in_layer(*layers: str) -> list[Path]:
    return [path for path in CODE if path.relative_to(ROOT).parts[0] in APPS and set(layers) & set(path.parts)]


@pytest.mark.parametrize("path", in_layer("views"), ids=lambda path: str(path.relative_to(ROOT)))
def test_r18_views_start_from_what_is_visible(path: Path) -> None:
    assert [call for call in attribute_calls(path) if call.endswith(".objects.all")] == []


def test_r18_one_module_decides_what_a_role_may_do() -> None:
    """The table of rights is read where the scope is made and shown, and decided on nowhere else."""
    readers = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "RIGHTS"
    }
    # Who may be named for restricted records depends on the role of a post that is not in use.
    assert readers == {"branches/permissions.py", "branches/views/rights.py", "members/actions/custodians.py"}


def test_r18_nobody_but_the_scope_reads_the_grants() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("has_perm", "has_perms", "get_objects_for_user")
    }
    assert readers == set()


@pytest.mark.parametrize("path", in_layer("views", "tasks", "management"), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_actions_write(path: Path) -> None:
    found = [
        call
        for call in attribute_calls(path)
        if (call.rpartition(".")[2] in WRITES and ".objects." in call) or call.endswith((".bulk_create", "form.save"))
    ]
    assert found == []


def test_every_queued_name_is_a_task_of_the_worker() -> None:
    current_app.loader.import_default_modules()
    assert {name.value for name in TaskName} <= set(current_app.tasks)


def test_the_schedule_names_tasks_of_the_worker() -> None:
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in current_app.conf.beat_schedule.values()} <= set(current_app.tasks)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_has_outgrown_a_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_public_functions_of_the_inner_layers_say_what_they_mean() -> None:
    silent = []
    for path in in_layer("actions", "queries", "rules", "tasks"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
        silent += [f"{path.relative_to(ROOT)}:{node.name}" for node in functions if ast.get_docstring(node) is None]
    assert silent == []
