"""The stretch of time of a board."""

from datetime import date

import pytest

from desk.rules.windows import recent_months, window_of

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("key", "previous", "word", "months"),
    [
        ("2026-01", "2025-12", "上月", ["2026-01"]),
        ("2026Q1", "2025Q4", "上季", ["2026-01", "2026-02", "2026-03"]),
        ("2026", "2025", "上年", [f"2026-{month:02}" for month in range(1, 13)]),
    ],
)
def test_a_window_and_the_one_before(key, previous, word, months):
    window = window_of(key, TODAY)
    assert (window.previous.key, window.last_word, window.months) == (previous, word, months)


@pytest.mark.parametrize("key", ["", "2026-13", "3月", "2026W10", "once", "2026H1"])
def test_what_is_no_window_is_this_month(key):
    assert window_of(key, TODAY).key == "2026-03"


def test_only_months_that_are_over_are_past():
    assert window_of("2026Q1", TODAY).past_months == ["2026-01", "2026-02"]
    assert window_of("2026Q1", date(2026, 3, 31)).past_months == ["2026-01", "2026-02"]
    assert window_of("2026Q1", date(2026, 4, 1)).past_months == ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("key", "since"),
    [("2026-03", date(2026, 3, 1)), ("2026Q1", date(2026, 3, 1)), ("2026-02", TODAY), ("2026Q3", date(2026, 7, 1))],
)
def test_what_runs_begins_with_the_first_month_that_is_not_over(key, since):
    assert window_of(key, TODAY).running_since == since


def test_it_runs_until_its_last_day_is_over():
    assert window_of("2026-03", date(2026, 3, 31)).is_running
    assert not window_of("2026-03", date(2026, 4, 1)).is_running


def test_the_switch_keeps_to_the_days_that_are_seen():
    assert window_of("2026-03", TODAY).choices() == [
        ("2026-03", "本月", True),
        ("2026Q1", "本季", False),
        ("2026", "本年", False),
    ]
    assert window_of("2025-11", TODAY).choices() == [
        ("2025-11", "2025年11月", True),
        ("2025Q4", "2025年四季度", False),
        ("2025", "2025年", False),
    ]
    assert window_of("2026", TODAY).choices()[0] == ("2026-03", "本月", False)


def test_twelve_months_up_to_the_last_one():
    keys = [month.key for month in window_of("2026Q1", TODAY).trend_months]
    assert (len(keys), keys[0], keys[-1]) == (12, "2025-04", "2026-03")
    assert [month.key for month in recent_months(TODAY, 3)] == ["2026-03", "2026-02", "2026-01"]
