"""The life of a problem, its deadlines and figures (R01, R03 – R05)."""

from datetime import date
from fractions import Fraction

import pytest

from campaigns.rules.problems import (
    Deadline,
    ProblemError,
    Score,
    Standing,
    State,
    Terms,
    Verb,
    can,
    due_day,
    effect_day,
    has_effect,
    is_overdue,
    lacking_for_closing,
    next_state,
    score,
)

TERMS = Terms("09-30", 30, 180, 2)
S, V = State, Verb
LIFE = {
    S.REGISTERED: {V.EDIT, V.CLAIM, V.VOID},
    S.WORKING: {V.EDIT, V.CLAIM, V.PROGRESS, V.EFFECT, V.ASK, V.VOID},
    S.ASKED: {V.CLOSE, V.RETURN, V.WITHDRAW},
    S.RETURNED: {V.EDIT, V.CLAIM, V.PROGRESS, V.EFFECT, V.ASK, V.VOID},
    S.CLOSED: {V.HELD, V.BACK},
    S.REOPENED: {V.EDIT, V.CLAIM, V.PROGRESS, V.EFFECT, V.ASK, V.VOID},
    S.VOID: set(),
}


def always(day: date) -> bool:
    return True


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def standing(**values) -> Standing:
    usual = {"state": S.WORKING, "deadline": Deadline.IMMEDIATE, "raised_on": date(2026, 3, 2)}
    return Standing(**usual | {"due_on": date(2026, 4, 1)} | values)


@pytest.mark.parametrize("state", State)
def test_r01_what_may_be_done_in_each_state(state):
    assert {verb for verb in Verb if can(state, verb)} == LIFE[state]


def test_r01_from_raised_to_closed_over_a_return():
    state = S.REGISTERED
    for verb in (V.CLAIM, V.ASK, V.RETURN, V.ASK, V.CLOSE):
        state = next_state(state, verb)
    assert state == S.CLOSED


def test_r04_a_look_back_reopens_what_has_come_back():
    assert next_state(S.CLOSED, V.HELD) == S.CLOSED
    assert next_state(S.CLOSED, V.BACK) == S.REOPENED
    assert next_state(S.REOPENED, V.ASK) == S.ASKED


def test_r01_a_refusal_names_the_state():
    with pytest.raises(ProblemError, match="已销号"):
        next_state(S.CLOSED, V.ASK)


def test_r03_what_is_put_right_at_once_is_due_on_30_september_of_the_campaigns_year():
    assert due_day(Deadline.IMMEDIATE, date(2026, 3, 2), TERMS, weekdays, 2026) == date(2026, 9, 30)


@pytest.mark.parametrize("year", [2026, None])
def test_r03_after_that_day_or_without_a_campaign_it_has_days(year):
    assert due_day(Deadline.IMMEDIATE, date(2026, 10, 8), TERMS, always, year) == date(2026, 11, 7)


def test_r03_a_day_off_gives_way_to_the_next_working_day():
    assert due_day(Deadline.IMMEDIATE, date(2026, 10, 8), TERMS, weekdays) == date(2026, 11, 9)


def test_r03_a_longer_one_has_its_own_days_and_shows_effect_two_months_from_the_claim():
    assert due_day(Deadline.LONGER, date(2026, 3, 2), TERMS, always, 2026) == date(2026, 8, 29)
    assert effect_day(Deadline.LONGER, date(2026, 3, 2), TERMS, weekdays) == date(2026, 5, 4)
    assert effect_day(Deadline.IMMEDIATE, date(2026, 3, 2), TERMS, weekdays) is None


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        (S.WORKING, date(2026, 4, 1), False),
        (S.WORKING, date(2026, 4, 2), True),
        (S.ASKED, date(2026, 4, 2), False),
        (S.CLOSED, date(2026, 4, 2), False),
    ],
)
def test_r03_overdue_is_what_the_organisation_has_not_done(state, today, late):
    assert is_overdue(state, date(2026, 4, 1), today) is late


@pytest.mark.parametrize(
    ("steps", "evidence", "words"),
    [
        ([], True, "还没有整改措施"),
        ([date(2026, 3, 3), None], True, "还有 1 项措施"),
        ([date(2026, 3, 3)], False, "佐证材料"),
    ],
)
def test_r04_closing_asks_for_measures_done_and_evidence(steps, evidence, words):
    assert words in lacking_for_closing(steps, evidence)


def test_r04_nothing_is_lacking():
    assert lacking_for_closing([date(2026, 3, 3)], True) == ""


def test_r05_figures_of_an_organisation():
    found = score(
        [
            standing(state=S.CLOSED, closed_on=date(2026, 4, 1)),
            standing(state=S.CLOSED, closed_on=date(2026, 4, 2), reopened=2),
            standing(),
            standing(state=S.ASKED),
            standing(state=S.VOID),
        ],
        date(2026, 4, 10),
    )
    assert found == Score(raised=4, closed=2, on_time=1, overdue=1, reopened=1)
    assert (found.rate, found.on_time_rate) == (Fraction(1, 2), Fraction(1, 4))


def test_r05_without_problems_there_is_no_rate():
    assert (score([], date(2026, 4, 10)).rate, Score().on_time_rate) == (None, None)


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"effect_on": date(2026, 5, 4)}, True),
        ({"effect_on": date(2026, 5, 5)}, False),
        ({"state": S.CLOSED, "closed_on": date(2026, 5, 1)}, True),
        ({}, False),
    ],
)
def test_r03_effect_within_two_months(values, seen):
    assert has_effect(standing(deadline=Deadline.LONGER, effect_due_on=date(2026, 5, 4), **values)) is seen
