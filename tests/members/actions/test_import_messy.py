"""A roster as an office really sends it, and a large one."""

import resource
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from branches.actions.uploads import import_table, read
from branches.permissions import Actor
from members.actions.imports import IMPORTER
from members.models import Member, Membership
from partybuild.lib.identity import check_character
from partybuild.lib.workbook import write_error_report
from tests.factories.branches import BranchFactory, CommitteeFactory
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db

HEADINGS = (
    "序号", "姓 名", "性别", "公民身份号码", "出生\n年月", "所在党组织（全称）", "入党日期", "转为正式党员日期",
    "正式/预备", "手机号码", "党员情况", "家庭现住地址",
)  # fmt: skip
FORMS = ("2010.07", "2010-07-01", "2010年7月1日", date(2010, 7, 1), 40360)
BAD = {
    5: (1, None, "姓 名", "请填写姓名"),
    30: (3, "11010119800506", "公民身份号码", "身份证号应为 18 位，现为 14 位"),
    40: (2, "女", "性别", "性别与身份证号不一致，按身份证号应为男"),
    50: (4, "1970.01", "出生\n年月", "出生日期与身份证号不一致，按身份证号应为1980年5月6日"),
    60: (6, "2010年2月30日", "入党日期", "2010年2月没有 30 日"),
    70: (7, "2009-07-01", "转为正式党员日期", "转正时间早于入党时间"),
    80: (8, "积极分子", "正式/预备", "人员类别应为正式党员或预备党员"),
    90: (9, "1380000", "手机号码", "手机号码应为 11 位，现为 7 位"),
    110: (5, "没有的支部", "所在党组织（全称）", "导入范围内没有这个党组织"),
    120: (5, "同名支部", "所在党组织（全称）", "有 2 个同名党组织，请填写编码：TM1、TM2"),
}


def numbers(count):
    """Different numbers, all of men born on 6 May 1980."""
    found = [f"{110000 + order // 500:06d}19800506{order % 500 * 2 + 1:03d}" for order in range(count)]
    return [digits + check_character(digits) for digits in found]


@pytest.fixture
def root():
    committee = CommitteeFactory(name="财政局机关党委")
    for name in ("第一党支部", "第二党支部", "第三党支部"):
        BranchFactory(parent=committee, name=name)
    for code in ("TM1", "TM2"):
        BranchFactory(parent=CommitteeFactory(parent=committee.parent), name="同名支部", code=code)
    return committee.parent


@pytest.fixture
def roster(tmp_path):
    """300 rows below a title, a unit line and headings two rows high; branches in merged cells; ten bad rows, two
    that repeat a number."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("党员花名册")
    book.add_worksheet("说明").write(0, 0, "本表由各支部填写。")
    as_date = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, 11, "财政局机关党委党员花名册")
    sheet.merge_range(1, 0, 1, 11, "填报单位：财政局　　填报日期：2026年3月5日")
    for place, heading in enumerate(HEADINGS):
        sheet.merge_range(2, place, 3, place, heading)
    for order, own in enumerate(numbers(300)):
        top = 4 + order
        cells = [
            order + 1, f"党　员{order}", "男", own, "1980.05", None, FORMS[order % 5], "2011年7月", "正式",
            "138 0000 1234", "良好", "幸福路 1 号",
        ]  # fmt: skip
        if order in (200, 210):
            cells[3] = numbers(1)[0]
        if order in BAD:
            cells[BAD[order][0]] = BAD[order][1]
        for place, cell in enumerate(cells):
            if cell is not None:
                sheet.write(top, place, cell, *([as_date] if isinstance(cell, date) else []))
    for first in range(0, 300, 10):
        if first not in (110, 120):
            sheet.merge_range(4 + first, 5, 13 + first, 5, f"第{'一二三'[first // 10 % 3]}党支部")
    for order in (*range(111, 120), *range(121, 130)):
        sheet.write(4 + order, 5, "第一党支部")
    book.close()
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(stream.getvalue())
    return path


def take(path, under):
    table = read(path, IMPORTER)
    return table, import_table(by=Actor.system(), importer=IMPORTER, table=table, under=under)


def test_a_messy_roster_comes_in_but_for_its_bad_rows(roster, root):
    table, result = take(roster, root)

    wrong = {error.row - 5: (error.column, error.reason) for error in result.errors}
    expected = {order: (column, reason) for order, (_, _, column, reason) in BAD.items()}
    expected |= dict.fromkeys((200, 210), ("公民身份号码", "身份证号与第 5 行重复"))
    assert wrong == expected
    assert (result.created, result.updated, result.unchanged, result.failed) == (288, 0, 0, 12)
    assert set(Member.objects.values_list("joined_on", "converted_on", "born_on")) == {
        (date(2010, 7, 1), date(2011, 7, 1), date(1980, 5, 6))
    }
    first = Member.objects.get(name="党员0")
    assert (first.phone, first.address) == ("13800001234", "幸福路 1 号")
    places = Membership.objects.values_list("organization__name", flat=True)
    assert {name: list(places).count(name) for name in set(places)} == {
        "第一党支部": 103, "第二党支部": 98, "第三党支部": 87,
    }  # fmt: skip
    assert table.ignored == ["党员情况"]


def test_the_same_again_changes_nothing(roster, root):
    take(roster, root)
    before = list(Member.objects.order_by("pk").values_list("pk", "name", "kind", "joined_on"))

    _, result = take(roster, root)

    assert (result.created, result.updated, result.unchanged, result.failed) == (0, 0, 288, 12)
    assert list(Member.objects.order_by("pk").values_list("pk", "name", "kind", "joined_on")) == before


def test_the_report_of_bad_rows_is_corrected_and_sent_again(roster, root, tmp_path):
    table, result = take(roster, root)
    report = tmp_path / "未导入.xlsx"
    with report.open("wb") as stream:
        write_error_report(stream, table, result.errors)

    _, again = take(report, root)
    book = openpyxl.load_workbook(report)
    book.active.cell(row=3, column=4).value = "党员五"
    book.save(report)
    _, corrected = take(report, root)

    still = {reason for _, _, _, reason in BAD.values()} | {
        "该党员现在第一党支部的名册中，请办理组织关系转接", "身份证号与第 13 行重复",
    }  # fmt: skip
    assert ({error.reason for error in again.errors}, again.created, again.failed) == (still, 0, 12)
    assert (corrected.created, corrected.failed) == (1, 11)
    assert Member.objects.filter(name="党员五").exists()


def cpu_seconds() -> float:
    """Of this process and of its children; what else runs on the machine is not counted."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.mark.slow
def test_5000_rows_take_less_than_10_seconds(root, tmp_path):
    headings = ("姓名", "身份证号", "所在党支部", "入党时间", "转正时间", "联系电话", "家庭住址", "党内职务")
    rows = [
        (f"党员{order}", own, "第一党支部", "2010.07", "2011-07-01", "13800001234", "幸福路1号", "委员")
        for order, own in enumerate(numbers(5000))
    ]
    path = tmp_path / "large.xlsx"
    path.write_bytes(workbook(headings, rows))
    begun = cpu_seconds()

    _, first = take(path, root)
    created_after = cpu_seconds() - begun
    _, second = take(path, root)
    repeated_after = cpu_seconds() - begun - created_after

    assert (first.created, second.unchanged) == (5000, 5000)
    assert created_after < 10
    assert repeated_after < 10
