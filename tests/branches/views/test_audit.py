import json
from io import BytesIO

import openpyxl
import pytest
from django.db import connection

from branches.actions.sealing import seal_entries
from branches.models import AuditEntry
from branches.permissions import Actor
from partybuild.lib.logging import JsonFormatter
from tests.factories.branches import (
    AuditEntryFactory,
    BranchFactory,
    OrganizationFactory,
    UserFactory,
    make_user_with_post,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def auditor(client, root):
    user = make_user_with_post("auditor", root)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def test_entries_with_names(client, auditor, root):
    AuditEntryFactory(user_id=UserFactory(name="李敏").pk, verb="导出党员名册", organization_path=root.path)

    shown = client.get("/audit/").text

    assert "李敏" in shown
    assert "导出党员名册" in shown


def test_filtered(client, auditor, root):
    AuditEntryFactory(verb="导出党员名册", organization_path=root.path)

    assert "导出党员名册" not in client.get("/audit/?verb=登录").text


@pytest.mark.parametrize("query", ["since=yesterday", "result=maybe", "who=%00"])
def test_r34_filters_that_cannot_be_read(client, auditor, query):
    assert client.get(f"/audit/?{query}").status_code == 422


def test_r38_a_refusal_is_kept(client, root, trail):
    user = make_user_with_post("leader", root)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.get("/audit/")

    entry = trail().last()
    assert (entry.verb, entry.result, entry.user_id) == ("无权访问", "refused", user.pk)
    assert entry.detail == {"method": "GET", "path": "/audit/"}


def test_x13_both_names_are_shown_and_searched(client, auditor, root):
    deputy, principal = UserFactory(name="李敏"), UserFactory(name="王立")
    AuditEntryFactory(user_id=deputy.pk, acting_for_id=principal.pk, verb="审核记录", organization_path=root.path)
    AuditEntryFactory(user_id=deputy.pk, verb="查看名册", organization_path=root.path)

    for query in ("who=王立", "acting=on"):
        shown = client.get(f"/audit/?{query}").text
        assert "李敏（代 王立）" in shown
        assert "查看名册" not in shown


def test_filtered_by_organisation_with_all_below_it(client, auditor, root):
    branch = BranchFactory(parent__parent=root)
    AuditEntryFactory(verb="上报活动", organization_id=branch.pk, organization_path=branch.path)
    AuditEntryFactory(verb="登录平台", organization_path=root.path)

    for organization in (branch, branch.parent):
        shown = client.get("/audit/", {"organization": organization.code}).text
        assert "上报活动" in shown
        assert "登录平台" not in shown


@pytest.mark.parametrize(("query", "verb"), [("about=名册", "甲"), ("channel=command", "乙"), ("result=refused", "丙")])
def test_filtered_by_what_where_and_how(client, auditor, root, query, verb):
    AuditEntryFactory(verb="操作甲", object_label="党员名册", organization_path=root.path)
    AuditEntryFactory(verb="操作乙", channel="command", organization_path=root.path)
    AuditEntryFactory(verb="操作丙", result="refused", organization_path=root.path)

    shown = client.get(f"/audit/?{query}").text
    assert [each for each in "甲乙丙" if f"操作{each}" in shown] == [verb]


@pytest.mark.parametrize(
    ("q", "found"), [("操作甲", "甲"), ("名册", "乙"), ("因公", "丙"), ("王立", "丁"), ("无此", "")]
)
def test_searched_for_words_anywhere(client, auditor, root, q, found):
    AuditEntryFactory(verb="操作甲", organization_path=root.path)
    AuditEntryFactory(verb="操作乙", object_label="党员名册", organization_path=root.path)
    AuditEntryFactory(verb="操作丙", detail={"note": "因公外出"}, organization_path=root.path)
    AuditEntryFactory(verb="操作丁", acting_for_id=UserFactory(name="王立").pk, organization_path=root.path)

    shown = client.get("/audit/", {"q": q})
    assert [entry.verb for entry, _, _ in shown.context["rows"]] == ([f"操作{found}"] if found else [])


def test_pages_go_by_key(client, auditor, root):
    made = [
        AuditEntryFactory(verb=f"第{number}件", organization_path=root.path, object_label="翻页")
        for number in range(60)
    ]
    first = client.get("/audit/?about=翻页")
    assert ("第59件" in first.text, "第0件" in first.text) == (True, False)

    page = first.context["page"]
    second = client.get("/audit/", {"about": "翻页", "after": page.next_key})
    assert [entry.pk for entry, _, _ in second.context["rows"]] == [entry.pk for entry in reversed(made[:10])]
    back = client.get("/audit/", {"about": "翻页", "before": second.context["page"].previous_key})
    assert [entry.pk for entry, _, _ in back.context["rows"]] == [entry.pk for entry, _, _ in first.context["rows"]]


def test_a_list_of_three_takes_as_many_queries_as_one(client, auditor, root, django_assert_num_queries):
    AuditEntryFactory(user_id=auditor.pk, object_label="唯一", organization_id=root.pk, organization_path=root.path)
    client.get("/audit/?about=唯一")
    with django_assert_num_queries(12):
        client.get("/audit/?about=唯一")
    for name in ("李敏", "王立"):
        AuditEntryFactory(user_id=UserFactory(name=name).pk, object_label="唯一", organization_path=root.path)
    with django_assert_num_queries(12):
        client.get("/audit/?about=唯一")


def test_r38_an_export_is_audited(client, auditor, root, trail):
    AuditEntryFactory(user_id=auditor.pk, verb="=1+1", organization_id=root.pk, organization_path=root.path)
    answer = client.get("/audit/export/?verb=1%2B1")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [row for row in sheet.iter_rows(values_only=True) if auditor.name in row]

    assert [row[2].lstrip("'") for row in rows] == ["=1+1"]
    assert (trail().last().verb, trail().last().detail["count"]) == ("导出审计记录", 1)


def own_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def test_r39_the_page_says_how_far_the_trail_is_sealed(client, auditor, root):
    assert "尚未封存" in client.get("/audit/").text
    seal_entries(by=Actor.system(), below=own_transaction() + 1)

    assert "已封存至" in client.get("/audit/").text


def test_r39_the_auditor_has_it_verified(client, auditor, root, trail):
    entry = AuditEntryFactory(organization_path=root.path)
    seal_entries(by=Actor.system(), below=own_transaction() + 1)
    assert "与封存时一致" in client.post("/audit/verify/").text
    assert trail().last().verb == "校验审计记录"

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL partybuild.audit_maintenance = 'on'")
        AuditEntry.objects.filter(pk=entry.pk).update(verb="另一件事")
        cursor.execute("SET LOCAL partybuild.audit_maintenance = 'off'")
    shown = client.post("/audit/verify/").text
    assert f"审计记录 {entry.pk}（第 1 段）被改动" in shown


FORGED = '甲\n{"at": "2026-01-01", "level": "INFO", "message": "伪造"}\r\n2026 ERROR 伪造'


def test_r40_newlines_in_input_forge_no_log_line(client, auditor, root, caplog, capfd):
    """Every line that the portal logs is one JSON object of its own making."""
    formatter = JsonFormatter()
    client.get("/audit/", {"who": FORGED, "verb": FORGED})
    client.post("/accounts/login/", {"username": FORGED, "password": FORGED}, headers={"user-agent": "甲 伪造"})
    client.get("/organizations/%0A%7B%22level%22%3A%22ERROR%22%7D/")
    client.get("/no-such-page/甲%0D%0AERROR%20伪造/")
    lines = [formatter.format(record) for record in caplog.records]

    assert lines
    assert [line for line in lines if "\n" in line or "\r" in line] == []
    assert all(json.loads(line)["level"] in ("INFO", "WARNING", "ERROR") for line in lines)


def test_r40_newlines_stay_within_one_entry(client, auditor, root, trail):
    client.logout()
    client.post("/accounts/login/", {"username": FORGED, "password": "x"})

    assert [entry.verb for entry in trail() if entry.result == "refused"] == ["登录"]
