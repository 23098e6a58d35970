"""The two tables of transitions, what is shown when, and the proposed days."""

from datetime import date
from itertools import product

import pytest

from assessments.enums import RoundStatus, SheetState, StageName
from assessments.rules import rounds
from assessments.rules.rounds import RoundVerb, SheetVerb, StageDays, Viewer

SELF, CHECK, FINAL = StageName.SELF_CHECK, StageName.CHECK, StageName.FINAL


def test_a_round_goes_through_its_stages_in_order():
    steps = {(status, verb): to for (status, verb), to in rounds.ROUND_TRANSITIONS.items() if verb != RoundVerb.RESCORE}

    assert steps == {
        ("self_check", "advance"): "check",
        ("check", "advance"): "final",
        ("final", "publish"): "published",
    }


def test_nothing_may_be_done_to_a_published_round():
    for verb in RoundVerb:
        assert rounds.refusal("published", verb) == "评估结果已公布，不能再改动。"
    for state, verb in product(SheetState, SheetVerb):
        assert rounds.sheet_refusal("published", state, verb) == "评估结果已公布，评分表不能再改动。"


def test_a_verb_out_of_its_stage_is_refused_in_words():
    assert rounds.refusal("check", RoundVerb.ADVANCE) == ""
    assert rounds.refusal("check", RoundVerb.PUBLISH) == "评估现在处于“集中验收”阶段，不能公布结果。请刷新页面后核对。"


@pytest.mark.parametrize(
    ("status", "state", "expected"),
    [
        ("self_check", "open", {SheetVerb.SAVE, SheetVerb.HAND_IN}),
        ("self_check", "handed_in", {SheetVerb.TAKE_BACK}),
        ("check", "open", {SheetVerb.SAVE, SheetVerb.HAND_IN}),
        ("check", "handed_in", {SheetVerb.TAKE_BACK}),
        ("final", "open", {SheetVerb.SAVE}),
        ("published", "handed_in", set()),
    ],
)
def test_a_sheet_offers_what_the_table_allows(status, state, expected):
    assert rounds.sheet_verbs(status, state) == expected
    for verb in SheetVerb:
        assert (rounds.sheet_refusal(status, state, verb) == "") == (verb in expected)


def test_what_is_handed_in_is_taken_back_first():
    assert (
        rounds.sheet_refusal("check", "handed_in", SheetVerb.SAVE) == "评分表已提交，不能再改动。如需修改，请先撤回。"
    )


def test_stages_follow_one_another():
    assert [rounds.stage_before(stage) for stage in (SELF, CHECK, FINAL)] == [None, SELF, CHECK]
    assert rounds.stage_of(RoundStatus.PUBLISHED) == FINAL
    assert rounds.stage_of(RoundStatus.CHECK) == CHECK


READER, CHECKER, MANAGER = Viewer(), Viewer(can_score=True), Viewer(can_score=True, can_manage=True)


@pytest.mark.parametrize(
    ("status", "is_checked", "viewer", "expected"),
    [
        ("self_check", False, MANAGER, [SELF]),
        ("check", False, READER, [SELF]),
        ("check", True, READER, [SELF, CHECK]),
        ("check", False, CHECKER, [SELF, CHECK]),
        ("final", False, READER, [SELF, CHECK]),
        ("final", True, CHECKER, [SELF, CHECK]),
        ("final", True, MANAGER, [SELF, CHECK, FINAL]),
        ("published", True, READER, [SELF, CHECK, FINAL]),
    ],
)
def test_points_are_shown_once_they_are_fixed_or_to_who_gives_them(status, is_checked, viewer, expected):
    assert rounds.shown_stages(status, is_checked, viewer) == expected


def workdays(day: date) -> bool:
    return day.weekday() < 5


def test_proposed_days_count_back_from_the_last_one():
    assert rounds.stage_days(date(2026, 6, 30), date(2026, 6, 8), workdays) == StageDays(
        date(2026, 6, 8), date(2026, 6, 16), date(2026, 6, 23), date(2026, 6, 30)
    )


@pytest.mark.parametrize("opens_on", [date(2026, 6, 25), date(2026, 7, 9)])
def test_days_stay_in_order_when_a_round_is_opened_late(opens_on):
    days = rounds.stage_days(date(2026, 6, 30), opens_on, workdays)

    assert days.opens_on <= days.self_check_by <= days.check_by <= days.final_by
    assert days.opens_on == opens_on
