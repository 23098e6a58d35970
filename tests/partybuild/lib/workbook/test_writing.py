import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import openpyxl
import pytest

from partybuild.lib.workbook import OutColumn, Sheet, write_table


def written(*sheets):
    stream = io.BytesIO()
    count = write_table(stream, sheets)
    stream.seek(0)
    return count, openpyxl.load_workbook(stream)


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_title_note_headings_and_rows_stand_under_one_another():
    count, book = written(
        Sheet(
            "名册",
            ["姓名", OutColumn("学时", 20)],
            [("甲", 32), ("乙", None)],
            title="党员名册",
            note="截至2026年3月5日",
        )
    )

    assert count == 2
    sheet = book["名册"]
    assert cells(sheet) == [["党员名册", None], ["截至2026年3月5日", None], ["姓名", "学时"], ["甲", 32], ["乙", None]]
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:B1", "A2:B2"}
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["A3"].font.name == "黑体"
    assert sheet.column_dimensions["B"].width == pytest.approx(20.7, abs=0.3)


@pytest.mark.parametrize(
    "text", ["=1+1", "+8613800001234", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "http://a.b"]
)
def test_r32_whatever_a_text_begins_with_it_stays_text(text):
    _, book = written(Sheet("表", [text], [[text]], title=text, note=text))

    for row in book["表"].iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.hyperlink is None
            assert cell.value.replace("_x000D_", "\r") == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (date(2026, 3, 5), "2026年3月5日"),
        (datetime(2026, 3, 5, 18, 30, tzinfo=UTC), "2026年3月6日 02:30"),
        (time(8, 5), "08:05"),
        (Decimal("12.50"), 12.5),
        (7, 7),
        (0, 0),
        (0.25, 0.25),
        (True, "是"),
        (False, "否"),
        (None, None),
        ("", None),
        (float("nan"), None),
        (float("inf"), None),
        (110105194912310020, "110105194912310020"),
        ("0012", "0012"),
        ("a\x00b\x0bc", "abc"),
        ("a\nb", "a\nb"),
    ],
)
def test_a_number_stays_a_number_and_all_else_is_text_as_it_is_read(value, cell):
    _, book = written(Sheet("表", ["列"], [[value]]))

    assert book["表"]["A2"].value == cell


def test_a_text_longer_than_excel_takes_is_cut():
    _, book = written(Sheet("表", ["列"], [["长" * 40_000]]))

    assert len(book["表"]["A2"].value) == 32_767


def test_sheets_get_names_that_excel_takes():
    names = ["2026年3月[甲]/乙:丙*?", "", "一" * 40, "一" * 40, "History", "'引号'"]
    _, book = written(*(Sheet(name, ["列"], []) for name in names))

    assert book.sheetnames == ["2026年3月甲乙丙", "表", "一" * 31, "一" * 28 + "（2）", "History_", "引号"]


def test_the_same_rows_give_the_same_texts_without_rows_too():
    count, book = written(Sheet("表", ["姓名", "备注"], []))

    assert (count, cells(book["表"])) == (0, [["姓名", "备注"]])


def test_columns_are_as_wide_as_their_texts_within_bounds():
    _, book = written(Sheet("表", ["短", "长", "中"], [["1", "长" * 100, "示例党支部"]]))

    sheet = book["表"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[0] < widths[2] < widths[1] < 50
    assert widths[2] > 10


def test_marked_cells_are_shaded():
    _, book = written(Sheet("表", ["甲", "乙"], [["1", "2"], ["3", "4"]], marked=frozenset({(1, 0)})))

    shaded = [cell.value for row in book["表"].iter_rows(min_row=2) for cell in row if cell.fill.fill_type]
    assert shaded == ["3"]


def test_a_large_export_streams():
    """Memory does not grow with the rows: constant_memory writes each as it comes."""

    def peak(rows):
        tracemalloc.start()
        write_table(io.BytesIO(), [Sheet("表", ["甲", "乙"], (("示例" * 10 + str(n), n) for n in range(rows)))])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    small, large = peak(1_000), peak(8_000)
    assert large < small + 2_000_000


def test_when_the_rows_fail_the_error_is_theirs_and_no_file_is_left_open(recwarn):
    def rows():
        yield ["甲"]
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        write_table(io.BytesIO(), [Sheet("表", ["列"], rows())])
    assert not recwarn.list


def test_no_formula_is_written_at_all():
    stream = io.BytesIO()
    write_table(stream, [Sheet("表", ["列"], [["=1"], ["+1"], [1]])])

    assert b"<f>" not in zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml")
