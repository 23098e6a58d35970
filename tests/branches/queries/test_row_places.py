"""The organisation of a row: in reach, in force, and where the actor may do it."""

from datetime import date

import pytest

from branches.permissions import Actor, Permission
from branches.queries.row_places import RowPlaces
from tests.factories.branches import BranchFactory, CommitteeFactory, actor, make_user_with_post

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)


@pytest.fixture
def committee():
    return CommitteeFactory(name="机关党委")


@pytest.fixture
def branch(committee):
    return BranchFactory(parent=committee, name="第一支部", code="B1")


def test_by_code_and_by_name_within_reach(committee, branch):
    BranchFactory(name="远方支部")
    places = RowPlaces(Actor.system(), committee, TODAY)

    assert places.find("B1") == places.find("第一支部") == (branch, "")
    assert places.find("远方支部") == (None, "导入范围内没有这个党组织")


def test_a_dissolved_one_says_since_when(committee):
    BranchFactory(parent=committee, name="旧支部", code="OLD", dissolved_on=date(2026, 1, 31))
    BranchFactory(parent=committee, name="将撤支部", dissolved_on=date(2026, 5, 1))
    places = RowPlaces(Actor.system(), committee, TODAY)

    assert places.find("旧支部") == places.find("OLD") == (None, "该党组织已于2026年1月31日撤销")
    assert places.find("将撤支部")[1] == ""


def test_without_a_name_it_is_where_the_import_starts(committee):
    assert RowPlaces(Actor.system(), committee, TODAY).own_or("", Permission.DO_WORK) == (committee, "")
    assert RowPlaces(Actor.system(), None, TODAY).own_or("", Permission.DO_WORK) == (None, "请填写党组织")


@pytest.mark.parametrize(("role", "reason"), [("secretary", ""), ("staff", "无权在第一支部办理")])
def test_rights_are_those_of_the_post(committee, branch, role, reason):
    places = RowPlaces(actor(make_user_with_post(role, committee)), committee, TODAY)

    assert places.own_or("第一支部", Permission.DO_WORK)[1] == reason
    assert places.own_or("", Permission.DO_WORK) == (committee, "")
    assert places.may(branch, Permission.DO_WORK) is (reason == "")
