"""The sentence above a secretary's home."""

from dataclasses import dataclass
from datetime import date

import pytest

from desk.rules.homes import month_figure

TODAY = date(2026, 3, 20)


@dataclass
class Item:
    due_on: date
    state: str = "open"


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "3 月没有到期的任务"),
        ([Item(date(2026, 3, 22)), Item(date(2026, 3, 31))], "3 月还差 2 项，最近一项周日到期"),
        ([Item(date(2026, 3, 20))], "3 月还差 1 项，最近一项今天到期"),
        ([Item(date(2026, 3, 31))], "3 月还差 1 项，最近一项3月31日到期"),
        ([Item(date(2026, 3, 10)), Item(date(2026, 3, 31), "returned")], "3 月还差 2 项，其中 1 项已逾期"),
        ([Item(TODAY, "done"), Item(TODAY, "pending"), Item(TODAY, "exempt")], "3 月的 3 项任务都已完成"),
        ([Item(date(2026, 3, 10), "done"), Item(date(2026, 3, 26), "progress")], "3 月还差 1 项，最近一项周四到期"),
    ],
)
def test_what_is_left_of_the_month(items, words):
    assert month_figure(items, TODAY) == words
