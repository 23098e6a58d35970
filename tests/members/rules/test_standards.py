"""Items and steps of the sheets of standards; the reach of a plan (O16)."""

from datetime import date

from members.enums import SheetState
from members.rules.standards import after, wordings
from members.rules.weak_branches import last_day
from office.rules.defaults import by_code


def test_o16_six_items_are_worded_and_seven_slots_are_open():
    rules = by_code()
    items = wordings(rules["standard.items.standardised"].value, rules["standard.items.seven"].value)

    assert [item.label for item in items if not item.is_open] == [
        "领导班子规范化", "骨干队伍规范化", "组织生活规范化", "党建阵地规范化", "制度机制规范化", "工作业绩群众满意",
    ]  # fmt: skip
    assert [item.label for item in items if item.is_open] == [f"第{number}项：待填写" for number in "一二三四五六七"]
    assert len({item.code for item in items}) == 13


def test_o16_a_slot_that_was_worded_is_open_no_more():
    assert [item.is_open for item in wordings([], ["第一项：待填写", "一套制度"])] == [True, False]


def test_o16_what_may_follow_what():
    assert after("answer", SheetState.RETURNED) == SheetState.DRAFT
    assert after("answer", SheetState.CONFIRMED) is None
    assert after("confirm", SheetState.DRAFT) is None
    assert after("reopen", SheetState.CONFIRMED) == SheetState.DRAFT


def test_o16_a_plan_reaches_three_years():
    assert last_day(date(2026, 3, 2), 3) == date(2029, 3, 2)
