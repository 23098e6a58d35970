from datetime import date

import pytest

from branches.queries.access import scope_of
from campaigns.queries.task_matrix import Cell, matrix_of, organizations_of
from tests.factories.branches import BranchFactory, CommitteeFactory, make_user_with_post
from tests.factories.campaigns import AssignmentFactory, TargetFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
FEBRUARY = {
    "period": "2026-02", "starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 28), "due_on": date(2026, 2, 28),
}  # fmt: skip


@pytest.fixture
def target():
    return TargetFactory()


@pytest.fixture
def committee():
    return CommitteeFactory()


@pytest.fixture
def scope(committee):
    return scope_of(make_user_with_post("staff", committee).pk, TODAY)


def test_rows_are_organisations_and_columns_periods(target, committee, django_assert_num_queries):
    one, two = BranchFactory(parent=committee), BranchFactory(parent=committee)
    march = AssignmentFactory(target=target, organization=one, state="done", done=1)
    february = AssignmentFactory(target=target, organization=one, **FEBRUARY)
    only_march = AssignmentFactory(target=target, organization=two)
    AssignmentFactory(organization=one)

    with django_assert_num_queries(1):
        matrix = matrix_of(target, [one, two], TODAY)

    assert matrix.periods == ["2月", "3月"]
    assert [row.organization for row in matrix.rows] == [one, two]
    assert matrix.rows[0].cells == [Cell(february.pk, "overdue"), Cell(march.pk, "done")]
    assert matrix.rows[1].cells == [None, Cell(only_march.pk, "open")]


def test_a_successor_of_the_target_shows_what_its_predecessor_was_asked(committee):
    before = TargetFactory(ended_on=date(2026, 3, 1))
    after = TargetFactory(task=before.task, lineage=before.lineage)
    AssignmentFactory(target=before, organization=committee, **FEBRUARY)

    assert matrix_of(after, [committee], TODAY).periods == ["2月"]


@pytest.mark.parametrize(
    "asked, names",
    [
        ({}, ["甲", "乙", "丙"]),
        ({"words": "乙"}, ["乙"]),
        ({"shown": "done"}, ["甲"]),
        ({"shown": "overdue"}, ["乙"]),
        ({"shown": "unfinished"}, ["乙"]),
    ],
)
def test_organisations_are_narrowed_within_the_scope(target, committee, scope, asked, names):
    made = {name: BranchFactory(parent=committee, name=name) for name in "甲乙丙丁"}
    AssignmentFactory(target=target, organization=made["甲"], state="done", done=1)
    AssignmentFactory(target=target, organization=made["乙"], **FEBRUARY)
    AssignmentFactory(target=target, organization=made["丙"], state="exempt", exempt_reason="没有应参加的人员")
    AssignmentFactory(organization=made["丁"])
    AssignmentFactory(target=target)

    assert [row.name for row in organizations_of(scope, target, TODAY, **asked)] == names
