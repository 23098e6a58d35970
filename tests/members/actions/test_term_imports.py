"""A workbook of terms in the layout of an office (N19)."""

from datetime import date

import pytest

from branches.actions.uploads import import_table
from branches.permissions import Actor
from members.actions.term_imports import IMPORTER
from members.models import Term
from members.rules.term_imports import COLUMNS
from tests.factories.branches import BranchFactory
from tests.factories.members import MemberFactory, OfficeFactory
from tests.factories.terms import TermFactory
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db

HEADINGS = ("党组织名称", "书记", "任命时间", "应换届时间", "实际换届时间")


@pytest.fixture(autouse=True)
def today(move_clock):
    move_clock("2026-11-20T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory(name="第一党支部")


@pytest.fixture
def take(tmp_path, branch):
    """Imports rows below the committee of the branch."""

    def take(*rows, **options):
        table = table_of(tmp_path, COLUMNS, HEADINGS, rows)
        return import_table(by=Actor.system(), importer=IMPORTER, table=table, under=branch.parent, **options)

    return take


def counts(result):
    return result.created, result.updated, result.unchanged, result.failed


def terms():
    return list(Term.objects.order_by("elected_on").values_list("elected_on", "due_on", "ended_on"))


@pytest.mark.parametrize("elected", ["2024.03", "2024-03-01", "2024年3月", "20240301"])
def test_n19_dates_as_offices_write_them(take, elected):
    assert counts(take(("第一党支部", "", elected, "", ""))) == (1, 0, 0, 0)
    assert terms() == [(date(2024, 3, 1), date(2027, 3, 1), None)]


def test_n19_the_same_again_changes_nothing(take):
    row = ("第一党支部", "", "2024-03-01", "2027-03-01", "")
    take(row)

    assert counts(take(row)) == (0, 0, 1, 0)


def test_n19_a_dry_run_writes_nothing(take):
    assert counts(take(("第一党支部", "", "2024-03-01", "", ""), dry_run=True)) == (1, 0, 0, 0)
    assert terms() == []


def test_n19_an_election_held_ends_the_old_term_and_opens_the_next(take):
    result = take(("第一党支部", "", "2021-03-01", "2024-03-01", "2024-04-10"))

    assert counts(result) == (1, 0, 0, 0)
    assert terms() == [
        (date(2021, 3, 1), date(2024, 3, 1), date(2024, 4, 10)),
        (date(2024, 4, 10), date(2027, 4, 10), None),
    ]
    assert "2024年4月10日" in result.notes[0].reason


def test_n19_a_later_election_ends_the_term_that_is_there(take, branch):
    TermFactory(organization=branch, elected_on=date(2021, 3, 1))

    assert counts(take(("第一党支部", "", "2024-04-10", "", ""))) == (1, 0, 0, 0)
    assert terms()[0] == (date(2021, 3, 1), date(2024, 3, 1), date(2024, 4, 10))


def test_n19_without_the_day_of_the_election_it_follows_from_the_day_due(take):
    result = take(("第一党支部", "", "", "2027-03-01", ""))

    assert terms() == [(date(2024, 3, 1), date(2027, 3, 1), None)]
    assert "推算" in result.notes[0].reason


def test_n19_another_number_of_years_is_taken_and_told(take):
    result = take(("第一党支部", "", "2024-03-01", "2029-03-01", ""))

    assert terms() == [(date(2024, 3, 1), date(2029, 3, 1), None)]
    assert "按任期 5 年登记" in result.notes[0].reason


def test_n19_a_day_due_that_fits_no_years_is_told_and_the_rule_holds(take):
    result = take(("第一党支部", "", "2024-03-01", "2027-05-20", ""))

    assert terms()[0][1] == date(2027, 3, 1)
    assert "不一致" in result.notes[0].reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("第九党支部", "", "2024-03-01", "", ""), "没有这个党组织"),
        (("第一党支部", "", "", "", ""), "请填写当选日期"),
        (("第一党支部", "", "2026-11-21", "", ""), "晚于今天"),
        (("第一党支部", "", "2024-03-01", "", "2023-03-01"), "早于当选日期"),
        (("第一党支部", "", "2019-12-31", "", ""), "早于党组织成立时间"),
        (("第一党支部", "", "去年", "", ""), "不是日期"),
        (("", "", "2024-03-01", "", ""), "请填写党组织名称"),
    ],
)
def test_n19_bad_rows_say_why_and_good_ones_are_taken(take, branch, row, reason):
    BranchFactory(name="第二党支部", parent=branch.parent)

    result = take(row, ("第二党支部", "", "2024-03-01", "", ""))

    assert (result.created, result.failed) == (1, 1)
    assert reason in result.errors[0].reason


def test_n19_a_term_that_overlaps_is_refused(take, branch):
    TermFactory(organization=branch, elected_on=date(2024, 3, 1))

    assert "重叠" in take(("第一党支部", "", "2023-03-01", "", "")).errors[0].reason


def test_n19_another_secretary_is_told_and_not_written(take, branch):
    OfficeFactory(organization=branch, member=MemberFactory(name="王立"))

    result = take(("第一党支部", "李明", "2024-03-01", "", ""))

    assert "现任书记为王立" in result.notes[0].reason
    assert branch.offices.count() == 1


def test_n19_an_organisation_out_of_reach_is_not_found(take):
    BranchFactory(name="外单位党支部")

    assert take(("外单位党支部", "", "2024-03-01", "", "")).failed == 1


def test_n19_many_rows_cost_as_many_queries_as_few(take, branch, django_assert_num_queries):
    others = [BranchFactory(name=f"第{number}号党支部", parent=branch.parent) for number in range(5)]
    with django_assert_num_queries(9):
        take(("第一党支部", "", "2024-03-01", "", ""))

    with django_assert_num_queries(9):
        take(*((one.name, "", "2024-03-01", "", "") for one in others))
