"""The states of an official document."""

import pytest

from office.enums import DocumentStatus as Status
from office.rules.documents import MARKS, STEPS, number_text, step_of, steps_from


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        (Status.DRAFT, ["check"]),
        (Status.CHECKED, ["sign", "return"]),
        (Status.SIGNED, ["issue", "return"]),
        (Status.ISSUED, []),
    ],
)
def test_what_may_be_done(status, verbs):
    assert [step.verb for step in steps_from(status)] == verbs


def test_every_status_has_a_mark_and_every_verb_its_step():
    assert set(MARKS) == set(Status)
    assert [step_of(step.verb) for step in STEPS] == list(STEPS)
    with pytest.raises(KeyError):
        step_of("burn")


@pytest.mark.parametrize(
    ("number", "word", "text"),
    [(1, "", "〔2026〕1号"), (12, "区直工", "区直工〔2026〕12号"), (None, "", "〔2026〕　号")],
)
def test_numbers(number, word, text):
    assert number_text(2026, number, word) == text
