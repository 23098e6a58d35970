"""The walk sees what it should see: each kind of mistake in a table is told."""

import pytest

from branches.models import AuditEntry, User
from tests.access.table import NEVER, ROLES, Row, World, everyone, only
from tests.access.walk import ask, table, url_names, wrong_places, wrong_roles

pytestmark = pytest.mark.django_db

LIST, DETAIL, NEW = "branches:account_list", "branches:organization_detail", "branches:account_new"


@pytest.fixture
def world():
    return World()


def test_a_wrong_code_is_told(world):
    told = list(wrong_roles(world, LIST, Row(get=only(200, "sysadmin"), post=NEVER)))

    assert told == ["GET branches:account_list as secadmin: 200, declared 403"]


def test_an_open_door_is_told_for_every_role(world):
    told = list(wrong_roles(world, LIST, Row(get=everyone(404), post=NEVER)))

    assert len(told) == len(ROLES)


def test_an_object_out_of_scope_that_is_shown_is_told(world):
    def always_own(world, organization):
        return {"pk": world.branch.pk}

    told = list(wrong_places(world, DETAIL, Row(get=everyone(200), post=NEVER, at=always_own)))

    assert [line.split(" as ")[1] for line in told] == [
        f"{viewer} at {place}: 200, declared 404"
        for viewer in ("staff", "secretary")
        for place in ("parent", "sibling", "foreign")
    ]


def test_every_pattern_has_a_name():
    names = set(url_names())

    assert {"branches:login", "members:member_detail", "desk:home"} <= names
    assert all(name.count(":") == 1 for name in names)


def test_what_a_request_does_is_undone(world):
    row = Row(
        get=NEVER, post=NEVER, data=lambda world: {"login": "new", "name": "李敏", "organization": world.branch.code}
    )
    before = AuditEntry.objects.count()

    answer = ask(world, "sysadmin", "post", NEW, row, {})

    assert answer.status_code == 200
    assert not User.objects.filter(login="new").exists()
    assert AuditEntry.objects.count() == before


def test_everything_declared_names_every_role():
    for row in table().values():
        assert set(row.get) == set(row.post) == set(ROLES)
