"""The catalogue's SX, WX and TS against a reading of their documents: every item, every figure, every date."""

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from campaigns.enums import MeasuredBy
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_fields import MANUAL
from campaigns.rules.plans import Plan, PlanTarget, PlanTask

CODES = ("SX", "WX", "TS")
COMMITTEES = ("committee", "leading_group")
BRANCH = ("branch",)
WORK_COMMITTEE = ("work_committee",)
WITH_TERMS = ("committee", "general_branch", "branch")
BRANCHES = ("general_branch", "branch")
SUPPORT = "组织领导与保障"


@cache
def plan(code: str) -> Plan:
    return next(each for each in load_catalogue_plans() if each.code == code)


def task(code: str, number: str) -> PlanTask:
    return next(each for each in plan(code).tasks() if each.number == number)


def targets(code: str, number: str, metric: str) -> list[PlanTarget]:
    return [each for each in task(code, number).targets if each.metric == metric]


def items(code: str) -> list[PlanTask]:
    """The items that the document numbers, without the child tasks."""
    return [each for dimension in plan(code).dimensions for each in dimension.tasks]


ITEMS = {
    "SX": {"measure": 8, "step": 3, "safeguard": 3},
    "WX": {"measure": 22, "general": 2},
    "TS": {"measure": 5, "safeguard": 3},
}
NUMBERS = {
    "SX": {
        "政治机关": ["1", "2"],
        "书香机关": ["3", "4"],
        "清廉机关": ["5", "6"],
        "效能机关": ["7", "8"],
        SUPPORT: ["3.1", "3.2", "3.3", "4.1", "4.2", "4.3"],
    },
    "WX": {
        "政治型": ["3", "4", "5", "6"],
        "学习型": ["7", "8", "9", "10", "11"],
        "服务型": ["12", "13", "14", "15", "16"],
        "效能型": ["17", "18"],
        "廉洁型": ["19", "20"],
        SUPPORT: ["1", "2", "21", "22", "23", "24"],
    },
    "TS": {
        "责任落实": ["2.1"],
        "思想政治": ["2.2"],
        "政治生活": ["2.3"],
        "党务队伍": ["2.4"],
        "作风": ["2.5"],
        SUPPORT: ["3.1", "3.2", "3.3"],
    },
}


@pytest.mark.parametrize("code", CODES)
def test_every_numbered_item_is_a_task(code):
    assert Counter(each.nature for each in items(code)) == ITEMS[code]


@pytest.mark.parametrize("code", CODES)
def test_items_stand_in_their_dimension_in_the_order_of_the_document(code):
    assert {d.name: [each.number for each in d.tasks] for d in plan(code).dimensions} == NUMBERS[code]
    assert [d.name for d in plan(code).dimensions] == list(NUMBERS[code])


@pytest.mark.parametrize("code", CODES)
def test_every_task_says_what_to_do_and_cites_its_paragraph(code):
    for each in plan(code).tasks():
        assert each.wording.endswith("。"), each.number
        assert each.source, each.number


