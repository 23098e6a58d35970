"""The catalogue's MF and TJ against a reading of their documents: every item, every figure, every date."""

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from campaigns.enums import MeasuredBy
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.metrics import METRICS
from campaigns.rules.plan_fields import MANUAL
from campaigns.rules.plans import Plan, PlanTarget, PlanTask

CODES = ("MF", "TJ")
COMMITTEES = ("committee", "leading_group")
BRANCH = ("branch",)
BRANCHES = ("general_branch", "branch")
EVERY_LEVEL = (*COMMITTEES, *BRANCHES)
LEADS = ("work_committee", *COMMITTEES)
WITH_TERMS = ("committee", "general_branch", "branch")
PROBLEMS = [f"1.{number}" for number in range(1, 10)]


@cache
def plan(code: str) -> Plan:
    return next(each for each in load_catalogue_plans() if each.code == code)


def task(code: str, number: str) -> PlanTask:
    return next(each for each in plan(code).tasks() if each.number == number)


def target(code: str, number: str, metric: str) -> PlanTarget:
    [found] = [each for each in task(code, number).targets if each.metric == metric]
    return found


def rows(basis: str) -> Counter[tuple]:
    """All targets of a basis, without those of rule that only dispatch a checklist."""
    return Counter(
        (code, each.number, goal.metric, goal.subject, goal.period, goal.at_least, goal.kinds, goal.group)
        for code in CODES
        for each, goal in plan(code).targets()
        if goal.basis == basis and (goal.metric != MANUAL or basis == "stated")
    )


NUMBERS = {
    "MF": {
        "讲政治": ["1", "2", "3", "4"],
        "守纪律": ["5", "6", "7"],
        "负责任": ["8", "9", "10"],
        "有效率": ["11", "12", "13"],
        "组织领导与保障": ["3.1", "3.2", "3.3", "3.4"],
    },
    "TJ": {
        "整改": PROBLEMS,
        "思想政治建设": ["2.1.1", "2.1.2", "2.1.3"],
        "科学规范": ["2.2.1", "2.2.2", "2.2.3", "2.2.4", "2.2.5"],
        "工作作风": ["2.3.1", "2.3.2", "2.3.3", "2.3.4"],
        "精神文明": ["2.4.1", "2.4.2", "2.4.3"],
        "发挥保障作用": ["3.1", "3.2", "3.3", "3.4", "3.5"],
    },
}


@pytest.mark.parametrize("code", CODES)
def test_items_stand_in_their_dimension_in_the_order_of_the_document(code):
    found = [(each.name, [item.number for item in each.tasks]) for each in plan(code).dimensions]
    assert found == list(NUMBERS[code].items())


def test_every_numbered_item_is_a_task():
    natures = {code: Counter(each.nature for each in plan(code).tasks()) for code in CODES}
    assert natures == {"MF": {"measure": 13, "safeguard": 4}, "TJ": {"problem": 9, "measure": 20}}


@pytest.mark.parametrize("code", CODES)
def test_every_task_says_what_to_do_cites_its_paragraph_and_has_a_checklist(code):
    for each in plan(code).tasks():
        assert each.wording.endswith("。"), each.number
        assert each.source, each.number
        assert each.checklist, each.number


