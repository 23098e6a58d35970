"""Targets, cadences and the like from single sentences."""

import re

import pytest

from campaigns.rules.reading.demands import Sentence
from campaigns.rules.reading.institutions import institutions
from campaigns.rules.reading.lines import Piece
from campaigns.rules.reading.reader import stated
from campaigns.rules.reading.schedule import cadences, milestones
from campaigns.rules.reading.seats import seats
from tests.campaigns.rules.reading.tables import TABLE


def read(text, title=""):
    return [demand.target for demand in stated(Sentence.of(Piece(text, 0)), title, "measure", TABLE)]


def short(text, title=""):
    return [
        (each.metric, each.subject, each.period, each.at_least, each.at_most, each.unit) for each in read(text, title)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党委书记每年至少讲1次廉政党课。", ("integrity.lecture", "organization", "year", "1", "", "次")),
        ("集中学习研讨每年不少于8次。", ("study.sessions", "organization", "year", "8", "", "次")),
        ("党员集中培训每年不少于32学时。", ("study.hours", "member", "year", "32", "", "学时")),
        ("各直属党组织每月报送信息1—2条。", ("info.items", "organization", "month", "1", "2", "条")),
        ("按每年人均不低于600元安排党建经费。", ("funds.per_head", "organization", "year", "600", "", "元")),
        ("专职党务干部不低于2%。", ("ratio.dedicated_staff", "organization", "year", "0.02", "", "%")),
        ("每半年听取一次党建工作汇报。", ("committee.hears_reports", "organization", "half_year", "1", "", "次")),
        ("主题党日每两个月一次。", ("activity.theme_day", "organization", "two_months", "1", "", "次")),
        ("党员每人每月精读1本书。", ("study.books", "member", "month", "1", "", "本")),
        ("年内举办两期党务干部培训班。", ("training.sessions", "organization", "year", "2", "", "期")),
        ("每名党员全年参加志愿服务不少于2次。", ("manual", "member", "year", "2", "", "次")),
        ("每季度评选一次“服务之星”。", ("manual", "organization", "quarter", "1", "", "次")),
        ("部门党组每年向市委报告抓党建情况。", ("report.to_superior", "organization", "year", "1", "", "次")),
    ],
)
def test_x01_an_amount_becomes_a_target_of_the_metric_that_its_words_name(text, expected):
    assert short(text) == [expected]


def test_x01_a_list_of_amounts_shares_the_period_and_each_has_its_own_metric():
    found = short("每年组织开展一次专项督查、一次巡回观摩。")

    assert [each[0] for each in found] == ["supervision.inspection", "supervision.tour"]
    assert {each[2] for each in found} == {"year"}


def test_x01_each_part_of_a_list_keeps_its_own_period():
    found = short("支部党员大会每季度一次、支委会每月一次、党课每季度一次。")

    assert [(each[0], each[2]) for each in found] == [
        ("activity.member_assembly", "quarter"),
        ("activity.branch_committee", "month"),
        ("activity.party_lecture", "quarter"),
    ]


def test_x01_two_institutions_with_one_amount_are_two_targets():
    assert [each[0] for each in short("党小组会和支委会每月至少召开1次。")] == [
        "activity.branch_committee",
        "activity.group_meeting",
    ]


def test_x01_the_metric_may_stand_in_the_clause_before_or_in_the_title():
    assert short("要开展专题学习研讨，每季度至少开展1次。")[0][0] == "study.seminar"
    assert short("每月不少于1次。", title="开好主题党日")[0][0] == "activity.theme_day"


def test_x01_days_of_targets():
    assert [each.due for each in read("6月底前进行一次年中调研评估。")] == ["06-30"]
    assert [each.by_day for each in read("每月10日前报送党建信息不少于2条。")] == [10]
    assert [each.before_term_end_months for each in read("届满前6个月启动换届工作。")] == [6]
    (event,) = read("新任支部书记上岗后半年内至少参加一次任职培训。")
    assert (event.period, event.within_days) == ("event", 180)


@pytest.mark.parametrize(
    ("text", "metric", "period", "at_least"),
    [
        ("在9月份全部整改到位。", "rectification.immediate", "once", "1"),
        ("两个月内见到成效。", "rectification.longer", "event", "1"),
        ("每个支部都要参与创建活动。", "coverage.model_post", "once", "1"),
        ("对新任职领导干部进行廉政谈话。", "event.integrity_talk", "event", "1"),
        ("深化“一支一项”。", "project.branch", "year", "1"),
        ("3月全覆盖启动、4月底前报送计划方案、10月底初见成效。", "plan.filed", "once", "1"),
        ("落实“四个必谈”。", "talk.must", "event", "1"),
    ],
)
def test_x01_demands_without_a_plain_amount(text, metric, period, at_least):
    assert (metric, period, at_least) in [(each.metric, each.period, each.at_least) for each in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "去年，全镇发展党员32名。", "每年要购置一定数量的书籍。", "打造一批先进典型。", "检查考核每年不超过1次。",
        "学习贯彻党的二十届三中全会精神。", "实行党费按月交纳。",
    ],
)  # fmt: skip
def test_x01_what_asks_for_no_amount_gives_no_target(text):
    assert read(text) == []


