"""The menu of each role, and what the frame is given."""

import pytest
from django.test import RequestFactory

from branches import context_processors
from branches.context_processors import PHONE_TABS, UNGROUPED, Entry, frame, menu_entries
from branches.enums import Role
from branches.permissions import RIGHTS, Scope
from branches.queries.access import scope_of
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, make_user_with_post

MENUS = {
    Role.STAFF: (
        "工作台 看板 创建活动 任务 活动记录 审核 问题整改 月度调度 专项工作 党组织 党员 党务台账 考核评价 公文 规则表"
    ),
    Role.SECRETARY: "工作台 任务 活动记录 问题整改 专项工作 党员 党务台账 考核评价 公文",
    Role.LEADER: "看板 问题整改 专项工作 党务台账 考核评价 公文",
    Role.MEMBER: "工作台 我的档案 我的党费 我的意见建议 创建活动 活动记录 随手拍 专项工作 公文",
    Role.INSPECTOR: "工作台 看板 创建活动 任务 活动记录 问题整改 专项工作 党务台账 考核评价 公文",
    Role.SYSADMIN: "工作台 党组织 账号与岗位 规则表 权限一览",
    Role.SECADMIN: "工作台 党组织 账号与岗位 批量建账号 权限一览 限定记录授权",
    Role.AUDITOR: "工作台 党组织 权限一览 审计记录",
}
TABS = {
    Role.STAFF: "工作台 看板 任务 审核",
    Role.SECRETARY: "工作台 任务 活动记录 党员",
    Role.LEADER: "看板 问题整改 专项工作 党务台账",
}

HEADINGS = {
    Role.STAFF: ["", "组织", "办公", "系统"],
    Role.SECRETARY: ["", "组织", "办公"],
    Role.INSPECTOR: ["", "组织", "办公"],
    Role.MEMBER: ["", "办公"],
}
"""Of the roles that find more than eight entries."""


def offered(role):
    return [entry for entry in menu_entries() if entry.permission in RIGHTS[role] and role not in entry.hidden_for]


def shown(entries, role):
    return [Entry(each.label, "/", each.icon, False, each.group, None, role in each.tab_for) for each in entries]


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role(role):
    assert " ".join(entry.label for entry in offered(role)) == MENUS[role]


@pytest.mark.parametrize("role", list(TABS))
def test_the_bar_of_a_phone(role):
    assert " ".join(tab.label for tab in context_processors._tabs(shown(offered(role), role))) == TABS[role]


@pytest.mark.parametrize("role", list(Role))
def test_a_short_menu_has_no_headings_and_a_long_one_at_most_eight_without(role):
    entries = shown(offered(role), role)
    groups = context_processors._groups(entries)
    assert sum(len(group["entries"]) for group in groups) == len(entries)
    assert len(groups[0]["entries"]) <= UNGROUPED
    assert [group["label"] for group in groups] == HEADINGS.get(role, [""])


def test_the_entry_whose_address_fits_best_is_the_current_one(monkeypatch):
    urls = {"campaigns:campaign_list": "/campaigns/", "campaigns:assignment_list": "/campaigns/assignments/"}
    monkeypatch.setattr(context_processors, "_url", lambda name: urls.get(name, ""))
    request = RequestFactory().get("/campaigns/assignments/7/")
    entries = context_processors._entries(request, scope_with(Role.INSPECTOR))
    assert [(entry.url, entry.current) for entry in entries] == [
        ("/campaigns/", False),
        ("/campaigns/assignments/", True),
    ]


def scope_with(role):
    from branches.permissions import Grant

    return Scope(user_id=1, grant=Grant(1, 1, "1/", role))


def test_what_waits_is_the_sum_of_what_the_menu_counts():
    entries = [
        Entry("甲", "/a/", "", False),
        Entry("乙", "/b/", "", False, count=3),
        Entry("丙", "/c/", "", False, count=4),
    ]
    assert context_processors._todo(entries) == {"count": 7, "url": "/b/"}
    assert context_processors._todo(entries[:1]) is None
    assert context_processors._todo([Entry("甲", "/a/", "", False, count=0)]) is None


def test_a_stranger_gets_an_empty_frame(client):
    found = frame(RequestFactory().get("/"))["frame"]
    assert (found["menu"], found["tabs"], found["person"], found["period"]) == ([], [], None, None)


def test_a_bar_of_a_phone_has_four_places():
    entries = [Entry(str(n), f"/{n}/", "", False, is_tab=n == 7) for n in range(8)]
    assert [tab.label for tab in context_processors._tabs(entries)] == ["0", "1", "2", "7"]
    assert PHONE_TABS == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "queries"), [(Role.SECRETARY, 3), (Role.STAFF, 3), (Role.LEADER, 1)])
def test_a_frame_costs_at_most_three_queries_and_a_fragment_none(role, queries, django_assert_num_queries):
    user = make_user_with_post(role, BranchFactory())
    request = RequestFactory().get("/")
    request.user = user
    request.scope = scope_of(user.pk, clock.today())
    with django_assert_num_queries(0):
        lazy = frame(request)["frame"]
    with django_assert_num_queries(queries):
        assert lazy["person"]["name"] == user.name


def test_every_page_that_an_entry_names_is_there():
    missing = [name for entry in menu_entries() for name in entry.also if not context_processors._url(name)]
    assert missing == []


def test_a_register_is_marked_at_its_hub():
    request = RequestFactory().get("/members/rooms/7/")
    entries = context_processors._entries(request, scope_with(Role.LEADER))
    assert [entry.label for entry in entries if entry.current] == ["党务台账"]
