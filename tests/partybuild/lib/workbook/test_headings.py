import pytest

from partybuild.lib.workbook.headings import Column, Heading, Match, read_heading_row

MEMBER = [
    Column("name", "姓名", ("党员姓名",), required=True),
    Column("number", "身份证号", ("身份证号码", "公民身份号码"), required=True),
    Column("joined_on", "入党时间", ("入党日期", "加入党组织日期")),
    Column("organization", "所在党组织", ("所在党支部", "党支部", "支部")),
]


def found(cells, **options):
    return {
        field: (heading.column, heading.how)
        for field, heading in read_heading_row(cells, MEMBER, **options).matched.items()
    }


def test_headings_match_with_blanks_removed_in_any_order():
    assert found(["序号", "入党\n时间", None, " 姓　名 ", "身份证号*"]) == {
        "joined_on": (1, Match.EXACT),
        "name": (3, Match.EXACT),
        "number": (4, Match.EXACT),
    }


def test_headings_match_by_their_other_names_and_without_what_is_in_brackets():
    assert found(["公民身份号码", "党支部", "入党日期（年月日）", "姓名（必填）"]) == {
        "number": (0, Match.SYNONYM),
        "organization": (1, Match.SYNONYM),
        "joined_on": (2, Match.SYNONYM),
        "name": (3, Match.EXACT),
    }


def test_what_is_left_goes_to_the_nearest_and_says_so():
    assert found(["姓名", "身份证件号码"]) == {"name": (0, Match.EXACT), "number": (1, Match.NEAREST)}
    assert found(["姓名", "身份证件号码"], guess=False) == {"name": (0, Match.EXACT)}


@pytest.mark.parametrize("heading", ["入团时间", "团支部", "手机", "备注", "名"])
def test_what_is_not_near_enough_is_ignored(heading):
    row = read_heading_row([heading], MEMBER)

    assert row.matched == {}
    assert row.ignored == [heading]


def test_each_field_takes_one_column_the_exact_one_first_then_the_leftmost():
    assert found(["党支部", "支部", "所在党组织"]) == {"organization": (2, Match.EXACT)}
    row = read_heading_row(["党支部", "支部"], MEMBER)
    assert row.matched == {"organization": Heading(0, "党支部", Match.SYNONYM)}
    assert row.ignored == ["支部"]


def test_a_serial_number_is_not_reported_as_ignored():
    assert read_heading_row(["序号", "姓名", "民族"], MEMBER).ignored == ["民族"]


@pytest.mark.parametrize(
    ("column", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_column_is_named_as_excel_names_it(column, letter):
    assert Heading(column, "", Match.EXACT).letter == letter
