"""One row of a roster."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.rules.uploads import Problem
from members.enums import OfficeKind
from members.rules.imports import MemberReader, read_row, settle
from partybuild.lib.identity import check_character
from tests.factories.members import id_number
from tests.factories.workbooks import row_of

TODAY = date(2026, 3, 5)
NUMBER = id_number(1, born_on=date(1980, 5, 6))


def judged(existing=None, **values):
    """What the row makes of a member, and its problems."""
    read = read_row(row_of(**{"name": "张明", "sex": "男", **values}), TODAY)
    changes = settle(read, existing or {}, TODAY)
    return changes, [(problem.field, problem.reason) for problem in read.problems]


def problems(**values):
    return judged(**values)[1]


def test_a_new_member_is_completed_from_the_number():
    changes, wrong = judged(sex=None, id_number=NUMBER.lower(), ethnicity="汉", converted_on="2011.07")

    assert wrong == []
    assert changes == {
        "name": "张明", "id_number": NUMBER, "sex": "male", "born_on": date(1980, 5, 6), "ethnicity": "汉族",
        "converted_on": date(2011, 7, 1), "kind": "full",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": None}, [("name", "请填写姓名")]),
        ({"sex": None}, [("sex", "请填写性别，或填写身份证号")]),
        ({"sex": "不详"}, [("sex", "性别应为男或女")]),
        ({"id_number": NUMBER[:17]}, [("id_number", "身份证号应为 18 位，现为 17 位")]),
        (
            {"id_number": NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")},
            [("id_number", "身份证号校验码不正确，请核对号码")],
        ),
        (
            {"id_number": 110101198005060000},
            [("id_number", "身份证号在 Excel 中是数字格式，末几位已丢失，请改为文本格式后重新填写")],
        ),
        ({"id_number": NUMBER, "sex": "女"}, [("sex", "性别与身份证号不一致，按身份证号应为男")]),
        (
            {"id_number": NUMBER, "born_on": "1980-05-07"},
            [("born_on", "出生日期与身份证号不一致，按身份证号应为1980年5月6日")],
        ),
        ({"id_number": NUMBER, "born_on": "1980.05"}, []),
        (
            {"id_number": NUMBER, "born_on": "1980.06"},
            [("born_on", "出生日期与身份证号不一致，按身份证号应为1980年5月6日")],
        ),
        ({"joined_on": "2010-02-30"}, [("joined_on", "2010年2月没有 30 日")]),
        ({"joined_on": "2010.07", "converted_on": "2009.07"}, [("converted_on", "转正时间早于入党时间")]),
        ({"born_on": "1980.05", "joined_on": "1979.07"}, [("joined_on", "入党时间早于出生日期")]),
        ({"joined_on": "2026-03-06"}, [("joined_on", "入党时间晚于今天")]),
        ({"kind": "群众"}, [("kind", "人员类别应为正式党员或预备党员")]),
        ({"kind": "预备", "converted_on": "2020.07"}, [("converted_on", "预备党员不应有已到的转正时间")]),
        ({"phone": "1380000123"}, [("phone", "手机号码应为 11 位，现为 10 位")]),
        ({"phone": 13800001234}, []),
        ({"phone": "无"}, []),
        ({"starts_on": "2026-03-06"}, [("starts_on", "时间晚于今天")]),
        ({"job": "岗" * 65}, [("job", "超过 64 个字")]),
    ],
)  # fmt: skip
def test_rows_are_refused_for_their_reason(values, wrong):
    assert problems(**values) == wrong


@given(st.integers(0, 16), st.integers(1, 9))
def test_no_number_with_one_digit_changed_is_taken(place, shift):
    digit = str((int(NUMBER[place]) + shift) % 10)
    changed = NUMBER[:place] + digit + NUMBER[place + 1 :]

    assert check_character(changed[:17]) != changed[17]
    assert "id_number" in {field for field, _ in problems(id_number=changed)}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "full"),
        ({"joined_on": "2025-12-01"}, "probationary"),
        ({"joined_on": "2020-12-01"}, "full"),
        ({"converted_on": "2026-07-01"}, "probationary"),
        ({"converted_on": "2025-07-01"}, "full"),
        ({"kind": "正式党员"}, "full"),
        ({"kind": "预备党员（2025年）"}, "probationary"),
    ],
)
def test_the_kind_follows_from_what_is_known(values, kind):
    assert judged(**values)[0]["kind"] == kind


def test_what_is_the_same_or_empty_changes_nothing():
    existing, _ = judged(id_number=NUMBER, phone="13800001234", joined_on="2010-07-01", converted_on="2011-07-01")

    assert judged(existing, id_number=NUMBER, joined_on="2010.07") == ({}, [])
    assert judged(existing, phone="13800001235") == ({"phone": "13800001235"}, [])


def test_a_month_does_not_blur_a_day_that_is_known():
    existing, _ = judged(joined_on="2010-07-15")

    assert judged(existing, joined_on="2010.07") == ({}, [])
    assert judged(existing, joined_on="2010.08")[0] == {"joined_on": date(2010, 8, 1)}


def test_the_order_of_dates_holds_against_those_that_are_there():
    existing, _ = judged(joined_on="2010-07-15")

    assert judged(existing, converted_on="2009-07-15")[1] == [("converted_on", "转正时间早于入党时间")]


@pytest.mark.parametrize(
    ("written", "offices", "notes"),
    [
        ("支部书记", [(OfficeKind.SECRETARY, "")], 0),
        ("副书记、组织委员", [(OfficeKind.DEPUTY_SECRETARY, ""), (OfficeKind.COMMITTEE_MEMBER, "组织委员")], 0),
        ("支委", [(OfficeKind.COMMITTEE_MEMBER, "")], 0),
        ("党小组长", [(OfficeKind.GROUP_LEADER, "")], 0),
        ("党员", [], 0),
        ("顾问 委员", [(OfficeKind.COMMITTEE_MEMBER, "")], 1),
        (None, [], 0),
    ],
)
def test_offices_are_read_and_others_told(written, offices, notes):
    read = read_row(row_of(name="张明", office=written), TODAY)

    assert (read.offices, len(read.notes)) == (offices, notes)
    assert read.problems == []


def test_a_text_that_comes_again_is_judged_again():
    reader = MemberReader(TODAY)
    rows = [row_of(name="张明", sex="不详", joined_on="2027.01", office="书记、顾问") for _ in range(2)]

    first, second = (reader.read(row) for row in rows)
    first.refuse("job", "x")

    assert second.problems == [Problem("sex", "性别应为男或女")]
    assert second.notes == first.notes == [Problem("office", "“顾问”没有导入，请在党员页面登记")]
    assert (second.offices, second.months) == ([(OfficeKind.SECRETARY, "")], frozenset({"joined_on"}))


def test_a_cell_of_another_type_is_another_text():
    reader = MemberReader(TODAY)

    assert [reader.read(row_of(name="张明", job=job)).values["job"] for job in (1, True, 1.5, "1")] == [
        "1", "是", "1.5", "1",
    ]  # fmt: skip
