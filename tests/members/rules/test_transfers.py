from datetime import date

import pytest

from members.enums import TransferState as State
from members.rules import transfers as rules
from members.rules.transfers import CROSSING, LEAVING, Verb
from office.rules.defaults import by_code


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (State.STARTED, {"approve", "refuse", "withdraw", "expire"}),
        (State.PENDING, {"accept", "refuse", "withdraw", "expire"}),
        (State.ACCEPTED, set()),
        (State.REFUSED, set()),
        (State.WITHDRAWN, set()),
        (State.EXPIRED, set()),
    ],
)
def test_o06_a_state_allows_these_steps(state, verbs):
    assert {verb.value for verb in Verb if rules.can(state, verb)} == verbs


@pytest.mark.parametrize(
    ("direction", "crosses", "by_superior", "asked", "needed"),
    [
        ("inside", True, False, [CROSSING], True),
        ("inside", False, False, [CROSSING], False),
        ("inside", True, False, [], False),
        ("inside", True, True, [CROSSING], False),
        ("out", False, False, [LEAVING], True),
        ("out", True, False, [CROSSING], False),
        ("out", True, True, [LEAVING], False),
    ],
)
def test_o06_when_a_superior_approves(direction, crosses, by_superior, asked, needed):
    assert rules.needs_approval(direction, crosses_units=crosses, is_by_superior=by_superior, asked=asked) is needed


def test_o06_the_shipped_rule_uses_the_words_of_the_code():
    assert set(by_code()["transfer.approval"].value) == {CROSSING, LEAVING}


def test_o06_the_last_day_for_acceptance():
    last = rules.last_day(date(2026, 3, 2), 90)

    assert last == date(2026, 5, 31)
    assert not rules.is_late(last, last)
    assert rules.is_late(last, date(2026, 6, 1))
    assert not rules.is_late(None, last)


def test_o06_what_leaves_the_tree_waits_for_its_receipt():
    assert rules.shown_state("pending", "out") == "待回执"
    assert rules.shown_state("accepted", "out") == "已转出"
    assert rules.shown_state("pending", "inside") == "待接收"
