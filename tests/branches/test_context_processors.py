"""The menu of each role, and what the frame is given."""

import pytest
from django.test import RequestFactory

from branches import context_processors
from branches.context_processors import PHONE_TABS, frame
from branches.enums import Role
from branches.permissions import RIGHTS, Scope
from branches.queries import menu
from branches.queries.access import scope_of
from branches.queries.menu import Entry, menu_entries
from partybuild.lib import clock
from tests.factories.branches import BranchFactory, make_user_with_post

MENUS = {
    Role.STAFF: (
        "工作台（工作台、看板） 创建活动（创建活动、月度调度、专项工作） 任务（任务、活动记录） 审核 问题整改 "
        "党组织与党员（党组织、党员、党务台账） 考核评价 公文与规则（公文、规则表）"
    ),
    Role.SECRETARY: "工作台 任务 活动记录 问题整改 专项工作 党员（党员、党务台账） 考核评价 公文",
    Role.LEADER: "看板 问题整改 专项工作 党务台账 考核评价 公文",
    Role.MEMBER: "工作台 我的档案（我的档案、我的党费、我的意见建议） 创建活动 活动记录 随手拍 专项工作 公文",
    Role.INSPECTOR: "工作台 看板 创建活动（创建活动、专项工作） 任务（任务、活动记录） 问题整改 党务台账 考核评价 公文",
    Role.SYSADMIN: "工作台 党组织 账号与岗位 规则表 权限一览",
    Role.SECADMIN: "工作台 党组织 账号与岗位 批量建账号 权限一览 限定记录授权",
    Role.AUDITOR: "工作台 党组织 权限一览 审计记录",
}
"""What each role finds in the menu; in brackets the second row of a place."""

TABS = {
    Role.STAFF: "工作台 看板 任务 审核",
    Role.SECRETARY: "工作台 任务 活动记录 党员",
    Role.LEADER: "看板 问题整改 专项工作 公文",
    Role.MEMBER: "工作台 我的档案 活动记录 随手拍",
    Role.INSPECTOR: "工作台 看板 任务 问题整改",
}
AT_MOST = 8
"""Entries of a menu (look.md)."""


def shown(role, path="/nowhere/"):
    return context_processors.frame(request_of(role, path))["frame"]


def request_of(role, path):
    request = RequestFactory().get(path)
    request.scope = scope_with(role)
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role_has_at_most_eight_entries(role):
    found = shown(role)["menu"]
    words = [
        f"{place.label}（{'、'.join(entry.label for entry in place.row)}）" if place.row else place.label
        for place in found
    ]
    assert " ".join(words) == MENUS[role]
    assert len(found) <= AT_MOST


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_is_offered_stands_in_the_menu_or_in_a_row_once(role):
    offered = [
        entry.label for entry in menu_entries() if entry.permission in RIGHTS[role] and role not in entry.hidden_for
    ]
    assert sorted(entry.label for entry in shown(role)["entries"]) == sorted(offered)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(TABS))
def test_the_bar_of_a_phone(role):
    assert " ".join(tab.label for tab in shown(role)["tabs"]) == TABS[role]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_place_leads_to_the_first_page_of_its_row_and_shows_the_row_there(role):
    for place in shown(role)["menu"]:
        for entry in place.row:
            assert place.url == place.row[0].url
            assert [each.label for each in shown(role, entry.url)["row"] if each.current] == [entry.label]
        assert shown(role, f"{place.url}0/")["row"] == ()


