"""The whole catalogue, and that docs/mechanisms.md says the same of it.

Where the source documents lie beside the checkout (``../shared/seeds``), the phrases are compared with them as well.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from campaigns.models.campaign import Campaign, Dimension, LeadingGroupSeat, Milestone
from campaigns.models.task import ChecklistItem, Target, Task
from campaigns.queries.catalogue import load_catalogue_plans
from campaigns.rules.plans import Plan, PlanError, PlanTask, plan_from_data, plan_to_data

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
SEED_OF = {"SX": "000", "WX": "001", "MF": "002", "TJ": "003", "TS": "004"}
CODES = sorted(SEED_OF)

# Items and core measures of each document.
COUNTS = {"SX": (14, 8), "WX": (24, 22), "MF": (17, 13), "TJ": (29, 20), "TS": (8, 5)}

ALL_FIVE = ("SX", "WX", "MF", "TJ", "TS")
MEETINGS = ("activity.member_assembly", "activity.branch_committee", "activity.group_meeting", "activity.party_lecture")
EVENTS = (
    "event.integrity_education", "event.integrity_talk", "event.appointment_talk", "event.appointment_training",
)  # fmt: skip
# The rows N01 – N34: which metrics which document's plan must hold as targets.
HARD_NUMBERS: dict[str, dict[str, tuple[str, ...]]] = {
    "N01": dict.fromkeys(ALL_FIVE, MEETINGS),
    "N02": {"WX": ("activity.fixed_day",)},
    "N03": {"TS": ("activity.any", "activity.theme_day", "activity.congress")},
    "N04": {"TS": ("study.sessions",)},
    "N05": {"TJ": ("study.seminar",)},
    "N06": {"TS": ("study.hours",)},
    "N07": {"SX": ("study.books",)},
    "N08": {"SX": ("integrity.lecture", "integrity.pledge"), "WX": ("integrity.lecture",)},
    "N09": {"MF": ("life.democratic", "life.guided")},
    "N10": {"TJ": ("life.leader_attendance",)},
    "N11": {"MF": ("meeting.first_topic",)},
    "N12": {"TJ": ("committee.party_work", "committee.hears_reports")},
    "N13": {"WX": ("ratio.dedicated_staff", "staff.named"), "TS": ("ratio.dedicated_staff",)},
    "N14": {"WX": ("funds.per_head", "funds.growth")},
    "N15": {"SX": ("room.standard",), "TJ": ("room.standard",)},
    "N16": {"WX": ("training.committee_secretaries", "training.branch_officers", "training.members")},
    "N17": {"TS": ("training.sessions", "training.branch_secretaries", "training.initial")},
    "N18": {"WX": ("talk.must",)},
    "N19": dict.fromkeys(("WX", "MF", "TJ", "TS"), ("term.election",)),
    "N20": dict.fromkeys(("SX", "TS"), ("community.service",)),
    "N21": {"TJ": ("supervision.inspection", "supervision.tour", "supervision.debriefing")},
    "N22": {
        "SX": ("talk.heart", "life.birthday", "life.oath"),
        "WX": ("talk.heart", "education.red"),
        "MF": ("talk.heart", "life.birthday", "life.dues_day", "education.red"),
        "TJ": ("talk.heart", "life.spirit_analysis", "life.committee_day", "life.branch_day"),
        "TS": ("talk.heart", "life.dues_day"),
    },
    "N23": {"TS": ("discipline.drive", "discipline.check", "discipline.field_check")},
    "N24": {"TJ": ("points.announced",)},
    "N25": {
        "SX": ("coverage.training",),
        "MF": ("coverage.started", "coverage.rectified"),
        "TJ": ("coverage.model_post",),
    },
    "N26": {
        "SX": ("study.central_group",),
        "WX": ("study.central_group", "study.ideology", "study.discipline_rules"),
        "MF": ("study.central_group",),
        "TS": ("study.sessions",),
    },
    "N27": dict.fromkeys(ALL_FIVE, ("life.double",)) | {"TJ": ("life.double", "life.leader_attendance")},
    "N28": dict.fromkeys(ALL_FIVE[:4], ("education.warning",)) | {"WX": ("education.warning", "integrity.lecture")},
    "N29": {"WX": EVENTS},
    "N30": {
        "SX": ("reading.recommend",),
        "MF": ("lecture.policy",),
        "TJ": ("lecture.leader", "lecture.linked_unit"),
    },
    "N31": {"SX": ("reading.club", "books.purchase"), "WX": ("youth.models", "reading.club", "reading.activity")},
    "N32": {"TJ": ("rate.problems_solved", "rate.satisfaction")},
    "N33": {"TS": ("committee.hears_reports",)},
    "N34": {"WX": ("report.standing_committee",)},
}

SECTIONS = {"C": 15, "N": 34, "O": 17, "Y": 6, "R": 6, "A": 13, "X": 14}
STATES = {"works", "in part", "planned (issue 3)", "planned (issue 4)", "planned (later)"}


@cache
def plans() -> dict[str, Plan]:
    return {plan.code: plan for plan in load_catalogue_plans()}


def items(code: str) -> list[PlanTask]:
    """The items that the document numbers, without the child tasks."""
    return [task for dimension in plans()[code].dimensions for task in dimension.tasks]


def natures(code: str) -> Counter[str]:
    return Counter(task.nature for task in items(code))


@cache
def mechanisms() -> list[list[str]]:
    """The cells of every row of the tables, without headings and rules."""
    lines = (ROOT / "docs" / "mechanisms.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[0] not in ("id", "document") and not row[0].startswith("---")]


def mechanism(prefix: str) -> dict[str, list[str]]:
    return {row[0]: row for row in mechanisms() if re.fullmatch(rf"{prefix}\d\d", row[0])}


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_catalogue_holds_the_five_plans():
    assert sorted(plans()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_c01_every_numbered_item_is_there(code):
    assert (len(items(code)), natures(code)["measure"]) == COUNTS[code]


def test_ninety_two_items_sixty_eight_core_measures_nine_problems():
    total = sum((natures(code) for code in CODES), Counter())
    assert total == {"measure": 68, "problem": 9, "step": 3, "safeguard": 10, "general": 2}
    assert total.total() == 92


@pytest.mark.parametrize("code", CODES)
def test_a_plan_reads_back_from_its_own_data(code):
    assert plan_from_data(plan_to_data(plans()[code])) == plans()[code]


@pytest.mark.parametrize("number", sorted(HARD_NUMBERS))
def test_every_hard_number_is_a_target_of_its_documents(number):
    held = {(code, target.metric) for code in CODES for _, target in plans()[code].targets()}
    wanted = {(code, metric) for code, metrics in HARD_NUMBERS[number].items() for metric in metrics}
    assert wanted - held == set()


@pytest.mark.parametrize("code", CODES)
def test_the_plan_fits_the_columns_that_keep_it(code):
    plan = plans()[code]
    pairs = [(Campaign, "name", plan.name), (Campaign, "level", plan.level), (Campaign, "plan_title", plan.title)]
    pairs += [(Dimension, "name", each.name) for each in plan.dimensions]
    pairs += [(Milestone, "title", each.title) for each in plan.milestones]
    pairs += [(Milestone, "deliverable", each.deliverable) for each in plan.milestones]
    pairs += [(LeadingGroupSeat, "role", each.role) for each in plan.leading_group]
    pairs += [(LeadingGroupSeat, "holder", each.holder) for each in plan.leading_group]
    for task in plan.tasks():
        pairs += [(Task, "number", task.number), (Task, "title", task.title), (Task, "source", task.source)]
        pairs += [(ChecklistItem, "text", item.text) for item in task.checklist]
        for target in task.targets:
            pairs += [(Target, name, getattr(target, name)) for name in ("title", "metric", "unit", "phrase")]
    assert [text for model, name, text in pairs if len(text) > model._meta.get_field(name).max_length] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not at hand")
@pytest.mark.parametrize("code", CODES)
def test_stated_figures_cite_the_document_word_for_word(code):
    [path] = SEEDS.glob(f"{SEED_OF[code]}_*.txt")
    text = path.read_text(encoding="utf-8")
    stated = [target.phrase for _, target in plans()[code].targets() if target.basis == "stated"]
    assert stated
    assert [phrase for phrase in stated if phrase not in text] == []


def test_every_mechanism_has_one_row_and_a_known_state():
    ids = [row[0] for row in mechanisms() if re.fullmatch(r"[A-Z]\d\d", row[0])]
    assert ids == [f"{letter}{number:02}" for letter, count in SECTIONS.items() for number in range(1, count + 1)]
    assert {row[-1] for row in mechanisms() if row[0] in ids} <= STATES


def test_every_place_that_is_named_exists():
    places = [place for letter in SECTIONS for row in mechanism(letter).values() for place in quoted(row[-2])]
    assert len(places) >= sum(SECTIONS.values())
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("number", sorted(HARD_NUMBERS))
def test_mechanisms_name_the_documents_and_metrics_of_each_hard_number(number):
    _, sources, _, metrics, _, _ = mechanism("N")[number]
    assert set(sources.split(", ")) == set(HARD_NUMBERS[number])
    assert sorted(quoted(metrics)) == sorted({code for codes in HARD_NUMBERS[number].values() for code in codes})


def test_mechanisms_count_the_catalogue():
    rows = {row[0]: tuple(map(int, row[1:3])) for row in mechanisms() if row[0] in {*CODES, "all"}}
    assert rows == {code: (len(items(code)), natures(code)["measure"]) for code in CODES} | {"all": (92, 68)}


def test_a_file_that_is_not_in_order_is_named(tmp_path):
    (tmp_path / "AB.yaml").write_text("code: AB\n", encoding="utf-8")

    with pytest.raises(PlanError, match=r"^AB\.yaml：方案：缺少“name”。$"):
        load_catalogue_plans(tmp_path)


def test_a_file_under_another_plans_code_is_refused(tmp_path):
    (tmp_path / "AB.yaml").write_text("code: CD\nname: 示范\n", encoding="utf-8")

    with pytest.raises(PlanError, match=r"AB\.yaml：方案代码“CD”与文件名不符"):
        load_catalogue_plans(tmp_path)
