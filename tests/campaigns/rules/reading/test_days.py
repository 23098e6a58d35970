"""Days, stretches of days, periods and amounts as plans write them."""

import pytest

from campaigns.rules.reading.amounts import amounts
from campaigns.rules.reading.days import days, open_starts, stretches, whole_stretch
from campaigns.rules.reading.numerals import folded, written
from campaigns.rules.reading.periods import limits, rhythms


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("6月底前完成", "06-30"),
        ("２月底前完成", "02-28"),
        ("9月底前全部整改", "09-30"),
        ("12月上旬召开", "12-10"),
        ("6月中旬前报送", "06-20"),
        ("十一月底前完成", "11-30"),
        ("2026年3月15日前报送", "2026-03-15"),
        ("第一季度末完成", "03-31"),
        ("上半年完成", "06-30"),
        ("年底前达标", "12-31"),
        ("到2025年底，实现", "2025-12-31"),
        ("“七一”前讲一次", "06-30"),
        ("在9月份全部整改到位", "09-30"),
        ("每年12月31日前报送", "12-31"),
    ],
)
def test_x01_deadlines(text, due):
    assert [day.due for day in days(folded(text))] == [due]


@pytest.mark.parametrize(
    "text",
    [
        "每月10日前报送",
        "全年不少于8次",
        "2019年10月25日重要讲话精神",
        "3月至5月开展",
        "3年内建成",
        "99月",
        "2月30日前",
        "一月一调度",
    ],
)
def test_x01_what_is_no_deadline(text):
    assert days(folded(text)) == []


def test_x01_half_year_and_year_end_are_two_days():
    assert [day.due for day in days("半年和年底专项检查")] == ["06-30", "12-31"]


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("3月至5月", "03-01", "05-31"),
        ("2022年1月—3月", "2022-01-01", "2022-03-31"),
        ("3-5月", "03-01", "05-31"),
        ("2024年3月1日至3月31日", "2024-03-01", "2024-03-31"),
        ("3月上旬—4月底", "03-01", "04-30"),
        ("2024年11月至次年1月", "2024-11-01", "2025-01-31"),
        ("从2024年4月开始，到2024年11月结束", "2024-04-01", "2024-11-30"),
    ],
)
def test_x01_stretches(text, starts, ends):
    found = stretches(folded(text))

    assert [(each.starts, each.ends) for each in found] == [(starts, ends)]


def test_x01_a_month_in_a_heading_is_a_stretch_and_a_start_may_stand_alone():
    assert whole_stretch("2022年4月上旬").ends == "2022-04-10"
    assert whole_stretch("6月底前") is None
    assert open_starts("自3月起")[0].starts == "03-01"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("每周一次", "week"),
        ("每两周一次", "two_weeks"),
        ("每月一次", "month"),
        ("每两个月一次", "two_months"),
        ("每季度至少一次", "quarter"),
        ("每半年至少一次", "half_year"),
        ("每学期一次", "half_year"),
        ("每年一次", "year"),
        ("全年不少于", "year"),
        ("年内组织", "year"),
        ("党员年度学习累计", "year"),
        ("半年和年底", "half_year"),
        ("1次/季度", "quarter"),
    ],
)
def test_x01_periods(text, kind):
    assert [each.kind.value for each in rhythms(folded(text))] == [kind]


def test_x01_a_day_of_every_month():
    (found,) = rhythms("每月10日前报送")

    assert (found.kind.value, found.by_day) == ("month", 10)
    assert [each.by_day for each in rhythms("每季度末月20日前")] == [20]
    assert rhythms("2021年工作") == []


@pytest.mark.parametrize(
    ("text", "days_after", "months_before"),
    [("15个工作日内", 15, None), ("两个月内见到成效", 60, None), ("届满前6个月", None, 6), ("任职半年内", 180, None)],
)
def test_x01_limits(text, days_after, months_before):
    (found,) = limits(text)

    assert (found.within_days, found.before_term_end_months) == (days_after, months_before)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("不少于8次", "8", "", "次"),
        ("1—2条", "1", "2", "条"),
        ("一次或两次", "1", "2", "次"),
        ("至少有一个", "1", "", "个"),
        ("10000余名", "10000", "", "人"),
        ("人均不低于600元", "600", "", "元"),
        ("不少于50万元", "50", "", "万元"),
        ("2%比例", "0.02", "", "%"),
        ("全覆盖", "1", "", "%"),
        ("不少于三成", "0.3", "", "%"),
        ("32学时", "32", "", "学时"),
        ("不低于40个教学课时", "40", "", "课时"),
        ("不少于半天", "0.5", "", "天"),
        ("两期", "2", "", "期"),
    ],
)
def test_x01_amounts(text, low, high, unit):
    (found,) = amounts(folded(text))

    assert (written(found.at_least), written(found.at_most) if found.at_most else "", found.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "第一议题", "“三会一课”", "一把手", "一岗双责", "党的二十届一次全会", "建党99周年", "每次评选不超过15名",
        "压缩至1个工作日以内", "有3名以上正式党员的项目", "一对一", "三分之二", "缺席一次扣2分", "两个维护", "为期10"
        "天左右",
    ],
)  # fmt: skip
def test_x01_what_is_no_amount(text):
    assert [found for found in amounts(folded(text)) if found.unit != "次" or "缺席" not in text] == []