# Code, item, metric, subject, period, at least, kinds, group; in the order of the documents.
STATED = [
    ("SX", "3", "room.standard", "organization", "year", "1", BRANCH, "all"),
    ("SX", "3", "study.books", "member", "month", "1", BRANCH, "all"),
    ("SX", "5", "integrity.lecture", "organization", "year", "1", COMMITTEES, "all"),
    ("SX", "5", "integrity.pledge", "member", "year", "1", BRANCH, "all"),
    ("SX", "3.1", "training.sessions", "organization", "once", "1", WORK_COMMITTEE, "issuer"),
    ("SX", "3.1", "coverage.training", "organization", "once", "1", COMMITTEES, "all"),
    ("SX", "3.3", "evaluation.midyear", "organization", "once", "1", WORK_COMMITTEE, "issuer"),
    ("SX", "3.3", "evaluation.final", "organization", "once", "1", BRANCH, "all"),
    ("SX", "3.3", "evaluation.final", "organization", "once", "1", COMMITTEES, "all"),
    ("SX", "3.3", "evaluation.final", "organization", "once", "1", WORK_COMMITTEE, "issuer"),
    ("SX", "4.2", "cycle.dispatch", "organization", "month", "1", WORK_COMMITTEE, "issuer"),
    ("SX", "4.2", "supervision.inspection", "organization", "quarter", "1", WORK_COMMITTEE, "issuer"),
    ("SX", "4.2", "cycle.bulletin", "organization", "year", "1", WORK_COMMITTEE, "issuer"),
    ("WX", "5", "activity.fixed_day", "organization", "month", "1", BRANCH, "all"),
    ("WX", "8", "training.committee_secretaries", "organization", "year", "100", WORK_COMMITTEE, "issuer"),
    ("WX", "8", "training.branch_officers", "organization", "year", "1000", WORK_COMMITTEE, "issuer"),
    ("WX", "8", "training.members", "organization", "year", "10000", WORK_COMMITTEE, "issuer"),
    ("WX", "8", "youth.models", "organization", "year", "1", COMMITTEES, "all"),
    ("WX", "11", "talk.must", "member", "event", "1", BRANCH, "all"),
    ("WX", "13", "plan.filed", "organization", "once", "1", COMMITTEES, "all"),
    ("WX", "16", "project.branch", "organization", "year", "1", BRANCH, "all"),
    ("WX", "19", "event.integrity_education", "member", "event", "1", BRANCH, "all"),
    ("WX", "19", "event.integrity_talk", "leader", "event", "1", COMMITTEES, "all"),
    ("WX", "21", "report.standing_committee", "organization", "year", "1", WORK_COMMITTEE, "all"),
    ("WX", "22", "report.to_superior", "organization", "year", "1", COMMITTEES, "all"),
    ("WX", "22", "supervision.debriefing", "organization", "year", "1", ("committee",), "all"),
    ("WX", "23", "ratio.dedicated_staff", "organization", "year", "0.02", COMMITTEES, "all"),
    ("WX", "23", "staff.named", "organization", "year", "1", COMMITTEES, "all"),
    ("WX", "24", "funds.per_head", "organization", "year", "600", COMMITTEES, "all"),
    ("WX", "24", "funds.growth", "organization", "year", "1", COMMITTEES, "all"),
    ("WX", "24", "funds.per_head", "organization", "year", "600", WORK_COMMITTEE, "direct"),
    ("TS", "2.1", "committee.hears_reports", "organization", "half_year", "1", COMMITTEES, "all"),
    ("TS", "2.1", "coverage.rated", "organization", "year", "1", COMMITTEES, "all"),
    ("TS", "2.2", "study.sessions", "organization", "year", "8", COMMITTEES, "all"),
    ("TS", "2.2", "study.hours", "member", "year", "32", BRANCH, "all"),
    ("TS", "2.3", "activity.any", "organization", "month", "1", BRANCH, "all"),
    ("TS", "2.3", "activity.theme_day", "organization", "year", "1", BRANCH, "all"),
    ("TS", "2.3", "activity.congress", "organization", "year", "1", COMMITTEES, "all"),
    ("TS", "2.4", "ratio.dedicated_staff", "organization", "year", "0.02", COMMITTEES, "all"),
    ("TS", "2.4", "training.sessions", "organization", "year", "1", COMMITTEES, "all"),
    ("TS", "2.4", "training.branch_secretaries", "organization", "year", "1", COMMITTEES, "all"),
    ("TS", "2.5", "discipline.drive", "organization", "year", "1", COMMITTEES, "all"),
    ("TS", "2.5", "contact.pairing", "organization", "year", "4", BRANCH, "all"),
    ("TS", "3.3", "discipline.check", "organization", "half_year", "1", COMMITTEES, "all"),
    ("TS", "3.3", "discipline.field_check", "organization", "half_year", "1", COMMITTEES, "all"),
]


