"""A 整改台账 from Excel: 300 rows with ten bad ones, earlier items with their state, nothing doubled (R01)."""

from datetime import date

import pytest

from branches.actions.uploads import import_table
from branches.enums import Role
from branches.permissions import Actor
from campaigns.actions.problem_imports import IMPORTER
from campaigns.models import Problem, Step
from campaigns.rules.problem_imports import COLUMNS, read_origin, read_result, read_steps
from campaigns.rules.problems import Origin, State
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db
HEADINGS = (
    "序号", "党支部", "问题来源", "存在问题", "整改类别", "整改措施", "责任领导", "责任人", "整改时限", "整改进展",
    "完成情况", "形成制度", "备注", "登记日期", "销号时间",
)  # fmt: skip


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="第一支部")


@pytest.fixture
def take(tmp_path, branch):
    def take(*rows, by=None, **options):
        table = table_of(tmp_path, COLUMNS, HEADINGS, rows)
        by = by or Actor.system()
        return import_table(by=by, importer=IMPORTER, table=table, under=branch.parent, **options)

    return take


def row(number, text, **values):
    usual = {
        "序号": number, "党支部": "第一支部", "问题来源": "述职评议", "存在问题": text, "整改类别": "立行立改",
        "整改措施": "1.补齐记录\n2.每月检查", "责任领导": "沈若宁", "责任人": "周敏", "整改时限": "2026年9月30日",
        "整改进展": "", "完成情况": "整改中", "形成制度": "", "备注": "", "登记日期": "2026-03-02", "销号时间": "",
    }  # fmt: skip
    return tuple((usual | values)[name] for name in HEADINGS)


BAD = (
    {"存在问题": ""}, {"党支部": "没有的支部"}, {"整改类别": "随便"}, {"整改时限": "不知道"},
    {"登记日期": "2027-01-01"},
    {"整改时限": "2026-02-01"}, {"销号时间": "2026-03-04"}, {"存在问题": "长" * 501},
    {"完成情况": "已销号", "销号时间": "2026-04-01"}, {"完成情况": "已销号", "销号时间": "2026-02-01"},
)  # fmt: skip


def test_r01_three_hundred_rows_with_ten_bad_ones(take):
    rows = [row(number, f"问题{number}", **(BAD[number // 30] if number % 30 == 0 else {})) for number in range(300)]
    result = take(*rows)
    assert (result.created, result.failed) == (290, 10)
    assert len({(error.sheet, error.row) for error in result.errors}) == 10
    assert (Problem.objects.count(), Step.objects.count()) == (290, 580)


def test_r01_the_same_file_again_doubles_nothing(take):
    take(row(1, "记录不完整"))
    result = take(row(1, "记录不完整"))
    assert (result.created, result.unchanged, Problem.objects.count()) == (0, 1, 1)


def test_r01_a_dry_run_writes_nothing(take):
    assert take(row(1, "记录不完整"), dry_run=True).created == 1
    assert Problem.objects.count() == 0


def test_r01_an_earlier_item_comes_with_its_state(take):
    take(row(1, "旧问题", 登记日期="2025-03-02", 整改时限="2025-09-30", 完成情况="已完成", 销号时间="2025年9月20日"))
    problem = Problem.objects.get()
    assert (problem.state, problem.closed_on) == (State.CLOSED, date(2025, 9, 20))
    assert set(problem.steps.values_list("done_on", flat=True)) == {date(2025, 9, 20)}


def test_r04_a_branch_does_not_close_this_years_problems_by_a_workbook(take, branch):
    by = actor(make_user_with_post(Role.SECRETARY, branch))
    result = take(row(1, "新问题", 完成情况="已完成", 销号时间="2026-03-04"), by=by)
    assert Problem.objects.get().state == State.ASKED
    assert "核验" in result.notes[0].reason


def test_r01_a_problem_over_several_rows_is_one_with_several_measures(take):
    result = take(row(1, "记录不完整", 整改措施="补齐记录"), row(2, "记录不完整", 整改措施="每月检查"))
    assert (result.created, result.updated) == (1, 1)
    assert list(Step.objects.values_list("text", flat=True)) == ["补齐记录", "每月检查"]


def test_r01_a_row_without_measures_waits_to_be_claimed(take):
    take(row(1, "记录不完整", 整改措施="", 责任人="", 完成情况=""))
    assert Problem.objects.get().state == State.REGISTERED


@pytest.mark.parametrize(
    ("text", "origin", "note"),
    [
        ("述职评议", Origin.DEBRIEFING, ""),
        ("区委第二巡察组反馈", Origin.TOUR, "区委第二巡察组反馈"),
        ("万企评", Origin.ENTERPRISES, ""),
        ("电话", Origin.OTHER, "电话"),
    ],
)
def test_r01_origins_as_offices_write_them(text, origin, note):
    assert read_origin(text) == (origin, note)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1.补齐记录；2.每月检查。", ["补齐记录", "每月检查。"]),
        ("（1）补齐\n（2）检查", ["补齐", "检查"]),
        ("补齐记录\n每月检查", ["补齐记录", "每月检查"]),
        ("", []),
    ],
)
def test_r01_measures_of_one_cell(text, steps):
    assert read_steps(text) == steps


@pytest.mark.parametrize(
    ("text", "closed"), [("已销号", True), ("未完成", False), ("长期坚持", False), ("是", True), ("", None)]
)
def test_r01_what_the_state_says(text, closed):
    assert read_result(text) is closed