WHERE = [
    (Role.STAFF, "/", "工作台", ""),
    (Role.STAFF, "/board/", "工作台", ""),
    (Role.STAFF, "/burden/", "工作台", ""),
    (Role.STAFF, "/campaigns/7/", "创建活动", ""),
    (Role.STAFF, "/campaigns/targets/7/amend/", "创建活动", ""),
    (Role.STAFF, "/campaigns/needs/", "创建活动", ""),
    (Role.STAFF, "/runs/7/", "创建活动", ""),
    (Role.STAFF, "/campaigns/assignments/7/", "任务", ""),
    (Role.STAFF, "/campaigns/extensions/", "任务", ""),
    (Role.STAFF, "/campaigns/activities/7/", "任务", ""),
    (Role.STAFF, "/campaigns/feedback/", "", "feedback"),
    (Role.STAFF, "/campaigns/feedback/new/", "", "feedback"),
    (Role.STAFF, "/office/notices/", "", "notices"),
    (Role.STAFF, "/organizations/7/rename/", "党组织与党员", ""),
    (Role.STAFF, "/organizations/7/years/2026/", "党组织与党员", ""),
    (Role.STAFF, "/members/7/years/", "党组织与党员", ""),
    (Role.STAFF, "/members/transfers/admit/", "党组织与党员", ""),
    (Role.STAFF, "/members/own/", "", "own"),
    (Role.STAFF, "/office/calendar/", "公文与规则", ""),
    (Role.STAFF, "/search/", "", ""),
    (Role.SECRETARY, "/campaigns/7/", "任务", ""),
    (Role.SECRETARY, "/campaigns/feedback/", "", "feedback"),
    (Role.SECRETARY, "/campaigns/needs/7/", "专项工作", ""),
    (Role.SECRETARY, "/campaigns/snapshots/", "问题整改", ""),
    (Role.SECRETARY, "/organizations/7/", "党员", ""),
    (Role.SECRETARY, "/members/rooms/7/", "党员", ""),
    (Role.LEADER, "/campaigns/assignments/7/", "看板", ""),
    (Role.LEADER, "/campaigns/7/", "看板", ""),
    (Role.LEADER, "/members/7/", "党务台账", ""),
    (Role.LEADER, "/organizations/7/", "党务台账", ""),
    (Role.LEADER, "/campaigns/feedback/new/", "", "feedback"),
    (Role.MEMBER, "/members/own/year/", "我的档案", ""),
    (Role.MEMBER, "/members/dues/own/", "我的档案", ""),
    (Role.MEMBER, "/campaigns/snapshots/new/", "随手拍", ""),
    (Role.SYSADMIN, "/accounts/7/", "账号与岗位", ""),
    (Role.SYSADMIN, "/accounts/password/", "", "password"),
    (Role.SECADMIN, "/members/custodians/", "限定记录授权", ""),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "path", "place", "top_page"), WHERE)
def test_where_one_is_is_marked(role, path, place, top_page):
    found = shown(role, path)
    assert [each.label for each in found["menu"] if each.current] == ([place] if place else [])
    assert found["top_page"] == top_page


@pytest.mark.django_db
def test_a_page_in_the_row_is_marked_there():
    found = shown(Role.STAFF, "/members/rooms/7/")
    assert [entry.label for entry in found["entries"] if entry.current] == ["党务台账"]


def scope_with(role):
    from branches.permissions import Grant

    return Scope(user_id=1, grant=Grant(1, 1, "1/", role))


@pytest.mark.django_db
def test_the_top_bar_asks_until_what_waits_was_counted_under_this_post(client, move_clock):
    move_clock("2026-03-05T10:00:00+08:00")
    client.force_login(make_user_with_post(Role.SECRETARY, BranchFactory()))

    def asks():
        return (
            'id="todo"' in (html := client.get("/campaigns/activities/").content.decode()) and 'hx-get="/todo/"' in html
        )

    assert asks()
    assert 'id="todo"' in client.get("/todo/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="todo").content.decode()
    assert not asks()
    move_clock("2026-03-05T10:03:00+08:00")
    assert asks()
    client.get("/")
    assert not asks()
    client.post("/notices/read/")
    assert asks()


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
    missing = [name for entry in menu_entries() for name in entry.also if not menu.url_of(name)]
    assert missing == []


def test_what_an_entry_joins_is_an_entry_that_stands_before_it():
    names = [entry.url_name for entry in menu_entries()]
    joined = [(entry.joins, entry.url_name) for entry in menu_entries() if entry.joins]
    assert joined
    assert all(names.index(head) < names.index(name) for head, name in joined)


def test_what_waits_in_a_row_is_told_at_its_place():
    row = [
        Entry("任务", "/a/", "", False, count=3, head="a"),
        Entry("活动记录", "/b/", "", True, count=None, head="a"),
        Entry("审核", "/c/", "", False, count=4, head="c"),
    ]
    found = menu.places_of(row)
    assert [(place.label, place.count, place.current) for place in found] == [("任务", 3, True), ("审核", 4, False)]
