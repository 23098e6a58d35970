"""Planned activities from Excel: good rows are taken, bad ones say why."""

import pytest
from django.core.exceptions import ValidationError

from branches.actions.uploads import import_table, read
from branches.enums import Role
from campaigns.actions.planned_imports import IMPORTER
from campaigns.models import BranchPlan, PlanItem
from partybuild.lib.workbook import Sheet, write_table
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.members import MemberFactory, MembershipFactory
from tests.factories.plans_and_links import FiledPlanFactory

pytestmark = pytest.mark.django_db
HEADINGS = ("年度", "月份", "日", "活动类型", "主题", "负责人")


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="第一支部")


@pytest.fixture
def bring(branch, tmp_path):
    secretary = make_user_with_post(Role.SECRETARY, branch)

    def bring(*rows, dry_run=False):
        path = tmp_path / "计划.xlsx"
        with path.open("wb") as file:
            write_table(file, [Sheet("计划", HEADINGS, rows)])
        table = read(path, IMPORTER)
        return import_table(by=actor(secretary), importer=IMPORTER, table=table, under=branch, dry_run=dry_run)

    return bring


def test_c07_good_rows_are_planned_once_and_the_plan_is_begun(branch, bring):
    member = MembershipFactory(organization=branch, member=MemberFactory(name="周敏")).member
    rows = [(None, "3月", 12, "主题党日", "学习", "周敏"), (2026, 4, None, "党课", "书记党课", None)]

    assert bring(*rows, dry_run=True).created == 2
    assert BranchPlan.objects.count() == 0
    assert bring(*rows).created == 2
    assert bring(*rows).unchanged == 2

    assert BranchPlan.objects.get().year == 2026
    assert list(PlanItem.objects.values_list("month", "day", "kind", "title", "responsible")) == [
        (3, 12, "theme_day", "学习", member.pk),
        (4, None, "party_lecture", "书记党课", None),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((None, "十三", None, "主题党日", "学习", None), "应为 1 至 12 之间的数字"),
        ((None, None, None, "主题党日", "学习", None), "请填写月份"),
        ((None, 2, 30, "主题党日", "学习", None), "该月没有这一天"),
        ((None, 3, None, "野餐", "学习", None), "没有这个活动类型，请按“记一次活动”中的类型填写"),
        ((None, 3, None, "主题党日", None, None), "请填写主题"),
        ((None, 3, None, "主题党日", "学习", "无此人"), "名册中没有这名党员"),
    ],
)
def test_c07_a_bad_row_says_why(bring, row, reason):
    result = bring(row, (None, 5, None, "主题党日", "可以导入", None))

    assert (result.created, [error.reason for error in result.errors]) == (1, [reason])


def test_c07_nothing_goes_into_a_plan_that_was_handed_in(branch, bring):
    FiledPlanFactory(organization=branch)

    result = bring((None, 5, None, "主题党日", "学习", None))

    assert [error.reason for error in result.errors] == ["2026年度的计划已经提交，请先撤回或者请上级退回"]


def test_c07_a_file_without_a_needed_column_is_refused(tmp_path):
    path = tmp_path / "缺列.xlsx"
    with path.open("wb") as file:
        write_table(file, [Sheet("计划", ("年度", "主题"), [(2026, "学习")])])

    with pytest.raises(ValidationError, match="表中没有这些列"):
        read(path, IMPORTER)
