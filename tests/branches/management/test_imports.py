"""The commands that import: exit status, JSON, report, and where an account may import."""

import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from branches.models import AuditEntry, Organization
from tests.factories.branches import CommitteeFactory, make_user_with_post
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db

HEADINGS = ("党组织编码", "党组织名称", "组织类别", "上级党组织", "联系电话")
GOOD = ("B1", "第一党支部", "党支部", "", "")
BAD = ("B2", "第二党支部", "党支部", "", "1380000123")
WRONG = {
    "sheet": "表",
    "row": 3,
    "column": "联系电话",
    "value": "1380000123",
    "reason": "手机号码应为 11 位，现为 10 位",
}


@pytest.fixture
def committee():
    return CommitteeFactory(code="C1")


@pytest.fixture
def run(tmp_path, capsys, committee):
    """Runs the command; gives its exit status and what it printed as JSON."""

    def run(rows, *options, name="import_organizations", headings=HEADINGS):
        path = tmp_path / "in.xlsx"
        path.write_bytes(rows if isinstance(rows, bytes) else workbook(headings, rows))
        code = 0
        try:
            call_command(name, str(path), "--json", *options)
        except CommandError as error:
            code = error.returncode
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return run


def test_good_rows_are_taken_and_bad_ones_told(run, committee):
    code, told = run([GOOD, BAD], "--under", "C1")

    assert code == 1
    assert told == {"created": 1, "updated": 0, "unchanged": 0, "failed": 1, "errors": [WRONG]}
    assert Organization.objects.get(code="B1").parent == committee


def test_all_good_is_status_0_and_the_same_again_unchanged(run):
    assert run([GOOD], "--under", "C1") == (
        0, {"created": 1, "updated": 0, "unchanged": 0, "failed": 0, "errors": []},
    )  # fmt: skip
    assert run([GOOD], "--under", "C1")[1]["unchanged"] == 1


@pytest.mark.parametrize(("option", "created"), [("--dry-run", 1), ("--all-or-nothing", 0)])
def test_nothing_is_written(run, option, created):
    code, told = run([GOOD, BAD], "--under", "C1", option)

    assert (code, told["created"], told["failed"]) == (1, created, 1)
    assert not Organization.objects.filter(code="B1").exists()


def test_the_report_is_written(run, tmp_path):
    run([GOOD, BAD], "--under", "C1", "--report", str(tmp_path / "out.xlsx"))

    page = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    cells = [cell for row in page.iter_rows(values_only=True) for cell in row]
    assert "B2" in cells
    assert "B1" not in cells


def test_a_file_that_is_no_workbook_is_refused_in_words(run):
    code, told = run(b"text", "--under", "C1")

    assert code == 1
    assert told["errors"][0]["reason"].startswith("这是文本文件")


@pytest.mark.parametrize("options", [("--under", "没有"), ("--as", "nobody"), ("--report", "/nowhere/out.xlsx")])
def test_wrong_use_is_status_2(run, options):
    assert run([GOOD], *options)[0] == 2


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_organizations", str(tmp_path / "none.xlsx"))

    assert caught.value.returncode == 2


def test_an_account_imports_below_its_own_organisation(run, committee):
    user = make_user_with_post("staff", committee, login="staff")

    assert run([GOOD], "--as", "staff")[0] == 0
    assert Organization.objects.get(code="B1").parent == committee
    assert AuditEntry.objects.get(verb="导入党组织").user_id == user.pk


def test_an_account_imports_neither_elsewhere_nor_without_the_right(run, committee):
    make_user_with_post("staff", committee, login="staff")
    make_user_with_post("leader", committee, login="leader")
    CommitteeFactory(code="C9")

    assert run([GOOD], "--as", "staff", "--under", "C9") == (1, None)
    assert run([GOOD], "--as", "leader") == (1, None)
    assert not Organization.objects.filter(code="B1").exists()


def test_members_come_by_the_same_way(run, committee):
    run([GOOD], "--under", "C1")

    code, told = run(
        [("张明", "男", "第一党支部"), ("", "男", "第一党支部")], "--under", "C1", name="import_members",
        headings=("姓名", "性别", "所在党支部"),
    )  # fmt: skip

    assert (code, told["created"]) == (1, 1)
    assert told["errors"] == [{"sheet": "表", "row": 3, "column": "姓名", "value": "", "reason": "请填写姓名"}]


@pytest.mark.parametrize("name", ["import_organizations", "import_members"])
def test_help_is_in_chinese(name, capsys):
    with pytest.raises(SystemExit):
        call_command(name, "--help")

    shown = capsys.readouterr().out
    assert "只检查，不导入" in shown
    assert "positional" not in shown
    assert "show this" not in shown
