"""Which planned activity has been held."""

from datetime import date

import pytest

from campaigns.rules.branch_plans import (
    HELD,
    LATE,
    PLAN_STATES,
    TO_COME,
    Held,
    Planned,
    PlanState,
    day_error,
    last_day,
    match,
    standing,
)

DAYS = 7


def test_c07_a_planned_month_is_answered_by_a_record_of_the_same_kind_in_it():
    planned = [Planned(1, "theme_day", 3), Planned(2, "party_lecture", 3)]
    held = [Held(10, "theme_day", date(2026, 3, 31)), Held(11, "theme_day", date(2026, 4, 1))]

    assert match(2026, planned, held, DAYS) == {1: 10}


def test_c07_a_planned_day_is_answered_within_some_days_of_it_and_by_the_nearest():
    planned = [Planned(1, "theme_day", 3, 30)]
    held = [Held(10, "theme_day", date(2026, 3, 23)), Held(11, "theme_day", date(2026, 4, 1))]

    assert match(2026, planned, held, DAYS) == {1: 11}
    assert match(2026, planned, [Held(12, "theme_day", date(2026, 3, 22))], DAYS) == {}


def test_c07_a_record_answers_one_planned_activity_alone():
    planned = [Planned(1, "theme_day", 3), Planned(2, "theme_day", 3)]

    assert match(2026, planned, [Held(10, "theme_day", date(2026, 3, 5))], DAYS) == {1: 10}


@pytest.mark.parametrize(
    ("today", "is_held", "state"),
    [(date(2026, 4, 1), False, LATE), (date(2026, 3, 31), False, TO_COME), (date(2026, 4, 1), True, HELD)],
)
def test_c07_how_a_planned_activity_stands(today, is_held, state):
    assert standing(last_day(2026, Planned(1, "theme_day", 3)), is_held, today, 0) == state


def test_c07_a_planned_day_may_be_missed_by_as_many_days_as_still_match():
    day = last_day(2026, Planned(1, "theme_day", 3, 10))

    assert standing(day, False, date(2026, 3, 17), DAYS) == TO_COME
    assert standing(day, False, date(2026, 3, 18), DAYS) == LATE


def test_c07_a_day_that_the_month_lacks_is_refused():
    assert day_error(2026, 2, 29) == "该月没有这一天。"
    assert day_error(2028, 2, 29) == ""


def test_c07_the_verbs_of_each_state():
    assert {state.value: PLAN_STATES.verbs(state) for state in PlanState} == {
        "draft": ["submit"],
        "submitted": ["withdraw", "approve", "send_back"],
        "returned": ["submit"],
        "approved": ["send_back"],
    }
