"""The stages of a round in time."""

from datetime import date

import pytest

from assessments.enums import RoundStatus
from assessments.queries.round_page import steps_of
from tests.factories.assessments import RoundFactory


@pytest.mark.parametrize(
    ("status", "today", "expected"),
    [
        (RoundStatus.SELF_CHECK, date(2026, 6, 7), ["now", "", ""]),
        (RoundStatus.SELF_CHECK, date(2026, 6, 16), ["late", "", ""]),
        (RoundStatus.CHECK, date(2026, 6, 16), ["done", "now", ""]),
        (RoundStatus.FINAL, date(2026, 7, 1), ["done", "done", "late"]),
        (RoundStatus.PUBLISHED, date(2026, 7, 1), ["done", "done", "done"]),
    ],
)
def test_each_stage_is_done_or_running_or_late(status, today, expected):
    steps = steps_of(RoundFactory.build(status=status), today)

    assert [step.mark for step in steps] == expected
    assert [step.label for step in steps] == ["自查自评截止", "集中验收截止", "综合评估截止"]


def test_a_round_that_is_not_open_yet_says_from_when():
    first = steps_of(RoundFactory.build(), date(2026, 6, 7))[0]

    assert first.words == "6月8日开始"
