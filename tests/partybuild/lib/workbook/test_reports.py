import io

import openpyxl
import pytest
import xlsxwriter

from partybuild.lib.workbook import Column, RowError, read_table, write_error_list, write_error_report

COLUMNS = [Column("name", "姓名", required=True), Column("joined_on", "入党时间"), Column("phone", "联系电话")]


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "file.xlsx"
    book = xlsxwriter.Workbook(str(path))
    first, second = book.add_worksheet("一"), book.add_worksheet("二")
    rows = [
        ["花名册"],
        ["姓名", "爱好", "入党时间", "联系电话"],
        ["甲", "棋", "1969.13", 1],
        ["乙", "书", "1970.02"],
        ["丙", None, "x"],
    ]
    for number, cells in enumerate(rows):
        first.write_row(number, 0, cells)
    second.write_row(0, 0, ["入党时间", "姓名"])
    second.write_string(1, 0, "=1")
    second.write_string(1, 1, "丁")
    book.close()
    return read_table(path, COLUMNS)


def test_the_report_holds_each_refused_row_as_written_with_its_reasons(table):
    rows = {row.text("name"): row for row in table.rows}
    errors = [
        table.error(rows["甲"], "joined_on", "没有 13 月"),
        table.error(rows["甲"], "phone", "应为 11 位"),
        table.error(rows["丙"], "joined_on", "不是日期"),
        RowError("二", 2, "", "", "重复"),
    ]
    stream = io.BytesIO()

    assert write_error_report(stream, table, errors) == 3

    book = openpyxl.load_workbook(stream)
    assert [[cell.value for cell in row] for row in book["一"].iter_rows(min_row=2)] == [
        ["原行号", "未导入原因", "姓名", "爱好", "入党时间", "联系电话"],
        [3, "入党时间：没有 13 月；联系电话：应为 11 位", "甲", "棋", "1969.13", 1],
        [5, "入党时间：不是日期", "丙", None, "x", None],
    ]
    assert [cell.value for cell in book["二"][3]] == [2, "重复", "=1", "丁"]
    assert book["二"]["C3"].data_type == "s"
    shaded = [cell.coordinate for row in book["一"].iter_rows(min_row=3) for cell in row if cell.fill.fill_type]
    assert shaded == ["E3", "F3", "E4"]


def test_the_report_can_be_mended_and_read_again(table, tmp_path):
    rows = list(table.rows)
    path = tmp_path / "report.xlsx"
    with path.open("wb") as stream:
        write_error_report(stream, table, [table.error(rows[0], "joined_on", "没有 13 月")])

    again = read_table(path, COLUMNS)

    assert [dict(row.values) for row in again.rows] == [{"name": "甲", "joined_on": "1969.13", "phone": 1}]


def test_errors_alone_make_a_list():
    stream = io.BytesIO()

    assert write_error_list(stream, [RowError("一", 3, "入党时间", "1969.13", "没有 13 月")]) == 1

    sheet = openpyxl.load_workbook(stream).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["工作表", "行号", "列", "内容", "未导入原因"]
    assert [cell.value for cell in sheet[3]] == ["一", 3, "入党时间", "1969.13", "没有 13 月"]
