"""Rules of projects, contests, needs, pledges and the rows of a workbook of needs (C09, C12, C13, C14)."""

from datetime import date

import pytest

from campaigns.rules.contests import (
    APPLICATION_MOVES,
    MODEL_POST,
    PRESET_BY_CODE,
    PRESETS,
    ApplicationState,
    ContestSubject,
    first_state,
    lacks_evidence,
    model_post_note,
    read_criteria,
    verdict,
    write_criteria,
)
from campaigns.rules.needs import NEED_MOVES, NeedState, masked_name, masked_phone, satisfied_share
from campaigns.rules.needs import shown_state as need_state
from campaigns.rules.pledges import PLEDGE_MOVES, PledgeState, asks_for_project
from campaigns.rules.pledges import shown_state as pledge_state
from campaigns.rules.projects import (
    CLAIM_MOVES,
    PROJECT_MOVES,
    ClaimState,
    ProjectState,
    counted_day,
    has_place,
    project_note,
)
from campaigns.rules.work_moves import after, refusal, verbs_in

DAY = date(2026, 3, 5)
TABLES = {
    "project": (PROJECT_MOVES, ProjectState),
    "claim": (CLAIM_MOVES, ClaimState),
    "application": (APPLICATION_MOVES, ApplicationState),
    "need": (NEED_MOVES, NeedState),
    "pledge": (PLEDGE_MOVES, PledgeState),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_of_a_table_is_known_and_reached(name):
    moves, states = TABLES[name]
    named = {state for one in moves.values() for state in (*one.sources, one.target) if state}
    assert named <= set(states.values)
    targets = {one.target for one in moves.values()}
    assert all(one.sources for one in moves.values())
    assert len(targets - {""}) >= 2


def test_c09_who_is_offered_what():
    both = verbs_in(PROJECT_MOVES, "running", does=True, leads=True)
    assert both == ["progress", "submit", "abandon", "supervise"]
    assert verbs_in(PROJECT_MOVES, "running", does=True, leads=False) == ["progress", "submit", "abandon"]
    assert verbs_in(PROJECT_MOVES, "pending", does=False, leads=True) == ["accept", "send_back", "supervise"]
    assert verbs_in(PROJECT_MOVES, "accepted", does=True, leads=True) == []


def test_c09_a_verb_is_refused_in_another_state_and_without_words():
    assert "state" in refusal(PROJECT_MOVES, "accept", "running", "同意")
    assert refusal(PROJECT_MOVES, "accept", "pending", " ") == {"text": "请填写说明。"}
    assert refusal(PROJECT_MOVES, "accept", "pending", "同意") == {}
    assert (after(PROJECT_MOVES, "accept", "pending"), after(PROJECT_MOVES, "progress", "running")) == (
        "accepted",
        "running",
    )


def test_c09_a_project_counts_when_accepted_and_for_its_own_year():
    assert counted_day(2026, date(2027, 1, 12)) == date(2026, 12, 31)
    assert counted_day(2026, date(2026, 9, 1)) == date(2026, 9, 1)
    assert [bool(project_note(state)) for state in ProjectState.values] == [True, True, False, True]


def test_c09_places():
    assert has_place(2, 1)
    assert not has_place(2, 2)


def test_c12_the_verdict_asks_for_every_criterion():
    assert verdict([True, True]) == ApplicationState.MET
    assert verdict([True, False]) == ApplicationState.UNMET
    assert verdict([]) == ApplicationState.UNMET


def test_c12_criteria_are_typed_one_a_line():
    text = "组织生活正常｜会议记录\n\n作用突出\n亮身份|照片"
    found = [("组织生活正常", "会议记录"), ("作用突出", ""), ("亮身份", "照片")]
    assert read_criteria(text) == found
    assert read_criteria(write_criteria(found)) == found


def test_c12_evidence_is_asked_where_the_criterion_asks_for_it():
    assert lacks_evidence([(1, "会议记录"), (2, ""), (3, "照片")], {1: "见记录", 3: " "}) == [3]


def test_c12_a_members_own_application_waits_for_his_branch():
    assert first_state(ContestSubject.MEMBER, by_branch=False) == ApplicationState.APPLIED
    assert first_state(ContestSubject.MEMBER, by_branch=True) == ApplicationState.RECOMMENDED
    assert first_state(ContestSubject.ORGANIZATION, by_branch=False) == ApplicationState.RECOMMENDED


def test_c12_presets_name_what_the_sources_name():
    assert len({preset.code for preset in PRESETS}) == len(PRESETS)
    assert PRESET_BY_CODE["three_threes"].criteria == ("亮身份", "亮承诺", "亮标准", "比技能", "比业绩", "比作风")
    assert PRESET_BY_CODE["four_strong"].criteria == ()
    assert PRESET_BY_CODE["four_strive"].levels == ("工作业务能手", "创新创业模范", "提高效能标兵", "服务群众先锋")
    assert PRESET_BY_CODE[MODEL_POST].subject == ContestSubject.POST


def test_n25_taking_part_counts_once_the_standard_is_reached():
    assert [model_post_note(state) == "" for state in ("recommended", "met", "unmet", "awarded", "revoked")] == [
        False, True, False, True, False,
    ]  # fmt: skip


def test_c13_names_and_numbers_are_masked():
    assert (masked_name("王小明"), masked_name("")) == ("王＊＊", "")
    assert (masked_phone("13900001234"), masked_phone("")) == ("＊＊＊＊1234", "")


def test_c13_states_and_satisfaction():
    assert need_state("doing", date(2026, 3, 4), DAY) == "逾期"
    assert need_state("doing", DAY, DAY) == "办理中"
    assert need_state("done", date(2026, 3, 4), DAY) == "待评价"
    assert satisfied_share(2, 1, 1) == 0.75
    assert satisfied_share(0, 0, 0) is None


def test_c14_states_and_projects():
    assert pledge_state("published", date(2026, 3, 4), DAY) == "逾期"
    assert pledge_state("kept", date(2026, 3, 4), DAY) == "已兑现"
    assert asks_for_project("project")
    assert not asks_for_project("deed")
