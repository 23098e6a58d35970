"""Rows that go one by one through an action: each whole or not at all, nothing without being asked to."""

from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError

from branches.actions.row_imports import Taken, take_rows
from branches.models import Organization
from branches.rules.uploads import Problem
from partybuild.lib.workbook import Column, Row
from tests.factories.branches import BranchFactory
from tests.factories.workbooks import table_of

pytestmark = pytest.mark.django_db
COLUMNS = (Column("name", "名称"), Column("code", "编码"))


@dataclass
class Read:
    row: Row
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@pytest.fixture
def bring(tmp_path):
    def bring(take, *rows, write=True):
        table = table_of(tmp_path, COLUMNS, ("名称", "编码"), rows)
        return take_rows(table=table, rows=[Read(row) for row in table.rows], take=take, write=write)

    return bring


def founded(read):
    BranchFactory(name=read.row.text("name"), code=read.row.text("code"))
    if read.row.text("code") == "坏":
        raise ValidationError({"code": "编码不可用。"})
    return Taken.CREATED


def test_good_rows_are_kept_and_a_refused_one_leaves_nothing(bring):
    result = bring(founded, ("第一支部", "B1"), ("第二支部", "坏"), ("第三支部", "B3"))

    assert (result.created, result.failed) == (2, 1)
    assert [(error.row, error.column, error.reason) for error in result.errors] == [(3, "编码", "编码不可用")]
    assert set(Organization.objects.filter(kind="branch").values_list("code", flat=True)) == {"B1", "B3"}


def test_a_dry_run_tells_the_same_and_keeps_nothing(bring):
    before = Organization.objects.count()

    result = bring(founded, ("第一支部", "B1"), ("第二支部", "坏"), write=False)

    assert (result.created, result.failed, Organization.objects.count()) == (1, 1, before)


def test_a_later_row_sees_what_an_earlier_one_did_even_in_a_dry_run(bring):
    def once(read):
        if Organization.objects.filter(code=read.row.text("code")).exists():
            return Taken.UNCHANGED
        return founded(read)

    result = bring(once, ("第一支部", "B1"), ("第一支部", "B1"), write=False)

    assert (result.created, result.unchanged) == (1, 1)


def test_a_refusal_of_the_whole_stands_at_the_first_column(bring):
    def refuse(read):
        raise ValidationError("现在不能登记。")

    result = bring(refuse, ("第一支部", "B1"))

    assert [(error.column, error.reason) for error in result.errors] == [("名称", "现在不能登记")]


def test_notes_are_told_of_rows_that_are_taken(bring):
    def doubtful(read):
        read.notes.append(Problem("code", "请核对"))
        return Taken.UPDATED

    result = bring(doubtful, ("第一支部", "B1"))

    assert (result.updated, [note.reason for note in result.notes]) == (1, ["请核对"])
