"""Stages, cadences, days and the leading group as running text tells them: X01."""

import pytest

from campaigns.rules.plans import Plan
from campaigns.rules.reading.days import days
from campaigns.rules.reading.numerals import folded
from campaigns.rules.reading.phases import phases
from campaigns.rules.reading.reader import read_plan
from tests.campaigns.rules.reading.tables import TABLE


def read(text: str) -> Plan:
    head = "某局2026年党建工作方案\n一、工作任务\n（一）抓好学习。每月学习1次。\n二、组织保障\n（一）加强领导。"
    return read_plan(head + text, rules=TABLE).plan


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "分三步推进：4月为启动月，广泛动员；5月至11月为推进期；12月为总结月。",
            [("启动月", "04-01", "04-30"), ("推进期", "05-01", "11-30"), ("总结月", "12-01", "12-31")],
        ),
        (
            "行动分为动员部署（3月上旬）、组织实施（3月中旬至10月）、总结提升（11月至12月）三个阶段。",
            [("动员部署", "03-01", "03-10"), ("组织实施", "03-11", "10-31"), ("总结提升", "11-01", "12-31")],
        ),
        (
            "分两步走。第一步（3月至4月）：动员部署；第二步（5月至10月）：集中整治。",
            [("动员部署", "03-01", "04-30"), ("集中整治", "05-01", "10-31")],
        ),
        (
            "2026年为“打基础年”，2027年为“促提升年”。",
            [("打基础年", "2026-01-01", "2026-12-31"), ("促提升年", "2027-01-01", "2027-12-31")],
        ),
        ("2026年是“十五五”规划开局之年。", []),
        ("4月为宣传月。", []),
        ("在读书班（3月）和培训班（5月）上交流。", []),
    ],
)
def test_x01_stages_in_running_text(text, found):
    assert [(each.name, each.starts, each.ends) for each in phases(folded(text))] == found


def test_x01_the_months_of_stages_are_no_days_of_their_own():
    plan = read("\n三、进度\n活动分两步推进：4月为启动月，各支部制定计划；12月为总结月，召开现场观摩会1场。")
    assert [stage.name for stage in plan.stages] == ["启动月", "总结月"]
    assert plan.milestones == ()


def test_x01_a_single_year_with_a_name_is_no_stage():
    assert read("2026年为“作风建设年”。").stages == ()


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "成立活动推进组，组长由党委专职副书记担任，副组长由工会主席担任，成员包括各部门党支部书记。推进组办公室设在党群部。",
            {("办公室", "党群部"), ("组长", "党委专职副书记"), ("副组长", "工会主席"), ("成员", "各部门党支部书记")},
        ),
        (
            "成立活动指导组，由工委专职副书记任组长，组织科、宣传科负责人为成员，指导组办公室设在组织科。",
            {("办公室", "组织科"), ("组长", "工委专职副书记"), ("成员", "组织科、宣传科负责人")},
        ),
        (
            "成立领导机构，由组织部部长担任组长，工委书记任副组长。",
            {("组长", "组织部部长"), ("副组长", "工委书记")},
        ),
        (
            "成立工作专班，区委副书记任召集人，成员单位包括区纪委监委、区委组织部。",
            {("召集人", "区委副书记"), ("成员", "区纪委监委、区委组织部")},
        ),
    ],
)
def test_x01_leading_groups_by_any_name(text, group):
    assert {(seat.role, seat.holder) for seat in read(text).leading_group} == group


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每半月调度一次活动进展。", [("two_weeks", "每半月调度一次活动进展")]),
        ("机关党委每季度督查一次，年终进行验收。", [("quarter", "机关党委每季度督查一次"), ("year", "年终进行验收")]),
        (
            "实行半月一调度、月一通报、季度点评。",
            [("two_weeks", "半月一调度"), ("month", "月一通报"), ("quarter", "季度点评")],
        ),
        ("坚持一周一碰头、一季一拉练。", [("week", "一周一碰头"), ("quarter", "一季一拉练")]),
        ("各党支部每月组织学习一次。", []),
    ],
)
def test_x01_cadences_in_running_text(text, found):
    assert [(each.period, each.title) for each in read(text).cadences] == found


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("力争年底满意度达到96%以上", "12-31"),
        ("确保上半年完成率达到60%", "06-30"),
        ("3月15日下班前报送", "03-15"),
        ("8月20日17时前报送", "08-20"),
        ("次年1月底前公布结果", "01-31"),
        ("讲党课不少于1次（6月底前完成）", "06-30"),
        ("整改到位（完成时限：6月30日）", "06-30"),
        ("五一前完成", "04-30"),
    ],
)
def test_x01_days(text, due):
    assert [day.due for day in days(folded(text))] == [due]


@pytest.mark.parametrize("text", ["年终进行验收。", "年底总评。", "年底满意度如何"])
def test_x01_what_closes_every_year_is_no_day(text):
    assert days(text) == []
