import gc
import os
import time
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path

import pytest
import xlsxwriter

from partybuild.lib.workbook import Column, Match, RowError, WorkbookError, read_table

FILES = Path(__file__).with_name("files")
COLUMNS = [
    Column("name", "姓名", required=True),
    Column("joined_on", "入党时间", ("入党日期",)),
    Column("branch", "所在党支部", ("党支部",)),
]


@pytest.fixture
def write(tmp_path):
    """Writes rows of cells to the sheets of a new file; a callable may finish the book."""

    def make(*sheets, finish=None):
        path = tmp_path / "file.xlsx"
        book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        if finish:
            finish(book)
        book.close()
        return path

    return make


def values(table):
    return [(row.number, dict(row.values)) for row in table.rows]


def test_rows_stand_under_title_rows_and_keep_the_numbers_of_excel(write):
    path = write(
        (
            "名册",
            [
                ["党员花名册"],
                ["单位：示例党委"],
                ["序号", "姓名", "党支部", "爱好"],
                [1, "甲", "一支部", "棋"],
                [],
                [2, " 乙 ", "二支部"],
            ],
        )
    )

    table = read_table(path, COLUMNS)

    assert values(table) == [(4, {"name": "甲", "branch": "一支部"}), (6, {"name": "乙", "branch": "二支部"})]
    assert [(field, heading.letter, heading.how) for field, heading in table.matched.items()] == [
        ("name", "B", Match.EXACT),
        ("branch", "C", Match.SYNONYM),
    ]
    assert table.sheets[0].heading_row == 3
    assert table.ignored == ["爱好"]
    assert table.missing == []
    assert len(table.rows) == 2


def test_values_come_as_they_are_and_as_text(write):
    columns = [Column(str(place), f"第{place}列") for place in range(8)]
    moment = datetime(2026, 3, 5, 14, 30)  # noqa: DTZ001
    cells = [date(2026, 3, 5), moment, 13800001234, 1.5, True, "a\nb", 0.25, "  "]

    def finish(book):
        book.worksheets()[0].write(1, 1, moment, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))

    (row,) = read_table(write(("表", [[c.title for c in columns], cells]), finish=finish), columns).rows

    assert [row.get(str(place)) for place in range(8)] == [*cells[:7], None]
    assert [row.text(str(place)) for place in range(8)] == [
        "2026年3月5日", "2026年3月5日", "13800001234", "1.5", "是", "a\nb", "0.25", "",
    ]  # fmt: skip
    assert row.text("no such field") == ""


def test_a_time_of_day_stays_one(write):
    def finish(book):
        book.worksheets()[0].write(1, 1, clock_time(14, 30), book.add_format({"num_format": "hh:mm"}))

    columns = [Column("name", "姓名"), Column("at", "时间")]
    (row,) = read_table(write(("表", [["姓名", "时间"], ["甲"]]), finish=finish), columns).rows
    assert row.get("at") == clock_time(14, 30)


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(write):
    def finish(book):
        book.worksheets()[0].merge_range("B2:B4", "一支部")

    path = write(("表", [["姓名", "党支部"], ["甲"], ["乙"], ["丙"], ["丁", "二支部"]]), finish=finish)

    assert [row.get("branch") for row in read_table(path, COLUMNS).rows] == ["一支部", "一支部", "一支部", "二支部"]


def test_a_heading_two_rows_high_is_not_taken_for_data(write):
    def finish(book):
        sheet = book.worksheets()[0]
        sheet.merge_range("A1:C1", "党员花名册")
        sheet.merge_range("A2:A3", "姓名")
        sheet.merge_range("B2:C2", "组织")

    path = write(("表", [[], [], [None, "党支部", "入党时间"], ["甲", "一支部", "1969.01"]]), finish=finish)

    assert values(read_table(path, COLUMNS)) == [(4, {"name": "甲", "branch": "一支部", "joined_on": "1969.01"})]


def test_a_heading_repeated_on_each_page_and_numbered_empty_rows_are_left_out(write):
    rows = [
        ["序号", "姓名", "党支部"],
        [1, "甲", "一支部"],
        ["序号", "姓名", "党支部"],
        [2, "乙", "一支部"],
        [3],
        [4, "  "],
    ]

    assert [row.number for row in read_table(write(("表", rows)), COLUMNS).rows] == [2, 4]


