"""Mass organisations from Excel: good rows are taken once, bad ones say why."""

from datetime import date

import pytest

from branches.actions.uploads import import_table, read
from campaigns.actions.mass_imports import IMPORTER
from campaigns.models import MassOrganization
from tests.factories.branches import BranchFactory, actor, make_user_with_post
from tests.factories.plans_and_links import MassOrganizationFactory
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
HEADINGS = ("党组织", "类别", "名称", "负责人", "会员人数", "成立时间", "届满时间")
GOOD = {
    "类别": "工会", "名称": "机关工会", "负责人": "王芳", "会员人数": "46人", "成立时间": "2019.07",
    "届满时间": "2029-07-01",
}  # fmt: skip


@pytest.fixture
def branch(move_clock):
    move_clock("2026-03-20T10:00:00+08:00")
    return BranchFactory(name="第一支部")


@pytest.fixture
def bring(branch, tmp_path):
    by = actor(make_user_with_post("secretary", branch))

    def bring(*rows, dry_run=False):
        path = tmp_path / "群团.xlsx"
        path.write_bytes(workbook(HEADINGS, [[row.get(name) for name in HEADINGS] for row in rows]))
        return import_table(by=by, importer=IMPORTER, table=read(path, IMPORTER), under=branch, dry_run=dry_run)

    return bring


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def test_c15_good_rows_are_taken_once(bring, branch):
    rows = [GOOD, {"名称": "机关团支部"}, {"名称": "机关妇委会", "会员人数": 0}]

    assert counts(bring(*rows, dry_run=True)) == (3, 0, 0, 0)
    assert MassOrganization.objects.count() == 0
    assert counts(bring(*rows)) == (3, 0, 0, 0)
    assert counts(bring(*rows)) == (0, 0, 3, 0)

    fields = ("organization", "kind", "name", "head", "members_count", "founded_on", "term_ends_on")
    assert list(MassOrganization.objects.order_by("pk").values_list(*fields)) == [
        (branch.pk, "union", "机关工会", "王芳", 46, date(2019, 7, 1), date(2029, 7, 1)),
        (branch.pk, "youth", "机关团支部", "", 0, None, None),
        (branch.pk, "women", "机关妇委会", "", 0, None, None),
    ]


def test_empty_cells_change_nothing_and_others_do(bring):
    bring(GOOD)

    assert counts(bring({"名称": "机关工会", "会员人数": 50})) == (0, 1, 0, 0)
    assert (MassOrganization.objects.get().head, MassOrganization.objects.get().members_count) == ("王芳", 50)


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"党组织": "无此支部"}, "党组织", "导入范围内没有这个党组织"),
        ({"类别": "商会"}, "类别", "应为工会、共青团、妇女组织之一"),
        ({"类别": None, "名称": "老年协会"}, "类别", "应为工会、共青团、妇女组织之一"),
        ({"名称": None}, "名称", "请填写名称"),
        ({"会员人数": "很多"}, "会员人数", "应为 0 至 99999 之间的人数"),
        ({"会员人数": -1}, "会员人数", "应为 0 至 99999 之间的人数"),
        ({"会员人数": "9" * 60}, "会员人数", "超过 32 个字"),
        ({"成立时间": "2026-03-21"}, "成立时间", "成立时间不能晚于今天"),
        ({"届满时间": "2018年"}, "届满时间", "“2018年”不是日期"),
        ({"届满时间": "2018-01-01"}, "届满时间", "任期届满不能早于成立时间"),
    ],
)
def test_a_bad_row_says_where_and_why(bring, values, column, reason):
    result = bring(GOOD | values, {"名称": "另一个工会"})

    assert counts(result) == (1, 0, 0, 1)
    assert (column, reason) in [(error.column, error.reason) for error in result.errors]


def test_one_that_is_no_more_stays_so(bring, branch):
    MassOrganizationFactory(organization=branch, name="机关工会", founded_on=None, ended_on=date(2026, 1, 1))

    result = bring(GOOD)

    assert [error.reason for error in result.errors] == ["该群团组织已撤销，不能再修改"]
