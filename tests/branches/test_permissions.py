from dataclasses import dataclass

import pytest

from branches.enums import Role
from branches.permissions import OFFICERS, RIGHTS, Actor, Grant, Permission, Reach, Scope, roles_holding


@dataclass(frozen=True)
class Place:
    path: str


OWN, BELOW, ABOVE, BESIDE, LONGER = Place("1/2/"), Place("1/2/5/"), Place("1/"), Place("1/3/"), Place("1/22/")


def scope(role):
    return Scope(user_id=1, grant=Grant(1, 2, OWN.path, role))


def test_every_role_has_rights():
    assert set(RIGHTS) == set(Role)
    assert all(Permission.VIEW_HOME in RIGHTS[role] for role in Role)


def test_every_right_is_held_by_somebody():
    assert [permission for permission in Permission if not list(roles_holding(permission))] == []


def test_r17_no_officer_holds_what_another_is_for():
    assert list(roles_holding(Permission.GRANT_POST)) == [Role.SECADMIN]
    assert list(roles_holding(Permission.VIEW_AUDIT)) == [Role.AUDITOR]
    assert {Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR} == OFFICERS


def test_a_right_with_reach_below():
    staff = scope(Role.STAFF)

    assert staff.allows(Permission.MANAGE_MEMBER, OWN)
    assert staff.allows(Permission.MANAGE_MEMBER, BELOW)
    assert not any(staff.allows(Permission.MANAGE_MEMBER, place) for place in (ABOVE, BESIDE, LONGER))


def test_a_right_at_the_own_node_only():
    secretary = scope(Role.SECRETARY)

    assert RIGHTS[Role.SECRETARY][Permission.ANSWER_ASSIGNMENT] is Reach.NODE
    assert secretary.allows(Permission.ANSWER_ASSIGNMENT, OWN)
    assert not secretary.allows(Permission.ANSWER_ASSIGNMENT, BELOW)


@pytest.mark.parametrize(
    ("place", "seen"), [(OWN, True), (BELOW, True), (ABOVE, False), (BESIDE, False), (LONGER, False)]
)
def test_what_lies_inside_a_scope(place, seen):
    assert scope(Role.INSPECTOR).sees(place) is seen


def test_without_a_post_nothing_is_allowed():
    nobody = Scope(user_id=1)

    assert not nobody.holds(Permission.VIEW_HOME)
    assert not nobody.allows(Permission.VIEW_HOME, OWN)
    assert not nobody.sees(OWN)
    assert nobody.prefix(Permission.VIEW_HOME) is None


def test_the_prefix_behind_lists():
    assert scope(Role.STAFF).prefix(Permission.VIEW_MEMBER) == ("1/2/", True)
    assert scope(Role.MEMBER).prefix(Permission.VIEW_ORGANIZATION) == ("1/2/", False)
    assert scope(Role.MEMBER).prefix(Permission.VIEW_MEMBER) is None


def test_the_system_acts_for_nobody():
    assert Actor.system().is_system
    assert not Actor(user_id=1).is_system