def test_all_sheets_with_a_heading_row_are_read_hidden_ones_and_notes_are_not(write):
    sheets = [
        ("填写说明", [["请按要求填写"], ["日期写作 1969.01"]]),
        ("一支部", [["姓名", "入党时间"], ["甲", "1969.01"]]),
        ("二支部", [["入党日期", "所在党支部", "姓名"], ["1970.02", "二支部", "乙"]]),
        ("隐藏", [["姓名", "入党时间"], ["丙", "1971.01"]]),
    ]

    table = read_table(write(*sheets, finish=lambda book: book.worksheets()[3].hide()), COLUMNS)

    assert [(row.sheet, row.get("name"), row.get("joined_on")) for row in table.rows] == [
        ("一支部", "甲", "1969.01"),
        ("二支部", "乙", "1970.02"),
    ]
    assert list(table.skipped_sheets) == ["填写说明"]


def test_a_missing_required_column_is_named(write):
    table = read_table(write(("表", [["入党时间", "党支部"], ["1969.01", "一支部"]])), COLUMNS)

    assert [column.title for column in table.missing] == ["姓名"]


def test_a_table_can_be_gone_over_twice_at_once(write):
    table = read_table(write(("表", [["姓名", "党支部"], ["甲", "一支部"], ["乙", "二支部"]])), COLUMNS)

    assert [(a.get("name"), b.get("name")) for a in table.rows for b in table.rows] == [
        ("甲", "甲"), ("甲", "乙"), ("乙", "甲"), ("乙", "乙"),
    ]  # fmt: skip


def test_an_error_names_the_place_as_the_file_names_it(write):
    table = read_table(write(("表", [["姓名", "入党日期"], ["甲", "很久以前"]])), COLUMNS)
    (row,) = table.rows

    assert table.error(row, "joined_on", "不是日期") == RowError("表", 2, "入党日期", "很久以前", "不是日期")
    assert table.error(row, "branch", "未填写").as_dict() == {
        "sheet": "表", "row": 2, "column": "所在党支部", "value": "", "reason": "未填写",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "文件中没有数据。"),
        ([["随便写的内容"], ["没有列名"]], "没有找到表头。表中应有一行列名，包括：姓名。"),
        ([["姓名", "党支部"]], "表头下面没有数据，请填写后再上传。"),
        ([["姓名", "党支部"], [None, " "]], "表头下面没有数据，请填写后再上传。"),
    ],
)
def test_a_file_without_a_table_is_refused(write, rows, message):
    with pytest.raises(WorkbookError) as refused:
        read_table(write(("表", rows)), COLUMNS)
    assert str(refused.value) == message


def test_five_thousand_rows_are_read_in_three_seconds(write):
    heads = ["姓名", "入党时间", "党支部", *(f"其他{n}" for n in range(22))]
    path = write(("表", [heads, *([f"党员{n}", "1969.01", f"第{n % 60}支部", *["内容"] * 22] for n in range(5000))]))

    started = time.monotonic()
    table = read_table(path, COLUMNS)
    names = [row.text("name") for row in table.rows]

    assert time.monotonic() - started < 3
    assert (len(names), names[0], names[-1]) == (5000, "党员0", "党员4999")


def test_an_old_workbook_is_read_too():
    table = read_table(
        FILES / "roster.xls", [Column("name", "姓名"), Column("born_on", "出生日期"), Column("branch", "党支部")]
    )

    assert [dict(row.values) for row in table.rows] == [
        {"name": "甲", "born_on": date(1969, 1, 5), "branch": "一支部"},
        {"name": "乙", "born_on": date(1970, 2, 28), "branch": "一支部"},
    ]
    assert [row.number for row in table.rows] == [4, 5]


def test_the_content_decides_and_not_the_name(write, tmp_path):
    path = tmp_path / "名册.xls"
    path.write_bytes(write(("表", [["姓名", "党支部"], ["甲", "一支部"]])).read_bytes())

    assert [row.get("name") for row in read_table(path, COLUMNS).rows] == ["甲"]


def test_the_handle_on_what_was_read_is_closed_with_the_table(write):
    path = write(("表", [["姓名", "党支部"], ["甲", "一支部"]]))

    gc.collect()
    open_before = len(os.listdir("/proc/self/fd"))
    tables = [read_table(path, COLUMNS) for _ in range(3)]
    assert len(os.listdir("/proc/self/fd")) == open_before + 3

    tables.clear()
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == open_before
