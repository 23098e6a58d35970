"""One row of a file of organisations."""

from datetime import date

import pytest

from branches.enums import OrganizationKind
from branches.rules.imports import ambiguous, read_row
from tests.factories.workbooks import row_of

TODAY = date(2026, 3, 5)


def problems(**values):
    read = read_row(row_of(**{"name": "第一党支部", "kind": "党支部", **values}), TODAY)
    return [(problem.field, problem.reason) for problem in read.problems]


def test_a_row_is_read_field_by_field():
    row = row_of(
        code=11000001, name="第 一 党支部", kind="支部", parent="机关党委", parent_code="A1", phone="0510－82700001",
        founded_on="2019.07", department=" 办公室 ",
    )  # fmt: skip

    read = read_row(row, TODAY)

    assert read.problems == []
    assert (read.code, read.name, read.kind, read.parent) == ("11000001", "第一党支部", OrganizationKind.BRANCH, "A1")
    assert (read.phone, read.founded_on, read.has_day) == ("0510-82700001", date(2019, 7, 1), False)
    assert read.department == "办公室"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name": None}, [("name", "请填写党组织名称")]),
        ({"kind": None}, [("kind", "请填写组织类别")]),
        ({"kind": "协会"}, [("kind", "没有“协会”这一组织类别，应为工委、机关党委、党组、党总支、党支部、党小组之一")]),
        ({"founded_on": "2026-03-06"}, [("founded_on", "成立时间晚于今天")]),
        ({"founded_on": "2019-13-01"}, [("founded_on", "没有 13 月")]),
        ({"phone": "1380000123"}, [("phone", "手机号码应为 11 位，现为 10 位")]),
        ({"phone": "13800001234"}, []),
        ({"phone": "82700001"}, []),
        ({"code": "1" * 33}, [("code", "超过 32 个字")]),
        ({"name": None, "kind": None}, [("kind", "请填写组织类别"), ("name", "请填写党组织名称")]),
    ],
)
def test_what_is_wrong_with_a_row_by_itself(values, wrong):
    assert problems(**values) == wrong


def test_an_ambiguous_name_tells_the_codes():
    assert ambiguous(["A1", "A2"]) == "有 2 个同名党组织，请填写编码：A1、A2"
    assert ambiguous(list("ABCDEF")) == "有 6 个同名党组织，请填写编码：A、B、C、D、E等"
