"""A workbook of year facts (N13, N14)."""

from decimal import Decimal
from io import BytesIO

import pytest

from branches.actions.uploads import import_table
from branches.permissions import Actor
from members.actions.year_fact_imports import IMPORTER
from members.models import YearFacts
from members.rules.year_fact_imports import COLUMNS
from partybuild.lib.workbook import read_table
from tests.factories.branches import BranchFactory, CommitteeFactory, OrganizationFactory, actor, make_user_with_post
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db

HEADINGS = ("单位名称", "年度", "机关工作人员数", "专职党务干部", "经费预算", "是否列入预算", "经费支出", "备注")


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-12-31T10:00:00+08:00")


@pytest.fixture
def root():
    return OrganizationFactory()


@pytest.fixture
def committee(root):
    return CommitteeFactory(parent=root, name="财政局机关党委")


@pytest.fixture
def take(tmp_path, root, committee):
    """Imports rows below the top of the tree."""

    def take(*rows, by=None, **options):
        table = table_of(tmp_path, COLUMNS, HEADINGS, rows)
        return import_table(by=by or Actor.system(), importer=IMPORTER, table=table, under=root, **options)

    return take


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def facts():
    fields = ("year", "staff", "dedicated_staff", "funds_budget", "is_in_budget", "funds_spent", "remark")
    return list(YearFacts.objects.order_by("year").values_list(*fields))


ROW = ("财政局机关党委", "2026年度", "120", "3人", "¥72,000.00", "是", "６８５００．５", "")


def test_n13_n14_a_year_as_offices_write_it(take):
    assert counts(take(ROW)) == (1, 0, 0, 0)
    assert facts() == [(2026, 120, 3, Decimal("72000.00"), True, Decimal("68500.50"), "")]


def test_n13_the_same_again_changes_nothing_and_a_dry_run_writes_nothing(take):
    assert counts(take(ROW, dry_run=True)) == (1, 0, 0, 0)
    assert facts() == []
    take(ROW)

    assert counts(take(ROW)) == (0, 0, 1, 0)


def test_n14_an_empty_cell_keeps_what_is_written_down(take):
    take(ROW)

    assert counts(take(("财政局机关党委", "", "", "", "", "", "70000", "决算"))) == (0, 1, 0, 0)
    assert facts() == [(2026, 120, 3, Decimal("72000.00"), True, Decimal("70000.00"), "决算")]


@pytest.mark.parametrize("year", ["2025", "2027", "2017年"])
def test_n13_years_back_and_the_next_for_its_budget(take, year):
    assert counts(take((ROW[0], year, *ROW[2:]))) == (1, 0, 0, 0)
    assert facts()[0][0] == int(year[:4])


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({0: "没有的机关党委"}, "单位名称", ""),
        ({0: ""}, "单位名称", "请填写党组织"),
        ({0: "财政局第一支部"}, "单位名称", "年度数据由机关党委、党组填报"),
        ({1: "去年"}, "年度", "应为四位数的年度，如 2026"),
        ({1: "2016"}, "年度", "应在 2017 年至 2027 年之间"),
        ({1: "2028"}, "年度", "应在 2017 年至 2027 年之间"),
        ({2: "若干"}, "机关工作人员数", "应为数字"),
        ({2: "1.5"}, "机关工作人员数", "应为整数"),
        ({2: "-1"}, "机关工作人员数", "应不小于 0，不超过 1000000"),
        ({2: "NaN"}, "机关工作人员数", "应不小于 0，不超过 1000000"),
        ({2: "2"}, None, ""),
        ({4: "0.005"}, "经费预算", "最多保留两位小数"),
        ({4: "1e20"}, "经费预算", "应不小于 0，不超过 999999999999.99"),
        ({5: "也许"}, "是否列入预算", "应为是或者否"),
        ({2: "", 3: "", 4: "", 5: "", 6: ""}, "单位名称", "该行没有数据"),
    ],
)
def test_n13_n14_a_bad_row_is_told_and_the_good_one_taken(take, committee, changed, column, reason):
    BranchFactory(parent=committee, name="财政局第一支部")
    bad = tuple(changed.get(place, value) for place, value in enumerate(ROW))
    good = (ROW[0], "2025", *ROW[2:])

    result = take(good, bad)

    assert counts(result) == (1, 0, 0, 1)
    assert [row[0] for row in facts()] == [2025]
    if column:
        assert result.errors[0].column == column
        assert reason in result.errors[0].reason


def test_n13_one_unit_and_year_twice_in_a_file(take):
    result = take(ROW, (*ROW[:2], "130", *ROW[3:]))

    assert counts(result) == (1, 0, 0, 1)
    assert "第 2 行是同一单位同一年度" in result.errors[0].reason


def test_n13_another_units_figures_are_not_written(take, root, committee):
    other = CommitteeFactory(parent=root, name="税务局机关党委")
    keeper = actor(make_user_with_post("staff", other))

    assert counts(take(ROW, by=keeper)) == (0, 0, 0, 1)
    assert facts() == []


def test_n13_what_the_portal_takes_out_goes_in_again(client, take, committee, root, tmp_path):
    take(ROW)
    client.force_login(make_user_with_post("staff", root), "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/members/year-facts/export/?year=2026")
    path = tmp_path / "out.xlsx"
    path.write_bytes(BytesIO(b"".join(answer.streaming_content)).getvalue())

    table = read_table(path, COLUMNS)
    result = import_table(by=Actor.system(), importer=IMPORTER, table=table, under=root)

    assert counts(result) == (0, 0, 1, 0)