def row(code: str, number: str, target: PlanTarget) -> tuple:
    """A target as the tables here write it."""
    return (code, number, target.metric, target.subject, target.period, target.at_least, target.kinds, target.group)


def rows(basis: str) -> Counter:
    found = [(code, each.number, target) for code in CODES for each, target in plan(code).targets()]
    return Counter(row(*each) for each in found if each[2].basis == basis and each[2].metric != MANUAL)


def test_the_figures_stated_in_the_documents_are_all_there_and_no_others():
    assert rows("stated") == Counter(STATED)


@pytest.mark.parametrize("code", CODES)
def test_every_target_quotes_the_document(code):
    assert [each.number for each, target in plan(code).targets() if not target.phrase] == []


def meetings(code: str, number: str) -> list[tuple]:
    """N01: the three meetings and the lecture."""
    return [
        (code, number, "activity.member_assembly", "organization", "quarter", "1", BRANCH, "all"),
        (code, number, "activity.branch_committee", "organization", "month", "1", BRANCH, "all"),
        (code, number, "activity.group_meeting", "organization", "month", "1", BRANCH, "with_groups"),
        (code, number, "activity.party_lecture", "organization", "quarter", "1", BRANCH, "all"),
    ]


def yearly(code: str, number: str, metric: str, kinds: tuple[str, ...], subject: str = "organization") -> tuple:
    return (code, number, metric, subject, "year", "1", kinds, "all")


# What a named institution asks for, by the rule table.
RULES = [
    *meetings("SX", "1"),
    yearly("SX", "1", "study.central_group", COMMITTEES),
    yearly("SX", "1", "life.double", COMMITTEES, "leader"),
    yearly("SX", "1", "contact.point", COMMITTEES, "secretary"),
    yearly("SX", "3", "books.purchase", COMMITTEES),
    yearly("SX", "4", "reading.club", COMMITTEES),
    yearly("SX", "4", "reading.activity", BRANCH),
    yearly("SX", "4", "reading.recommend", COMMITTEES, "leader"),
    yearly("SX", "5", "education.warning", BRANCH),
    yearly("SX", "6", "life.democratic", COMMITTEES),
    yearly("SX", "6", "life.organization", BRANCH),
    ("SX", "6", "activity.theme_day", "organization", "month", "1", BRANCH, "all"),
    yearly("SX", "6", "talk.heart", BRANCH),
    yearly("SX", "6", "life.member_review", BRANCH),
    yearly("SX", "6", "life.oath", BRANCH),
    yearly("SX", "6", "life.birthday", BRANCH),
    yearly("SX", "8", "community.service", BRANCH, "member"),
    yearly("SX", "4.2", "supervision.debriefing", COMMITTEES),
    *meetings("WX", "5"),
    yearly("WX", "5", "talk.heart", BRANCH),
    yearly("WX", "5", "life.democratic", COMMITTEES),
    yearly("WX", "5", "life.organization", BRANCH),
    yearly("WX", "5", "life.double", COMMITTEES, "leader"),
    yearly("WX", "7", "study.central_group", COMMITTEES),
    yearly("WX", "8", "reading.club", COMMITTEES),
    yearly("WX", "8", "reading.activity", COMMITTEES),
    yearly("WX", "9", "education.red", BRANCH),
    yearly("WX", "9", "education.warning", BRANCH),
    yearly("WX", "10", "study.ideology", COMMITTEES),
    ("WX", "12", "term.election", "organization", "term", "1", WITH_TERMS, "all"),
    yearly("WX", "15", "activity.volunteer", BRANCH),
    yearly("WX", "19", "study.discipline_rules", COMMITTEES),
    yearly("WX", "19", "study.discipline_rules", BRANCH),
    yearly("WX", "20", "integrity.lecture", COMMITTEES),
    yearly("WX", "20", "education.warning", COMMITTEES),
    ("WX", "22", "supervision.inspection", "organization", "quarter", "1", WORK_COMMITTEE, "issuer"),
    yearly("WX", "22", "supervision.debriefing", BRANCHES),
    ("WX", "23", "event.appointment_talk", "secretary", "event", "1", WITH_TERMS, "all"),
    ("WX", "23", "event.appointment_training", "secretary", "event", "1", WITH_TERMS, "all"),
    yearly("TS", "2.1", "supervision.debriefing", COMMITTEES),
    yearly("TS", "2.2", "talk.heart", BRANCH),
    *meetings("TS", "2.3"),
    yearly("TS", "2.3", "life.democratic", COMMITTEES),
    yearly("TS", "2.3", "life.organization", BRANCH),
    yearly("TS", "2.3", "life.member_review", BRANCH),
    yearly("TS", "2.3", "life.dues_day", BRANCH),
    yearly("TS", "2.3", "life.double", COMMITTEES, "leader"),
    ("TS", "2.3", "term.election", "organization", "term", "1", WITH_TERMS, "all"),
    ("TS", "2.4", "training.initial", "secretary", "event", "1", BRANCHES, "all"),
    yearly("TS", "2.5", "activity.volunteer", BRANCH),
    yearly("TS", "2.5", "community.service", BRANCH, "member"),
    yearly("TS", "3.1", "plan.filed", BRANCH),
]


