"""What presence counts for a leader, and the sentence when it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaigns.enums import ActivityPart as Part
from campaigns.rules.attended import (
    Attended,
    covered_share,
    double_life_refusal,
    guided_refusal,
    linked_lecture_refusal,
    reports_refusal,
)

BOTH = frozenset({Part.WORK_REPORT.value, Part.MATTERS_REPORT.value})
THERE = Attended(
    activity_id=1, member_id=2, name="周敏", title="主题党日", kind="theme_day", parts=frozenset(),
    held_on=date(2026, 3, 12), counts_from=datetime(2026, 3, 12, tzinfo=UTC), is_present=True, is_host=False,
    is_own=True,
)  # fmt: skip


@pytest.mark.parametrize(
    "each, told",
    [
        (replace(THERE, parts=BOTH), ""),
        (THERE, "还差：领导报告上月学习工作、领导报告个人有关事项。"),
        (replace(THERE, parts=BOTH, is_own=False), "不是本人所在支部的组织生活。"),
        (replace(THERE, parts=BOTH, is_present=False), "本人没有到会。"),
    ],
)
def test_n10_two_reports_in_the_own_branch(each: Attended, told: str) -> None:
    assert reports_refusal(each) == told


@pytest.mark.parametrize(
    "each, told",
    [
        (replace(THERE, is_host=True, is_present=False), ""),
        (replace(THERE, parts=frozenset({Part.GUIDED.value})), ""),
        (THERE, "记录内容未勾选“领导干部到会指导”。"),
        (replace(THERE, is_host=True, parts=frozenset({Part.HALTED.value})), "会议已叫停，重新召开并记录后计入。"),
    ],
)
def test_n09_guided(each: Attended, told: str) -> None:
    assert guided_refusal(each) == told


@pytest.mark.parametrize(
    "each, told",
    [
        (replace(THERE, is_host=True, is_own=False), ""),
        (replace(THERE, is_host=True), "在本人所在支部讲课，不属于联系点党课。"),
        (replace(THERE, is_own=False), "本人不是主讲人。"),
        (replace(THERE, is_host=True, is_own=False, is_linked=False), "讲课的党组织不是本人的联系点。"),
    ],
)
def test_n30_linked_lecture(each: Attended, told: str) -> None:
    assert linked_lecture_refusal(each) == told


def test_n27_both_sides_are_asked_for() -> None:
    assert double_life_refusal(0, 0) == "还差：支部组织生活、民主生活会。"
    assert double_life_refusal(2, 1) == ""


def test_a_share_is_of_those_expected_and_never_rounded_up() -> None:
    assert covered_share([1, 2, 9], [1, 2, 3]) == Decimal("0.66")
    assert covered_share([1], []) == 0