def test_x01_every_stated_target_quotes_the_plan():
    text = "党支部每月召开支委会不少于1次，积极履职。"

    assert [each.phrase for each in read(text)] == ["党支部每月召开支委会不少于1次"]


def test_x01_audiences_by_the_words_of_the_sentence():
    assert read("各直属党组织每月报送信息2条。")[0].group == "direct"
    assert read("党小组会每月召开1次。")[0].group == "with_groups"
    assert read("各级党组织每年开展警示教育1次。")[0].kinds == (
        "committee",
        "leading_group",
        "general_branch",
        "branch",
    )


def test_x01_an_institution_without_a_figure_is_proposed_from_the_rule_table():
    found = list(institutions(Sentence.of(Piece("坚持“三会一课”制度。", 0)), TABLE))

    assert [(each.target.metric, each.target.period, each.target.basis) for each in found] == [
        ("activity.member_assembly", "quarter", "rule"),
        ("activity.branch_committee", "month", "rule"),
        ("activity.group_meeting", "month", "rule"),
        ("activity.party_lecture", "quarter", "rule"),
    ]
    assert all(each.why for each in found)


ISSUER = re.compile("机关工委")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("实行“月调度、季督查、年通报”。", [("month", "月调度"), ("quarter", "季督查"), ("year", "年通报")]),
        ("每月调度、每季度督查、半年评估、年终考核。",
         [("month", "每月调度"), ("quarter", "每季度督查"), ("half_year", "半年评估"), ("year", "年终考核")]),
        ("一月一提醒、一季一督导。", [("month", "一月一提醒"), ("quarter", "一季一督导")]),
        ("机关工委每半年通报一次。", [("half_year", "机关工委每半年通报一次")]),
        ("党员每季度向支部汇报一次思想。", []),
    ],
)  # fmt: skip
def test_x01_cadences(text, expected):
    found = cadences(Sentence.of(Piece(text, 0)), "", ISSUER)

    assert [(each.item.period, each.item.title) for each in found] == expected


def test_x01_each_day_of_a_sentence_is_a_milestone_with_its_deed():
    text = "确保3月全覆盖启动、4月底前报送计划方案、10月底初见成效。"

    found = [each.item for each in milestones(Sentence.of(Piece(text, 0)), "三")]

    assert [(each.due, each.title) for each in found] == [
        ("03-31", "全覆盖启动"),
        ("04-30", "报送计划方案"),
        ("10-31", "初见成效"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["组长：党委书记", "副组长：副书记", "成员：各委员", "领导小组办公室设在机关党委。"],
        ["成立领导小组，由党委书记任组长，副书记任副组长，各委员为成员，办公室设在机关党委。"],
        ["成立领导小组，组长由党委书记担任，副组长由副书记担任，成员由各委员组成，办公室设在机关党委。"],
    ],
)
def test_x01_the_leading_group_in_lines_or_in_a_sentence(lines):
    pieces = [(Piece(line, 100 * place), "") for place, line in enumerate(lines)]

    found = {each.seat.role: each.seat.holder for each in seats(pieces, ("", None))}

    assert found == {"组长": "党委书记", "副组长": "副书记", "成员": "各委员", "办公室": "机关党委"}


def test_x01_without_a_group_the_lead_bodies_then_the_issuer_to_be_checked():
    lead = Piece("由区委组织部和区直机关工委负责牵头组织实施。", 0)
    assert [each.seat.holder for each in seats([(lead, "")], ("", None))] == ["区委组织部", "区直机关工委"]

    (guess,) = seats([], ("院党委", Piece("院党委", 0)))
    assert (guess.seat.role, guess.seat.holder) == ("牵头单位", "院党委")
    assert guess.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持每季一讲、每周一课。", [("quarter", "1", "次"), ("week", "1", "次")]),
        ("坚持每月一学。", [("month", "1", "次")]),
        ("每名党员记学习笔记不少于1万字。", [("year", "10000", "字")]),
        ("每月开展1次集体学习，每次安排2名班子成员发言。", [("month", "1", "次"), ("each_meeting", "2", "人")]),
        ("每位领导联系1个学院、1个党支部和2个班级。", [("year", "1", "个"), ("year", "1", "个"), ("year", "2", "个")]),
        ("发放廉洁家书不少于150封。", [("year", "150", "封")]),
        ("“一支部一品牌”覆盖率达到85%。", [("year", "0.85", "%")]),
        ("应换尽换率达到100%。", [("year", "1", "%")]),
        ("50人以上小区党组织覆盖率达到90%。", [("year", "0.9", "%")]),
        ("工委组成3个调研组开展调研。", []),
        ("3月20日前各支部上报实施计划。", []),
        ("4月20日前形成个人和支部两张问题清单。", []),
        ("各党组织按照计划逐月实施。", []),
    ],
)
def test_x01_forms_of_amounts(text, expected):
    assert [(each.period, each.at_least, each.unit) for each in read(text)] == expected