def test_named_institutions_have_the_figures_of_the_rule_table():
    assert rows("rule") == Counter(RULES)


@pytest.mark.parametrize(
    ("code", "number", "metric", "days"),
    [
        ("WX", "11", "talk.must", 7),
        ("WX", "19", "event.integrity_education", 30),
        ("WX", "19", "event.integrity_talk", 30),
        ("WX", "23", "event.appointment_talk", 30),
        ("WX", "23", "event.appointment_training", 180),
        ("TS", "2.4", "training.initial", 180),
    ],
)
def test_what_follows_an_event_has_its_days(code, number, metric, days):
    assert [each.within_days for each in targets(code, number, metric)] == [days]


def test_no_event_is_without_days():
    events = [target for code in CODES for _, target in plan(code).targets() if target.period == "event"]
    assert [each.metric for each in events if each.within_days is None] == []


@pytest.mark.parametrize(
    ("code", "number", "metric", "due"),
    [
        ("SX", "3.3", "evaluation.midyear", ["06-30"]),
        ("SX", "3.3", "evaluation.final", ["12-31", "12-31", "12-31"]),
        ("TS", "2.4", "training.sessions", ["12-31"]),
        ("TS", "2.4", "training.branch_secretaries", ["12-31"]),
        ("TS", "2.5", "discipline.drive", ["12-31"]),
    ],
)
def test_a_dated_figure_has_its_day(code, number, metric, due):
    assert [each.due for each in targets(code, number, metric)] == due


def test_one_to_two_courses_are_shown_as_a_range():
    (courses,) = targets("TS", "2.4", "training.sessions")
    assert (courses.at_least, courses.at_most, courses.unit) == ("1", "2", "期")


def test_about_ten_days_are_shown_and_not_measured():
    (training,) = targets("WX", "8", "training.committee_secretaries")
    assert "10天左右" in training.title


@pytest.mark.parametrize("code", CODES)
def test_units_are_those_of_the_metrics(code):
    assert [t.metric for _, t in plan(code).targets() if t.unit != METRICS[t.metric].unit] == []


@pytest.mark.parametrize("code", CODES)
def test_a_checklist_that_no_record_feeds_is_answered_once_by_hand(code):
    for each in plan(code).tasks():
        by_hand = [target for target in each.targets if target.metric == MANUAL]
        is_fed = any(METRICS[target.metric].measured_by == MeasuredBy.RECORDS for target in each.targets)
        assert len(by_hand) <= 1, each.number
        assert not each.checklist or is_fed or len(by_hand) == 1, each.number
        assert all(target.period in ("year", "once") for target in by_hand), each.number


