"""Deadlines of a file, votes of a branch meeting."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from members.rules.development import BY_CODE, STEPS, Progress
from members.rules.development_dues import Ballot, age_on, dues, extension_problem, votes_needed
from tests.factories.development import TERMS

HALF = Fraction(1, 2)


def done_until(code, start=date(2024, 3, 1)):
    """Every step before the code, each a day after the one before."""
    return {step.code: start + timedelta(days=place) for place, step in enumerate(STEPS[: BY_CODE[code].number - 1])}


def due_words(**progress):
    return [(due.code, due.due_on) for due in dues(Progress(**progress), TERMS)]


def test_o05_a_talk_is_due_within_a_month():
    assert due_words(done={"apply": date(2026, 1, 31)}) == [("talk", date(2026, 2, 28))]
    assert due_words(done={}) == []


def test_o05_observation_is_due_each_half_year_after_the_last_one():
    done = {**done_until("activist_filed"), "activist": date(2025, 8, 31)}

    assert due_words(done=done) == [("training", date(2026, 2, 28))]
    assert due_words(done=done, observations=(date(2026, 1, 15),)) == [("training", date(2026, 7, 15))]
    assert due_words(done=done_until("candidate")) == []


def test_o05_after_the_vote_talk_approval_observation_and_the_end_of_probation():
    done = {**done_until("superior_talk"), "vote": date(2025, 2, 28)}
    done.pop("superior_talk", None)

    assert due_words(done=done) == [
        ("superior_talk", date(2025, 5, 28)),
        ("probation", date(2025, 8, 28)),
        ("conversion_vote", date(2026, 2, 28)),
    ]
    assert ("conversion_vote", date(2026, 8, 28)) in due_words(done=done, extension=6)


def test_o05_nothing_is_due_once_all_is_done():
    assert due_words(done={step.code: date(2026, 1, 1) for step in STEPS}) == []


@pytest.mark.parametrize(
    ("ballot", "field"),
    [
        (Ballot(0, 0, 0), "entitled"),
        (Ballot(10, 9, 8, written=2), "present"),
        (Ballot(10, 8, 7, 1, 1), "in_favour"),
        (Ballot(10, 5, 5), "present"),
        (Ballot(10, 4, 6, written=6), "present"),
    ],
)
def test_o05_a_vote_that_cannot_be_or_is_not_valid(ballot, field):
    assert [found for found, _ in ballot.problems(HALF)] == [field]


@pytest.mark.parametrize(
    ("ballot", "is_passed"),
    [
        (Ballot(10, 6, 6), True),
        (Ballot(10, 10, 5, 5), False),
        (Ballot(11, 10, 6, 4), True),
        (Ballot(11, 6, 5, 0, 1), False),
        (Ballot(10, 6, 6, written=2), True),
        (Ballot(3, 2, 2), True),
    ],
)
def test_o05_more_than_half_of_all_entitled_pass(ballot, is_passed):
    assert list(ballot.problems(HALF)) == []
    assert ballot.is_passed(HALF) is is_passed


@pytest.mark.parametrize(("entitled", "needed"), [(10, 6), (11, 6), (3, 2), (1, 1)])
def test_o05_votes_needed(entitled, needed):
    assert votes_needed(entitled, HALF) == needed


def test_o05_words_of_an_invalid_meeting():
    assert list(Ballot(10, 5, 5).problems(HALF)) == [("present", "有表决权的党员10人，到会5人，未超过半数，会议无效。")]


@pytest.mark.parametrize(
    ("months", "extension", "reason"),
    [
        (6, 0, ""),
        (12, 0, ""),
        (5, 0, "延长预备期应为6至12个月。"),
        (13, 0, "延长预备期应为6至12个月。"),
        (6, 6, "预备期已延长过一次，不能再次延长。"),
    ],
)
def test_o05_extension_once_by_6_to_12_months(months, extension, reason):
    assert extension_problem(months, extension, TERMS) == reason


@pytest.mark.parametrize(("day", "age"), [(date(2026, 2, 28), 17), (date(2026, 3, 1), 18), (date(2028, 2, 29), 20)])
def test_age(day, age):
    assert age_on(date(2008, 2, 29), day) == age