# Code, item, metric, subject, period, at least, kinds, group; in the order of the documents.
STATED = [
    ("MF", "3", "life.democratic", "organization", "year", "1", COMMITTEES, "all"),
    ("MF", "3", "life.guided", "leader", "year", "1", COMMITTEES, "all"),
    ("MF", "7", "coverage.rectified", "organization", "once", "1", COMMITTEES, "all"),
    ("MF", "8", "lists.responsibility", "organization", "year", "3", EVERY_LEVEL, "all"),
    ("MF", "3.3", "coverage.started", "organization", "once", "1", EVERY_LEVEL, "all"),
    ("MF", "3.3", "plan.filed", "organization", "once", "1", BRANCHES, "all"),
    ("TJ", "2.1.2", "study.seminar", "organization", "quarter", "1", BRANCH, "all"),
    ("TJ", "2.2.2", "life.leader_attendance", "leader", "month", "1", COMMITTEES, "all"),
    ("TJ", "2.2.3", "manual", "organization", "year", "1", BRANCH, "all"),
    ("TJ", "2.2.3", "development.checks", "organization", "year", "4", COMMITTEES, "all"),
    ("TJ", "2.2.4", "points.announced", "organization", "quarter", "1", BRANCH, "all"),
    ("TJ", "2.2.5", "room.standard", "organization", "once", "1", BRANCH, "all"),
    ("TJ", "2.2.5", "manual", "organization", "once", "1", BRANCH, "all"),
    ("TJ", "2.3.3", "discipline.field_check", "organization", "month", "1", LEADS, "issuer"),
    ("TJ", "2.3.3", "cycle.bulletin", "organization", "quarter", "1", LEADS, "issuer"),
    ("TJ", "2.3.3", "manual", "organization", "year", "1", COMMITTEES, "all"),
    ("TJ", "2.3.4", "manual", "organization", "year", "1", LEADS, "all"),
    ("TJ", "2.4.2", "info.items", "organization", "month", "1", EVERY_LEVEL, "direct"),
    ("TJ", "3.1", "agreement.signed", "organization", "year", "1", EVERY_LEVEL, "direct"),
    ("TJ", "3.1", "committee.party_work", "organization", "month", "1", COMMITTEES, "all"),
    ("TJ", "3.1", "committee.hears_reports", "organization", "quarter", "1", COMMITTEES, "all"),
    ("TJ", "3.1", "supervision.inspection", "organization", "year", "1", COMMITTEES, "all"),
    ("TJ", "3.1", "supervision.tour", "organization", "year", "1", COMMITTEES, "all"),
    ("TJ", "3.1", "supervision.debriefing", "organization", "year", "1", COMMITTEES, "all"),
    ("TJ", "3.1", "contact.point", "secretary", "year", "1", EVERY_LEVEL, "all"),
    ("TJ", "3.2", "manual", "organization", "year", "1", EVERY_LEVEL, "direct"),
    ("TJ", "3.2", "rectification.immediate", "organization", "once", "1", EVERY_LEVEL, "direct"),
    ("TJ", "3.2", "rectification.longer", "organization", "event", "1", EVERY_LEVEL, "direct"),
    ("TJ", "3.5", "coverage.model_post", "organization", "once", "1", BRANCH, "all"),
]


def yearly(code: str, number: str, metric: str, kinds: tuple[str, ...], subject: str = "organization") -> tuple:
    return (code, number, metric, subject, "year", "1", kinds, "all")


def meetings(code: str, number: str) -> list[tuple]:
    """N01: the three meetings and the lecture."""
    return [
        (code, number, "activity.member_assembly", "organization", "quarter", "1", BRANCH, "all"),
        (code, number, "activity.branch_committee", "organization", "month", "1", BRANCH, "all"),
        (code, number, "activity.group_meeting", "organization", "month", "1", BRANCH, "with_groups"),
        (code, number, "activity.party_lecture", "organization", "quarter", "1", BRANCH, "all"),
        (code, number, "activity.theme_day", "organization", "month", "1", BRANCH, "all"),
    ]


