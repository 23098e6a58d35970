from datetime import date

import pytest

from members.rules.standings import refusal, removal_due_on, suspension_due_on

JANUARY = date(2026, 1, 15)
RULES = {"joined_on": date(2010, 7, 1), "months": 6, "reason": ""}


def test_a_mark_begins_once():
    assert refusal("lost", JANUARY, {}, **RULES) is None
    assert refusal("lost", JANUARY, {"lost": JANUARY}, **RULES) == ("kind", "该党员已标记为失联。")


def test_not_before_joining():
    assert refusal("mobile", date(2010, 6, 30), {}, **RULES) == ("starts_on", "开始日期早于入党时间。")


def test_a_former_member_is_marked_no_more():
    assert refusal("lost", JANUARY, {"historical": JANUARY}, **RULES) == ("kind", "历史党员不能再作标记。")


@pytest.mark.parametrize(("day", "is_refused"), [(date(2026, 7, 14), True), (date(2026, 7, 15), False)])
def test_o04_suspended_after_six_months_of_searching(day, is_refused):
    found = refusal("suspended", day, {"lost": JANUARY}, **RULES)

    assert found == (("starts_on", "失联满 6 个月才能停止党籍，最早为2026年7月15日。") if is_refused else None)


def test_suspended_for_another_reason_says_which():
    assert refusal("suspended", JANUARY, {}, **RULES) == (
        "reason",
        "没有登记失联的，请写明停止党籍的原因和批准情况。",
    )
    assert refusal("suspended", JANUARY, {}, **{**RULES, "reason": "出国定居，经上级批准"}) is None


def test_the_day_of_a_short_month():
    assert suspension_due_on(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert removal_due_on(date(2024, 2, 29), 24) == date(2026, 2, 28)