@pytest.mark.parametrize("code", CODES)
def test_where_material_is_wanted_there_is_a_target_to_attach_it_to(code):
    for each in plan(code).tasks():
        wants = any(item.evidence for item in each.checklist)
        takes = any(METRICS[target.metric].measured_by == MeasuredBy.CHECKLIST for target in each.targets)
        assert not wants or takes, each.number


def test_only_general_items_ask_for_nothing():
    silent = [(code, each.number) for code in CODES for each in plan(code).tasks() if not each.targets]
    assert silent == [("WX", "1"), ("WX", "2")]


def test_sets_that_are_named_and_not_spelled_out_are_open():
    found = [(code, each.number) for code in CODES for each in plan(code).tasks() if each.open]
    assert found == [("WX", "12"), ("WX", "13.1"), ("WX", "13.2"), ("WX", "20"), ("TS", "2.5")]


@pytest.mark.parametrize(
    ("code", "number", "start", "count"),
    [
        ("SX", "7", "治", 6),
        ("SX", "8", "三", 3),
        ("WX", "4", "不准：", 5),
        ("WX", "5", "会上说清楚：", 4),
        ("TS", "2.5", "“双联系一共建双推进”", 4),
    ],
)
def test_a_set_that_is_spelled_out_is_whole(code, number, start, count):
    assert sum(item.text.startswith(start) for item in task(code, number).checklist) == count


def test_the_four_talks_are_all_named():
    named = [item.text for item in task("WX", "11").checklist if item.text.endswith("必谈")]
    assert named == ["岗位变动必谈", "组织处理必谈", "发生家庭变故必谈", "发现苗头性问题必谈"]


MILESTONES = {
    "SX": [
        ("", "完成一周集中培训"),
        ("", "建立问题清单和工作台账"),
        ("06-30", "完成年中调研评估"),
        ("12-31", "完成年底评估验收"),
    ],
    "WX": [("", "党风廉政教育月")],
    "TS": [
        ("", "报送年度工作计划"),
        ("06-30", "半年专项纪律检查和实地检查考核"),
        ("12-31", "完成党务干部专题培训和党支部书记轮训"),
        ("12-31", "完成作风纪律教育整顿"),
        ("12-31", "年底专项纪律检查和实地检查考核"),
    ],
}


@pytest.mark.parametrize("code", CODES)
def test_milestones_have_the_dates_of_the_document(code):
    assert [(each.due, each.title) for each in plan(code).milestones] == MILESTONES[code]
    assert all(a.due <= b.due for a, b in pairwise(plan(code).milestones))


@pytest.mark.parametrize("code", CODES)
def test_a_milestone_without_a_day_says_who_sets_it(code):
    assert all(bool(each.due) != each.note.endswith("确定日期") for each in plan(code).milestones)


def test_stages():
    stages = {code: [(each.name, each.starts, each.ends) for each in plan(code).stages] for code in CODES}
    assert stages == {
        "SX": [("学习教育", "", ""), ("查找问题和整改落实", "", ""), ("评估验收", "", "12-31")],
        "WX": [],
        "TS": [],
    }


def test_cadences():
    assert {code: [each.period for each in plan(code).cadences] for code in CODES} == {
        "SX": ["month", "quarter", "year"],
        "WX": ["quarter", "year", "year"],
        "TS": ["half_year", "half_year"],
    }


def test_who_leads():
    assert {code: [(each.role, each.holder) for each in plan(code).leading_group] for code in CODES} == {
        "SX": [("牵头单位", "区委组织部"), ("牵头单位", "区委直属机关工委")],
        "WX": [("牵头单位", "市委市级机关工委"), ("联动整改单位", "市委巡察办")],
        "TS": [("牵头单位", "院党委"), ("办公室", "院党委办公室")],
    }
