"""``import_activities``: exit status, JSON, report, what is tried and what is taken, by whom and where."""

import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Activity
from tests.factories.branches import BranchFactory
from tests.factories.district import MINUTES, District
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADINGS = ("所在党支部", "会议类型", "会议名称", "实际时间", "内容", "应到人数", "实到人数")
GOOD = ("第一支部", "主题党日", "3月主题党日", "2026年3月10日 14:30", MINUTES, 3, 3)
BAD = ("第一支部", "主题党日", "人数不对", "2026-03-11", MINUTES, 3, 4)
NONE = {"created": 0, "updated": 0, "unchanged": 0, "failed": 0, "errors": []}
WRONG = {"sheet": "表", "row": 3, "column": "实到人数", "value": "4", "reason": "实到人数多于应到人数"}


@pytest.fixture
def district(move_clock) -> District:
    move_clock("2026-03-12T12:00:00+08:00")
    made = District()
    made.branch.name = "第一支部"
    made.branch.save()
    return made


@pytest.fixture
def run(district, tmp_path, capsys):
    """Runs the command; gives its exit status and what it printed as JSON."""

    def run(rows, *options):
        path = tmp_path / "in.xlsx"
        path.write_bytes(workbook(HEADINGS, rows))
        code = 0
        try:
            call_command("import_activities", str(path), "--json", *options)
        except CommandError as error:
            code = error.returncode
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run


def test_good_rows_are_taken_and_bad_ones_told(run):
    assert run([GOOD, BAD]) == (1, NONE | {"created": 1, "failed": 1, "errors": [WRONG]})
    assert list(Activity.objects.values_list("title", "status", "filed_by")) == [("3月主题党日", "filed", None)]


def test_all_good_is_status_0_and_the_same_again_unchanged(run):
    assert run([GOOD]) == (0, NONE | {"created": 1})
    assert run([GOOD]) == (0, NONE | {"unchanged": 1})


@pytest.mark.parametrize(("option", "created"), [("--dry-run", 1), ("--all-or-nothing", 0)])
def test_nothing_is_written(run, option, created):
    code, told = run([GOOD, BAD], option)

    assert (code, told["created"], told["failed"], Activity.objects.count()) == (1, created, 1, 0)


def test_the_report_has_the_rows_that_failed(run, tmp_path):
    run([GOOD, BAD], "--report", str(tmp_path / "out.xlsx"))

    page = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    cells = [cell for row in page.iter_rows(values_only=True) for cell in row]
    assert "人数不对" in cells
    assert "3月主题党日" not in cells


def test_a_name_that_two_trees_have_is_told_apart_by_where(run, district):
    BranchFactory(name="第一支部", code="OTHER")

    code, told = run([GOOD])
    assert (code, told["failed"]) == (1, 1)
    assert told["errors"][0]["reason"].startswith("有 2 个同名党组织，请填写编码：")
    assert run([GOOD], "--under", district.branch.code) == (0, NONE | {"created": 1})


def test_as_a_secretary_it_is_his_branch_and_he_has_filed(run, district):
    BranchFactory(name="别的支部", parent=district.committee)

    code, told = run([GOOD, ("别的支部", *GOOD[1:])], "--as", district.secretary.login)

    assert (code, told["created"], told["errors"][0]["reason"]) == (1, 1, "导入范围内没有这个党组织")
    assert Activity.objects.get().filed_by == district.secretary


def test_wrong_use_is_status_2(run):
    assert run([GOOD], "--under", "无此编码") == (2, None)
    assert run([GOOD], "--as", "nobody") == (2, None)
    with pytest.raises(CommandError, match="没有这个文件") as raised:
        call_command("import_activities", "/nirgends.xlsx")
    assert raised.value.returncode == 2
