"""Cells as people fill them in, and what an import comes to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.rules.uploads import Cells, ImportResult, Problem, mask_values, place_of
from partybuild.lib.workbook import Row, RowError
from tests.factories.workbooks import row_of


@pytest.mark.parametrize(
    ("written", "read"),
    [(" 张明 ", "张明"), ("张　明", "张明"), ("张\n明", "张明"), ("Anna  Li", "Anna Li"), (None, ""), (12, "12")],
)
def test_a_name_is_read_without_the_blanks_that_spread_it(written, read):
    assert Cells(row_of(name=written)).name("name", 64) == read


@given(st.text())
def test_no_text_keeps_what_a_database_or_a_line_cannot_hold(written):
    text = Cells(row_of(name=written)).text("name", 64)

    assert text == " ".join(text.split())
    assert not any(ord(character) < 32 for character in text)


def test_a_text_longer_than_its_field_is_a_problem():
    cells = Cells(row_of(name="长" * 5))

    cells.text("name", 4)

    assert cells.problems == [Problem("name", "超过 4 个字")]


@pytest.mark.parametrize("written", ["1969.01", "1969-01", "1969年1月", 25204])
def test_dates_in_the_forms_that_people_use(written):
    day = Cells(row_of(on=written)).day("on")

    assert day is not None
    assert (day.value.year, day.value.month) == (1969, 1)


def test_an_impossible_date_is_a_problem_with_its_reason():
    cells = Cells(row_of(on="2021年2月30日"))

    assert cells.day("on") is None
    assert cells.problems == [Problem("on", "2021年2月没有 30 日")]


def test_a_date_that_may_be_meant_otherwise_is_noted():
    cells = Cells(row_of(on=1969.1))

    assert cells.day("on").value == date(1969, 10, 1)
    assert [note.field for note in cells.notes] == ["on"]


def test_the_result_is_told_without_its_notes():
    error, note = RowError("表", 2, "姓名", "", "请填写姓名"), RowError("表", 3, "入党时间", "", "存疑")
    result = ImportResult(created=2, failed=1, errors=[error], notes=[note])

    assert result.as_dict() == {
        "created": 2, "updated": 0, "unchanged": 0, "failed": 1,
        "errors": [{"sheet": "表", "row": 2, "column": "姓名", "value": "", "reason": "请填写姓名"}],
    }  # fmt: skip
    assert (result.taken_back().created, result.taken_back().failed) == (0, 1)


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("身份证号", "110101198005060016", "110***********0016"),
        ("手机", "13800001234", "138****1234"),
        ("手机", "1380000123", "******0123"),
        ("姓名", "张明", "张明"),
    ],
)
def test_personal_numbers_are_kept_masked(column, value, shown):
    assert mask_values(RowError("表", 2, column, value, "有误"), {"身份证号", "手机"})["value"] == shown


def test_a_row_of_another_sheet_is_named_with_it():
    first, other = Row("一", 5, {}, []), Row("二", 5, {}, [])

    assert (place_of(first, first), place_of(first, other)) == ("第 5 行", "工作表“一”第 5 行")
