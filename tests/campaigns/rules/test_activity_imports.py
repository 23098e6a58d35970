"""Rows of a ledger of meetings."""

from datetime import date, time
from decimal import Decimal

import pytest

from campaigns.rules.activity_imports import COLUMNS, EXAMPLE, absent_of, minutes_of, read_row
from tests.factories.workbooks import row_of, table_of

TODAY = date(2026, 11, 20)
GOOD = {"organization": "第一支部", "kind": "主题党日", "title": "3月主题党日", "held": "2026年3月12日 14:30-16:30"}
PEOPLE = [(1, "张三"), (2, "李四"), (3, "王五")]


def read(**values):
    return read_row(row_of(**GOOD | values), TODAY, {"theme_day": "主题党日", "other": "别的活动"})


def reasons(row):
    return [(problem.field, problem.reason) for problem in row.problems]


def test_a_row_is_read():
    row = read(expected="16人", present=15.0, leave="1 名", hours="1.5小时", place="三楼会议室", absent="张 三")

    assert (row.kinds, row.held.day.value, row.held.at) == (("theme_day",), date(2026, 3, 12), time(14, 30))
    assert (row.expected, row.present, row.leave, row.hours) == (16, 15, 1, Decimal("1.5"))
    assert row.problems == []


def test_hours_come_from_two_times_where_they_are_not_written():
    assert read().hours == Decimal("2.0")
    assert read(held=date(2026, 3, 12)).hours == 0


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("主题党日", ("theme_day",)),
        (" 主题 党日 ", ("theme_day",)),
        ("别的活动", ("other",)),
        ("支委会", ("branch_committee",)),
        ("党员大会", ("member_assembly", "congress")),
        ("理论学习中心组学习", ("central_group",)),
        ("“党课”", ("party_lecture",)),
    ],
)
def test_kinds_by_their_usual_words(written, kinds):
    assert read(kind=written).kinds == kinds


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": None}, ("kind", "请填写会议类型")),
        ({"kind": "野餐"}, ("kind", "没有“野餐”这一会议类型，请按“记一次活动”中的类型填写")),
        ({"held": None}, ("held", "请填写实际时间")),
        ({"held": "无"}, ("held", "请填写实际时间")),
        ({"held": "2026-02-30"}, ("held", "2026年2月没有 30 日")),
        ({"held": "2026.03"}, ("held", "请写明是哪一天")),
        ({"held": "2026-11-21"}, ("held", "实际时间晚于今天，活动开展后再导入")),
        ({"held": "2026-03-12 26:10"}, ("held", "没有 26:10 这个时间")),
        ({"expected": 5, "present": 6}, ("present", "实到人数多于应到人数")),
        ({"expected": 5, "present": 4, "leave": 2}, ("leave", "实到人数与请假人数之和多于应到人数")),
        ({"expected": 5, "leave": 6}, ("leave", "实到人数与请假人数之和多于应到人数")),
        ({"expected": 5, "present": 0}, ("present", "实到人数为 0，没有开展的活动不导入")),
        ({"expected": "十六"}, ("expected", "应为人数")),
        ({"present": -3}, ("present", "应为人数")),
        ({"leave": 1.5}, ("leave", "应为人数")),
        ({"expected": 100000}, ("expected", "应为人数")),
        ({"hours": "很久"}, ("hours", "应为 0 至 240 之间的小时数，最多一位小数")),
        ({"hours": "NaN"}, ("hours", "应为 0 至 240 之间的小时数，最多一位小数")),
        ({"hours": 2.25}, ("hours", "应为 0 至 240 之间的小时数，最多一位小数")),
        ({"title": "题" * 129}, ("title", "超过 128 个字")),
        ({"content": "字" * 10001}, ("content", "超过 10000 个字")),
    ],
)
def test_a_bad_row_says_where_and_why(values, problem):
    assert reasons(read(**values)) == [problem]


def test_all_three_texts_together_have_a_limit():
    row = read(content="字" * 9000, topic="字" * 9000, decision="字" * 9000)

    assert reasons(row) == [("content", "议题、内容和决议合计超过 20000 个字")]


def test_minutes_hold_what_the_record_has_no_field_for():
    row = read(
        expected=16, present=14, leave=2, attendees="王处长", recorder="周敏", planned="2026年3月10日",
        topic="年度计划", content="第一项\r\n第二项\x07", decision="通过",
    )  # fmt: skip

    assert minutes_of(row, host="外来人") == (
        "应到 16 人，实到 14 人，请假 2 人。\n列席：王处长\n主持人：外来人\n记录人：周敏\n计划时间：2026年3月10日\n"
        "议题：年度计划\n内容：第一项\n第二项\n决议：通过"
    )
    assert minutes_of(read()) == ""


@pytest.mark.parametrize(
    ("values", "absent", "reason"),
    [
        ({"expected": 3, "present": 3}, {}, ""),
        ({"expected": 3, "present": 2, "absent": "李四（公务出差）"}, {2: "travel"}, ""),
        ({"expected": 3, "present": 1, "absent": "李四、王五(请假)"}, {2: "", 3: "leave"}, ""),
        ({}, None, "没有写明应到人数和实到人数"),
        ({"expected": 3}, None, "没有写明应到人数和实到人数"),
        ({"expected": 4, "present": 4}, None, "应到 4 人，当天名册为 3 人"),
        ({"expected": 3, "present": 2}, None, "应到 3 人，实到 2 人，没有写明缺席人员"),
        ({"expected": 3, "present": 3, "absent": "李四"}, None, "应到 3 人，实到 3 人，写明缺席的有 1 人"),
        ({"expected": 3, "present": 2, "absent": "赵六"}, None, "名册中没有“赵六”"),
        ({"expected": 3, "present": 1, "absent": "李四、李四"}, None, "缺席人员中有人重复"),
    ],
)
def test_who_was_there_is_known_only_where_numbers_and_names_leave_no_choice(values, absent, reason):
    assert absent_of(read(**values), PEOPLE) == (absent, reason)


def test_a_name_that_two_bear_tells_nobody():
    row = read(expected=2, present=1, absent="张三")

    assert absent_of(row, [(1, "张三"), (2, "张三")]) == (None, "名册中有多名“张三”")


def test_headings_in_any_order_and_by_their_usual_names(tmp_path):
    headings = (
        "日期",
        "支部",
        "类别",
        "主题",
        "到会人数",
        "应到",
        "请假人员",
        "列席",
        "会议地点",
        "主讲人",
        "主要内容",
    )
    table = table_of(tmp_path, COLUMNS, headings, [["x"] * len(headings)])

    assert list(table.matched) == [
        "held", "organization", "kind", "title", "present", "expected", "absent", "attendees", "place", "host",
        "content",
    ]  # fmt: skip
    assert (table.missing, table.ignored) == ([], [])


def test_the_headings_of_the_field_are_ours(tmp_path):
    headings = [
        "所在党支部", "会议类型", "会议名称", "计划时间", "实际时间", "地点", "议题", "内容", "决议", "应到人数",
        "实到人数", "请假人数", "列席人员", "主持人", "记录人",
    ]  # fmt: skip

    assert [column.title for column in COLUMNS[:15]] == headings
    assert len(EXAMPLE) == len(COLUMNS)
