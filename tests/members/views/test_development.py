"""Lists of files of development, 四查, quotas, waiting lines."""

from io import BytesIO

import openpyxl
import pytest

from members.models import DevelopmentQuota
from members.queries.development import development_figures, overdue_files, waiting_decisions
from members.rules.registers import Figures
from tests.factories.branches import BranchFactory, make_user_with_post
from tests.factories.development import drive, make_file
from tests.factories.members import make_roster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _now(move_clock):
    move_clock("2023-05-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="一支部", code="B1")


@pytest.fixture
def staff(client, branch):
    user = make_user_with_post("staff", branch.parent)
    client.force_login(user, BACKEND)
    return user


def names(answer):
    return [file.member.name for file in answer.context["page"]]


def test_o05_the_list_is_filtered(client, staff, branch):
    drive(make_file(branch, name="陈晓"), "talk")
    drive(make_file(branch, name="刘宁"), "activist_filed")
    make_file(BranchFactory(), name="外人")

    listed = "/members/development/"
    assert set(names(client.get(listed))) == {"陈晓", "刘宁"}
    assert names(client.get(f"{listed}?stage=2")) == ["刘宁"]
    assert names(client.get(f"{listed}?due=late")) == ["陈晓"]
    assert names(client.get(f"{listed}?waits_for=SUPERIOR")) == ["刘宁"]
    assert names(client.get(f"{listed}?q=刘&organization=B1")) == ["刘宁"]
    assert names(client.get(f"{listed}?outcome=stopped")) == []
    assert "没有符合条件的档案" in client.get(f"{listed}?outcome=stopped").text


@pytest.mark.parametrize("query", ["stage=9", "due=x", "organization=没有", "q=%00", "outcome=x", "waits_for=x"])
def test_r34_filters_that_cannot_be_read_list_nothing(client, staff, branch, query):
    make_file(branch)
    assert client.get(f"/members/development/?{query}").status_code == 422
    assert client.get(f"/members/development/export/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["", "review/", "export/"])
def test_o05_as_many_queries_with_three_files_as_with_one(client, staff, branch, django_assert_max_num_queries, path):
    make_roster(branch, 3)
    drive(make_file(branch), "training")
    client.get(f"/members/development/{path}")
    with django_assert_max_num_queries(40) as one:
        client.get(f"/members/development/{path}")
    for name in ("甲", "乙"):
        drive(make_file(branch, name=name), "training")

    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(f"/members/development/{path}")


def test_o05_exported_as_shown(client, staff, branch):
    drive(make_file(branch), "talk")

    answer = client.get("/members/development/export/")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)

    assert rows[2][:2] == (1, "陈晓") or rows[1][0] == "序号"
    assert "党组织派人谈话" in str(rows)


def test_o05_four_checks_over_an_organisation(client, staff, branch):
    drive(make_file(branch), "talk")

    answer = client.get("/members/development/review/")

    assert "党组织派人谈话应在2023年4月1日前完成，已逾期。" in answer.text
    assert "缺少学历" in answer.text
    only_rules = client.get("/members/development/review/?area=RULES&year=2023&organization=B1").text
    assert "缺少学历" not in only_rules
    assert client.get("/members/development/review/?year=1").status_code == 422
    exported = client.get("/members/development/review/export/")
    book = openpyxl.load_workbook(BytesIO(b"".join(exported.streaming_content)))
    assert book.sheetnames == ["四查", "发展结构"]
    assert "已逾期" in str(list(book.active.values))


def test_o05_a_quota_is_set_by_the_superior(client, staff, branch):
    data = {"organization": "B1", "year": 2023, "number": 2, "note": "年度计划"}

    assert client.post("/members/development/quotas/", data).status_code == 302
    assert DevelopmentQuota.objects.get().number == 2
    assert "年度计划" in client.get("/members/development/quotas/").text
    client.force_login(make_user_with_post("secretary", branch), BACKEND)
    assert client.post("/members/development/quotas/", data).status_code == 403


def test_o05_registers_and_waiting_lines(client, staff, branch, rf):
    drive(make_file(branch, name="陈晓"), "talk")
    drive(make_file(branch, name="刘宁"), "activist_filed")
    scope = client.get("/members/development/").wsgi_request.scope

    assert development_figures(scope) == Figures(2, 1, "份已逾期", "?due=late")
    assert (waiting_decisions(scope), overdue_files(scope)) == (1, 1)
    assert "发展党员" in client.get("/members/registers/").text


def test_o05_hostile_text_is_shown_as_text(client, staff, branch):
    file = make_file(branch, name="<script>alert(1)</script>", job="<img src=x>")

    for path in ("", f"{file.pk}/", f"{file.pk}/apply/", f"{file.pk}/print/", f"{file.pk}/close/", "review/"):
        shown = client.get(f"/members/development/{path}").text
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
