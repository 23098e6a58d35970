"""Importing activities, contacts, mass organisations and bases of dues in the browser: look, confirm, report."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from branches.models import Upload
from campaigns.models import Activity, Contact, MassOrganization
from members.models import DuesBase, Member
from tests.factories.district import MINUTES, District
from tests.factories.workbooks import sent, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ("所在党支部", "会议类型", "会议名称", "实际时间", "内容", "应到人数", "实到人数")
GOOD = ("第一支部", "主题党日", "3月主题党日", "2026年3月10日 14:30", MINUTES, 3, 3)
DRAFT = ("第一支部", "主题党日", "补充学习", "2026-03-11", MINUTES, 3, 2)
BAD = ("第一支部", "野餐", "春游", "2026-03-11", MINUTES, 3, 3)


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T12:00:00+08:00")
    made = District()
    made.branch.name = "第一支部"
    made.branch.save()
    Member.objects.filter(pk=made.members[0].pk).update(name="周敏")
    return made


@pytest.fixture
def secretary(district, client):
    client.force_login(district.secretary)
    return client


def brought(client, kind, headings, rows, *, app="campaigns"):
    """Sends a workbook under a title row, confirms it, and gives the page before and after."""
    file = sent(workbook(headings, rows, title="一季度台账"), "台账.xlsx")
    before = client.get(client.post(reverse(f"{app}:{kind}_import"), {"file": file}).url).content.decode()
    token = Upload.objects.latest("pk").token
    answer = client.post(reverse(f"{app}:{kind}_upload_confirm", args=[token]))
    return before, client.get(answer.url).content.decode()


def test_good_rows_are_taken_after_a_look_and_bad_ones_can_be_corrected(secretary, district):
    assert reverse("campaigns:activity_import") in secretary.get(reverse("campaigns:activity_list")).content.decode()

    before, after = brought(secretary, "activity", HEADINGS, [GOOD, DRAFT, BAD])

    assert "确认导入 2 行" in before
    assert "没有“野餐”这一会议类型" in before
    assert "存为草稿：应到 3 人，实到 2 人，没有写明缺席人员，请登记到会人员" in before
    assert "导入结果" in after
    assert dict(Activity.objects.values_list("title", "status")) == {"3月主题党日": "filed", "补充学习": "draft"}
    report = secretary.get(reverse("campaigns:activity_upload_report", args=[Upload.objects.get().token]))
    book = openpyxl.load_workbook(BytesIO(b"".join(report.streaming_content)))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "春游" in cells
    assert "补充学习" not in cells


def test_a_look_leaves_nothing(secretary, district):
    answer = secretary.post(
        reverse("campaigns:activity_import"), {"file": sent(workbook(HEADINGS, [GOOD]), "台账.xlsx")}
    )

    assert (answer.status_code, Activity.objects.count()) == (302, 0)


def test_a_workbook_without_the_needed_columns_is_refused(secretary):
    file = sent(workbook(("所在党支部", "会议名称"), [("第一支部", "主题党日")]), "台账.xlsx")

    answer = secretary.post(reverse("campaigns:activity_import"), {"file": file})

    assert answer.status_code == 422
    assert "表中没有这些列：会议类型、实际时间" in answer.content.decode()


def test_the_template_has_the_headings_of_the_field(secretary):
    answer = secretary.get(reverse("campaigns:activity_import_template"))

    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"所在党支部", "会议类型", "计划时间", "实际时间", "请假人数", "列席人员", "记录人"} <= set(cells)


def test_what_was_imported_is_told_on_the_record(secretary, district):
    brought(secretary, "activity", HEADINGS, [GOOD])

    page = secretary.get(reverse("campaigns:activity_detail", args=[Activity.objects.get().pk])).content.decode()

    assert "应到 3 人，实到 3 人。" in page
    assert "导入活动记录" in page


@pytest.mark.parametrize(
    ("kind", "list_name", "headings", "row", "model"),
    [
        ("contact", "contact_list", ("类别", "联系人", "联系对象"), ("党建联系点", "周敏", "幸福社区"), Contact),
        ("mass", "mass_list", ("名称", "成员人数"), ("机关工会", 46), MassOrganization),
    ],
)
def test_registers_are_imported_from_their_lists(secretary, kind, list_name, headings, row, model):
    assert reverse(f"campaigns:{kind}_import") in secretary.get(reverse(f"campaigns:{list_name}")).content.decode()

    before, after = brought(secretary, kind, headings, [row])

    assert "确认导入 1 行" in before
    assert "导入结果" in after
    assert model.objects.count() == 1


def test_bases_of_dues_are_imported_from_their_list(secretary):
    page = secretary.get(reverse("members:dues_base_list")).content.decode()
    assert reverse("members:dues_base_import") in page

    headings, row = ("姓名", "计算基数", "起算月份"), ("周敏", 6500, "2026年3月")
    before, after = brought(secretary, "dues_base", headings, [row], app="members")

    assert "确认导入 1 行" in before
    assert "导入结果" in after
    assert DuesBase.objects.get().amount == 6500
