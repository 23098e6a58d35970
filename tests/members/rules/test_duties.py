from datetime import date

import pytest

from members.rules.duties import due_on, duties_of, is_history, state

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("occasion", "office", "is_ending", "due"),
    [
        ("sanction", "", False, ("talk",)),
        ("misfortune", "", False, ("talk",)),
        ("first_signs", "", False, ("talk",)),
        ("post_change", "committee_member", False, ("talk",)),
        ("post_change", "secretary", False, ("talk", "appointment_talk", "appointment_training")),
        ("post_change", "secretary", True, ("talk",)),
        ("post_change", "leader", False, ("talk", "integrity_talk")),
        ("new_entrant", "", False, ("integrity_education",)),
    ],
)
def test_n18_n29_what_an_occasion_makes_due(occasion, office, is_ending, due):
    assert duties_of(occasion, office, is_ending) == due


def test_n18_a_talk_and_a_training_have_their_own_days():
    days = {"talk_days": 7, "event_days": 30}

    assert due_on("talk", DAY, **days) == date(2026, 3, 12)
    assert due_on("appointment_training", DAY, **days) == date(2026, 4, 4)


def test_n29_what_is_entered_long_after_makes_nothing_due():
    assert not is_history(DAY, date(2026, 6, 3), 90)
    assert is_history(DAY, date(2026, 6, 4), 90)


@pytest.mark.parametrize(
    ("done_on", "waived_on", "today", "word"),
    [
        (None, None, DAY, "待办理"),
        (None, None, date(2026, 3, 6), "逾期"),
        (DAY, None, date(2026, 3, 6), "已办理"),
        (date(2026, 3, 6), None, date(2026, 3, 6), "逾期办理"),
        (None, DAY, date(2026, 3, 6), "免办"),
    ],
)
def test_n18_how_a_duty_stands(done_on, waived_on, today, word):
    assert state(DAY, done_on, waived_on, today) == word
