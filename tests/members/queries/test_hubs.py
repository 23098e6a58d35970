"""A hub: lists by group, and who is told what is missing."""

import pytest

from branches.enums import Role
from branches.permissions import Grant, Permission, Scope
from members.queries.hubs import hub_groups, missing_in
from members.rules.registers import Figures, Register

VIEW = Permission.VIEW_WORK


def scope_with(role):
    return Scope(user_id=1, grant=Grant(1, 1, "1/", role))


def register(group, label, figures, **more):
    return Register(group, label, "members:room_list", more.pop("permission", VIEW), lambda scope: figures, **more)


LISTS = (
    register("乙", "实事", Figures(5, 2, "件逾期", "?state=late"), faults_for=(Permission.DO_WORK,)),
    register("甲", "征集", Figures(3, 1, "项尚未报送")),
    register("甲", "限定记录", None),
    register("丙", "账号", Figures(9), permission=Permission.MANAGE_ACCOUNT),
)


def shown(role):
    groups = hub_groups(LISTS, ("甲", "乙", "丙"), scope_with(role))
    return [(group, [(one.label, figures.missing, figures.words) for one, figures in rows]) for group, rows in groups]


def test_groups_stand_in_their_order_and_only_with_lists_that_one_may_open():
    assert shown(Role.SECRETARY) == [("甲", [("征集", 1, "项尚未报送")]), ("乙", [("实事", 2, "件逾期")])]
    assert shown(Role.AUDITOR) == []


def test_a_fault_is_told_only_to_those_whom_it_concerns():
    assert shown(Role.MEMBER) == [("甲", [("征集", 1, "项尚未报送")]), ("乙", [("实事", 0, "")])]


@pytest.mark.parametrize(("role", "missing"), [(Role.SECRETARY, 3), (Role.MEMBER, 1)])
def test_what_is_missing_is_summed(role, missing):
    assert missing_in(hub_groups(LISTS, ("甲", "乙", "丙"), scope_with(role))) == missing