# What a named institution asks for, by the rule table.
RULES = [
    ("MF", "2", "meeting.first_topic", "organization", "each_meeting", "1", COMMITTEES, "all"),
    yearly("MF", "2", "lecture.policy", COMMITTEES),
    yearly("MF", "2", "education.red", BRANCH),
    *meetings("MF", "3"),
    yearly("MF", "3", "study.central_group", COMMITTEES),
    yearly("MF", "3", "life.double", COMMITTEES, "leader"),
    yearly("MF", "3", "life.birthday", BRANCH),
    yearly("MF", "3", "life.dues_day", BRANCH),
    yearly("MF", "3", "talk.heart", BRANCH),
    yearly("MF", "3", "life.organization", BRANCH),
    yearly("MF", "3", "life.member_review", BRANCH),
    yearly("MF", "5", "education.warning", EVERY_LEVEL),
    yearly("MF", "12", "contact.visit", COMMITTEES),
    ("MF", "13", "term.election", "organization", "term", "1", WITH_TERMS, "all"),
    ("MF", "3.4", "supervision.debriefing", "organization", "year", "1", LEADS, "issuer"),
    yearly("TJ", "2.1.2", "lecture.leader", BRANCH),
    yearly("TJ", "2.1.2", "lecture.linked_unit", COMMITTEES, "leader"),
    *meetings("TJ", "2.2.2"),
    yearly("TJ", "2.2.2", "life.double", COMMITTEES, "leader"),
    yearly("TJ", "2.2.2", "life.committee_day", COMMITTEES),
    yearly("TJ", "2.2.2", "life.branch_day", BRANCH),
    yearly("TJ", "2.2.2", "life.democratic", COMMITTEES),
    yearly("TJ", "2.2.2", "life.member_review", BRANCH),
    yearly("TJ", "2.2.2", "life.spirit_analysis", BRANCH),
    yearly("TJ", "2.2.2", "talk.heart", BRANCH),
    ("TJ", "2.2.3", "term.election", "organization", "term", "1", WITH_TERMS, "all"),
    yearly("TJ", "2.3.1", "education.warning", (*COMMITTEES, "branch")),
    ("TJ", "2.3.3", "rate.problems_solved", "organization", "year", "0.9", COMMITTEES, "all"),
    ("TJ", "2.3.3", "rate.satisfaction", "organization", "year", "0.9", COMMITTEES, "all"),
    yearly("TJ", "2.4.1", "culture.activity", BRANCH),
    yearly("TJ", "2.4.3", "mass.activity", COMMITTEES),
    yearly("TJ", "3.3", "life.organization", BRANCH),
]


def test_every_figure_of_the_documents_is_a_target():
    assert rows("stated") == Counter(STATED)


def test_named_institutions_have_the_figures_of_the_rule_table():
    assert rows("rule") == Counter(RULES)


@pytest.mark.parametrize("number", PROBLEMS)
def test_each_common_problem_is_claimed_by_the_direct_organisations_until_september(number):
    problem = task("TJ", number)
    [goal] = problem.targets
    assert problem.nature == "problem"
    assert (goal.metric, goal.period, goal.due, goal.kinds, goal.group) == (
        "manual", "once", "09-30", EVERY_LEVEL, "direct",
    )  # fmt: skip
    assert goal.phrase == problem.title
    # The claim itself, kept in the ledger of problems, is the evidence.
    assert not any(item.evidence for item in problem.checklist)


@pytest.mark.parametrize(
    ("code", "number", "metric", "due"),
    [
        ("MF", "7", "coverage.rectified", "11-30"),
        ("MF", "3.3", "coverage.started", "03-31"),
        ("MF", "3.3", "plan.filed", "04-30"),
        ("TJ", "2.2.5", "room.standard", "12-31"),
        ("TJ", "2.2.5", "manual", "12-31"),
        ("TJ", "3.1", "supervision.debriefing", "12-31"),
        ("TJ", "3.2", "rectification.immediate", "09-30"),
    ],
)
def test_a_dated_figure_has_its_day(code, number, metric, due):
    assert target(code, number, metric).due == due


def test_one_to_two_items_of_information_are_shown_as_a_range():
    items = target("TJ", "2.4.2", "info.items")
    assert (items.at_least, items.at_most, items.unit) == ("1", "2", "条")


def test_longer_rectification_shows_its_effect_within_two_months_of_the_claim():
    assert target("TJ", "3.2", "rectification.longer").within_days == 60


