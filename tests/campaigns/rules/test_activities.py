"""The table of a record's life, and which filing decides."""

from datetime import date, datetime

import pytest

from campaigns.enums import ActivityStatus as Status
from campaigns.rules.activities import COUNTING, RecordError, Verb, can, counts_from, next_status, shown_status
from partybuild.lib.clock import ZONE

ALLOWED = {
    ("draft", "save"): "draft",
    ("draft", "file"): "filed",
    ("draft", "void"): "void",
    ("filed", "withdraw"): "draft",
    ("filed", "approve"): "approved",
    ("filed", "return"): "returned",
    ("filed", "void"): "void",
    ("returned", "save"): "returned",
    ("returned", "file"): "filed",
    ("returned", "void"): "void",
    ("approved", "void"): "void",
    ("approved", "amend"): "approved",
    ("approved", "merge"): "approved",
}
CORRECTION = {
    ("draft", "save"): "draft",
    ("draft", "file"): "amending",
    ("draft", "void"): "void",
    ("amending", "withdraw"): "draft",
    ("amending", "approve"): "amended",
    ("amending", "return"): "returned",
    ("amending", "void"): "void",
    ("returned", "save"): "returned",
    ("returned", "file"): "amending",
    ("returned", "void"): "void",
}
FIRST = datetime(2026, 3, 30, 16, 0, tzinfo=ZONE)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", Verb.values)
def test_every_pair_of_state_and_verb(status, verb):
    expected = ALLOWED.get((status, verb))
    assert can(status, Verb(verb)) is (expected is not None)
    if expected:
        assert next_status(status, Verb(verb)) == expected
    else:
        with pytest.raises(RecordError):
            next_status(status, Verb(verb))


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", Verb.values)
def test_x07_every_pair_of_state_and_verb_of_a_correction(status, verb):
    expected = CORRECTION.get((status, verb))
    assert can(status, Verb(verb), is_correction=True) is (expected is not None)
    if expected:
        assert next_status(status, Verb(verb), is_correction=True) == expected
    else:
        with pytest.raises(RecordError):
            next_status(status, Verb(verb), is_correction=True)


def test_x07_no_state_of_a_correction_counts():
    assert not (set(CORRECTION.values()) & COUNTING)


def test_a_refusal_says_state_and_verb():
    with pytest.raises(RecordError, match=r"“已通过”状态，不能撤回"):
        next_status(Status.APPROVED, Verb.WITHDRAW)


@pytest.mark.parametrize(
    "first, resubmit_by, now, expected",
    [
        (None, None, FIRST, FIRST),
        (FIRST, date(2026, 4, 10), datetime(2026, 4, 10, 23, 59, tzinfo=ZONE), FIRST),
        (
            FIRST,
            date(2026, 4, 10),
            datetime(2026, 4, 11, 0, 0, tzinfo=ZONE),
            datetime(2026, 4, 11, 0, 0, tzinfo=ZONE),
        ),
        (FIRST, None, datetime(2026, 4, 1, tzinfo=ZONE), datetime(2026, 4, 1, tzinfo=ZONE)),
    ],
    ids=["first filing", "back in time", "back too late", "withdrawn"],
)
def test_which_filing_decides(first, resubmit_by, now, expected):
    assert counts_from(first, resubmit_by, now) == expected


@pytest.mark.parametrize(
    "status, needs_review, expected",
    [
        ("draft", False, ("open", "草稿")),
        ("filed", True, ("pending", "待审核")),
        ("filed", False, ("done", "已提交，计入")),
        ("returned", True, ("returned", "已退回")),
        ("approved", True, ("done", "已通过")),
        ("void", False, ("exempt", "已作废")),
    ],
)
def test_word_and_mark_of_a_record(status, needs_review, expected):
    assert shown_status(status, needs_review) == expected
