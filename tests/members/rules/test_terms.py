"""Terms of committees at their boundaries (N19)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.enums import TermState
from members.rules import terms
from members.rules.terms import CommitteeSizes, Marks, Seat, Turnout

MARKS = Marks(first=6, second=3, every=1)
SIZES = CommitteeSizes(from_full=7, least=3, most=7)
HALF = Fraction(1, 2)
DUE = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("elected_on", "years", "due_on"),
    [
        (date(2023, 9, 30), 3, date(2026, 9, 30)),
        (date(2021, 9, 30), 5, date(2026, 9, 30)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_n19_a_term_is_due_so_many_years_later(elected_on, years, due_on):
    assert terms.due_day(elected_on, years) == due_on


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 3, 29), "正常"),
        (date(2026, 3, 30), "预警"),
        (date(2026, 6, 29), "预警"),
        (date(2026, 6, 30), "临近"),
        (date(2026, 9, 30), "临近"),
        (date(2026, 10, 1), "逾期"),
    ],
)
def test_n19_states_change_at_six_months_three_months_and_after_the_last_day(today, state):
    assert terms.state_of(DUE, None, today, MARKS).label == state


@pytest.mark.parametrize(
    ("today", "state"), [(date(2026, 10, 1), "已批延期"), (date(2027, 3, 31), "已批延期"), (date(2027, 4, 1), "逾期")]
)
def test_n19_an_extension_holds_to_its_last_day(today, state):
    assert terms.state_of(DUE, date(2027, 3, 31), today, MARKS).label == state


@given(
    today=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    ahead=st.integers(min_value=-400, max_value=400),
    months=st.sampled_from([1, 3, 6]),
)
def test_n19_the_database_is_asked_for_the_same_terms_that_the_rule_names(today, ahead, months):
    due_on = today + timedelta(days=ahead)

    assert (due_on <= terms.latest_due(today, months)) == (today >= terms.add_months(due_on, -months))


@pytest.mark.parametrize(
    ("today", "occasion"),
    [
        (date(2026, 3, 29), ""),
        (date(2026, 3, 30), "6m"),
        (date(2026, 6, 29), "6m"),
        (date(2026, 6, 30), "3m"),
        (date(2026, 9, 29), "3m"),
        (date(2026, 9, 30), "day"),
        (date(2026, 10, 29), "day"),
        (date(2026, 10, 30), "late1"),
        (date(2026, 11, 29), "late1"),
        (date(2026, 11, 30), "late2"),
        (date(2027, 2, 27), "late4"),
        (date(2027, 2, 28), "late5"),
    ],
)
def test_n19_reminders_come_at_six_and_three_months_on_the_day_then_monthly(today, occasion):
    assert terms.occasion(DUE, today, MARKS) == occasion


@pytest.mark.parametrize("asked_to", [date(2026, 10, 1), date(2027, 9, 30)])
def test_n19_an_extension_of_up_to_a_year_can_be_asked_for(asked_to):
    assert terms.extension_refusal(DUE, DUE, asked_to, 1) == ""


def test_n19_an_extension_of_a_year_and_a_day_is_refused_with_its_rule():
    refusal = terms.extension_refusal(DUE, DUE, date(2027, 10, 1), 1)

    assert "最多 1 年" in refusal
    assert "2027年9月30日" in refusal


def test_n19_a_second_extension_counts_from_the_end_of_the_term():
    in_force_to = date(2027, 3, 31)

    assert "应晚于" in terms.extension_refusal(DUE, in_force_to, in_force_to, 1)
    assert "最多 1 年" in terms.extension_refusal(DUE, in_force_to, date(2028, 3, 31), 1)


@pytest.mark.parametrize(("came", "is_valid"), [(10, False), (11, True)])
def test_n19_more_than_half_of_those_with_a_vote_must_come(came, is_valid):
    problems = dict(terms.turnout_problems(Turnout(22, 15, 20, came), HALF))

    assert (problems == {}) is is_valid


@pytest.mark.parametrize(
    ("turnout", "field"),
    [
        (Turnout(10, 11, 8, 8), "present"),
        (Turnout(10, 9, 11, 9), "voters"),
        (Turnout(10, 8, 9, 9), "voters_present"),
        (Turnout(10, 10, 8, 9), "voters_present"),
    ],
)
def test_n19_counts_must_agree(turnout, field):
    assert field in dict(terms.turnout_problems(turnout, HALF))


def seats(*votes, kinds=("secretary", "deputy_secretary", "committee_member")):
    return [Seat(number, kind, votes=vote) for number, (vote, kind) in enumerate(zip(votes, kinds, strict=False), 1)]


@pytest.mark.parametrize(("votes", "is_elected"), [(10, False), (11, True)])
def test_n19_more_than_half_of_all_entitled_must_vote_in_favour(votes, is_elected):
    problems = list(terms.seat_problems(seats(votes), Turnout(20, 15, 20, 15), HALF, {1: "王立"}))

    assert (problems == []) is is_elected
    assert is_elected or "王立得票 10 张，未超过全体有选举权党员的半数" in problems[0]


def test_n19_more_votes_than_voters_are_refused():
    problems = list(terms.seat_problems(seats(16), Turnout(20, 15, 20, 15), HALF, {}))

    assert "多于到会有选举权的党员 15 人" in problems[0]


@pytest.mark.parametrize("kinds", [("deputy_secretary",), ("secretary", "secretary")])
def test_n19_there_is_one_secretary(kinds):
    problems = list(terms.seat_problems(seats(15, 15, kinds=kinds), Turnout(20, 15, 20, 15), HALF, {}))

    assert "应选出书记 1 名。" in problems


def test_n19_nobody_is_elected_twice():
    twice = [Seat(1, "secretary", votes=15), Seat(1, "committee_member", votes=15)]

    assert "王立重复当选。" in list(terms.seat_problems(twice, Turnout(20, 15, 20, 15), HALF, {1: "王立"}))


@pytest.mark.parametrize(
    ("full", "count", "is_right"),
    [(7, 2, False), (7, 3, True), (7, 7, True), (7, 8, False), (6, 2, True), (6, 3, False)],
)
def test_n19_a_branch_elects_a_committee_from_seven_full_members_on(full, count, is_right):
    kinds = ("secretary", "deputy_secretary", *["committee_member"] * 6)
    elected = [Seat(number, kind) for number, kind in enumerate(kinds[:count])]

    assert (list(terms.branch_size_problems(elected, full, SIZES)) == []) is is_right


def test_n19_the_states_have_the_five_words():
    assert TermState.labels == ["正常", "预警", "临近", "逾期", "已批延期"]
