from datetime import date

import pytest

from campaigns.rules.extensions import Held, date_refusal, lock_reason

DUE, TODAY = date(2026, 3, 31), date(2026, 3, 20)


@pytest.mark.parametrize(
    ("state", "is_closed", "reason"),
    [
        ("open", False, ""),
        ("returned", False, ""),
        ("done", False, "已经完成，不用延期。"),
        ("exempt", False, "已经免报，不用再办。"),
        ("open", True, "所在月份已经结账，结果不再变动。"),
    ],
)
def test_x05_what_is_locked_says_why(state, is_closed, reason):
    assert lock_reason(Held(state, DUE, is_closed)) == reason


@pytest.mark.parametrize(
    ("wanted", "today", "words"),
    [
        (date(2026, 4, 1), TODAY, ""),
        (date(2026, 6, 29), TODAY, ""),
        (DUE, TODAY, "新的截止日期应晚于原定的2026年3月31日。"),
        (date(2026, 4, 2), date(2026, 4, 3), "新的截止日期不能早于今天。"),
        (date(2026, 6, 30), TODAY, "一次最多延期 90 天，最晚到2026年6月29日。"),
    ],
)
def test_x05_a_new_day_lies_after_the_old_one_and_within_the_longest_stretch(wanted, today, words):
    assert date_refusal(DUE, wanted, today, 90) == words
