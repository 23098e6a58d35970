"""What may be entered for an indicator."""

from decimal import Decimal

import pytest

from assessments.enums import IndicatorKind
from assessments.rules import sheets
from assessments.rules.sheets import Entry, Row

ROW = Row(1, "主题党日", IndicatorKind.METERED, full=Decimal("2.50"), start=Decimal("2.00"))


@pytest.mark.parametrize("points", ["-0.01", "2.51", "100"])
def test_points_lie_between_nought_and_full_marks(points):
    assert sheets.problem("check", ROW, Entry(Decimal(points), reason="核减")) == (
        "points",
        "请填写 0 到 2.5 之间的分数",
    )


def test_points_have_two_decimals_at_most():
    assert sheets.problem("check", ROW, Entry(Decimal("1.005"), reason="核减")) == ("points", "分数最多保留两位小数")


def test_a_change_needs_a_reason():
    assert sheets.problem("check", ROW, Entry(Decimal("1.5"), reason="  ")) == (
        "reason",
        "由 2 分改为 1.5 分，请写明理由",
    )
    assert sheets.problem("check", ROW, Entry(Decimal("1.5"), reason="3月记录缺会议内容")) is None
    assert sheets.problem("final", ROW, Entry(Decimal("2.00"))) is None


def test_the_first_points_need_none():
    assert sheets.problem("self_check", ROW, Entry(Decimal("1.5"))) is None
    unscored = Row(1, "提升服务质量", IndicatorKind.MANUAL, full=Decimal(5), start=None)
    assert sheets.problem("check", unscored, Entry(Decimal(4))) is None


def test_no_points_yet_are_no_mistake():
    assert sheets.problem("check", ROW, Entry()) is None


def test_the_self_check_gives_only_what_is_graded_by_hand():
    assert sheets.is_open_to_points("self_check", IndicatorKind.MANUAL)
    assert not sheets.is_open_to_points("self_check", IndicatorKind.METERED)
    assert sheets.is_open_to_points("check", IndicatorKind.METERED)