@pytest.mark.parametrize("code", CODES)
def test_units_are_those_of_the_metrics(code):
    assert [goal.metric for _, goal in plan(code).targets() if goal.unit != METRICS[goal.metric].unit] == []


@pytest.mark.parametrize("code", CODES)
def test_a_checklist_that_no_record_feeds_is_answered_once_by_hand(code):
    for each in plan(code).tasks():
        by_hand = [goal for goal in each.targets if goal.metric == MANUAL]
        is_fed = any(METRICS[goal.metric].measured_by == MeasuredBy.RECORDS for goal in each.targets)
        assert len(by_hand) == 1 or (is_fed and not by_hand), each.number
        assert all(goal.period in ("year", "once") for goal in by_hand), each.number


def test_sets_that_are_named_and_not_spelled_out_are_open():
    found = [(code, each.number) for code in CODES for each in plan(code).tasks() if each.open]
    assert found == [("MF", "11"), ("TJ", "2.2.3"), ("TJ", "2.3.2"), ("TJ", "2.3.3")]


@pytest.mark.parametrize(
    ("code", "number", "start", "count"),
    [
        ("MF", "8", "建立", 3),
        ("MF", "11", "争当", 4),
        ("TJ", "2.2.3", "“四查”", 4),
        ("TJ", "2.2.4", "执行", 5),
        ("TJ", "2.2.5", "有", 8),
        ("TJ", "2.3.1", "廉政文化进", 6),
        ("TJ", "2.3.3", "治理基层党建", 6),
        ("TJ", "2.4.1", "参加文明", 4),
        ("TJ", "3.3", "当好", 6),
        ("TJ", "3.4", "进", 3),
    ],
)
def test_a_set_that_is_spelled_out_is_whole(code, number, start, count):
    assert sum(item.text.startswith(start) for item in task(code, number).checklist) == count


def test_sets_without_a_common_word_are_whole():
    assert sum(item.text.endswith("方面的项目") for item in task("MF", "10").checklist) == 6
    assert sum(item.text.endswith("规范化") for item in task("TJ", "2.2.1").checklist) == 5
    five = [item.text for item in task("TJ", "2.3.4").checklist][:5]
    assert five == ["明查暗访", "媒体曝光", "全区通报", "组织处理", "机关问政（政策咨询或政策解答会）"]


MILESTONES = {
    "MF": [
        ("03-31", "创建工作全覆盖启动"),
        ("04-30", "报送基层党组织计划方案"),
        ("10-31", "创建初见成效"),
        ("11-30", "抓实整改提高"),
        ("12-31", "接受市直党工委复核评价"),
    ],
    "TJ": [
        ("09-30", "能立即整改的问题全部整改到位"),
        ("12-31", "党员活动室全部规范达标"),
        ("12-31", "年底述职评议考核"),
    ],
}


@pytest.mark.parametrize("code", CODES)
def test_milestones_have_the_dates_of_the_document(code):
    assert [(each.due, each.title) for each in plan(code).milestones] == MILESTONES[code]
    assert all(a.due <= b.due for a, b in pairwise(plan(code).milestones))


def test_neither_document_has_stages_and_only_tj_has_cadences():
    assert [plan(code).stages for code in CODES] == [(), ()]
    assert {code: [(each.period, each.title) for each in plan(code).cadences] for code in CODES} == {
        "MF": [],
        "TJ": [("month", "月检查"), ("quarter", "季通报")],
    }


def test_who_leads():
    assert {code: [(each.role, each.holder) for each in plan(code).leading_group] for code in CODES} == {
        "MF": [
            ("组长", "区局党委书记"),
            ("副组长", "区局党委副书记"),
            ("成员", "区局党委其他成员"),
            ("办公室", "区局党委办"),
            ("办公室主任", "党委办主要负责同志"),
            ("办公室成员", "办公室、宣教科、组织科、监察办主要负责人"),
        ],
        "TJ": [("牵头单位", "区直机关工委")],
    }
