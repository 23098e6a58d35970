"""Every URL × every role × GET and POST, and every object URL × where the object is (security.md rows 12 and 13)."""

import pytest

from tests.access.walk import APPS, built_world, table, table_of, url_names, wrong_places, wrong_roles

pytestmark = pytest.mark.django_db


def test_r12_every_url_is_declared():
    assert sorted(set(url_names()) - set(table())) == []


def test_every_declared_url_exists():
    assert sorted(set(table()) - set(url_names())) == []


def test_a_name_belongs_to_one_url():
    names = list(url_names())

    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("app", APPS)
def test_r12_every_role_is_answered_as_declared(app):
    world = built_world(app)

    assert [wrong for name, row in table_of(app).items() for wrong in wrong_roles(world, name, row)] == []


@pytest.mark.parametrize("app", APPS)
def test_r13_what_lies_outside_the_scope_is_not_found(app):
    world = built_world(app)
    rows = {name: row for name, row in table_of(app).items() if row.at is not None}

    assert [wrong for name, row in rows.items() for wrong in wrong_places(world, name, row)] == []
