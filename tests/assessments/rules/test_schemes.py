"""100 points shared out."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import IndicatorKind
from assessments.rules.schemes import Ask, share_out, split


def ask(number: int, metric: str = "activity.theme_day") -> Ask:
    return Ask(task_id=number, target_id=number, name=f"指标{number}", standard="每月不少于 1 次", metric=metric)


@pytest.mark.parametrize(
    ("total", "count", "expected"),
    [
        ("100", 5, ["20"] * 5),
        ("100", 6, ["17", "17", "16.5", "16.5", "16.5", "16.5"]),
        ("100", 3, ["33.5", "33.5", "33"]),
        ("20", 8, ["2.5"] * 8),
        ("20", 12, ["2", "2", "2", "2", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5", "1.5"]),
        ("2", 5, ["0.4"] * 5),
        ("1", 12, ["0.09"] * 4 + ["0.08"] * 8),
    ],
)
def test_split_in_half_points_then_finer(total, count, expected):
    assert split(Decimal(total), count) == [Decimal(part) for part in expected]


@given(st.integers(1, 200).map(lambda halves: Decimal(halves) / 2), st.integers(1, 50))
def test_parts_add_up_exactly_and_differ_by_one_step(total, count):
    parts = split(total, count)

    assert sum(parts) == total
    assert min(parts) > 0
    assert max(parts) - min(parts) <= Decimal("0.5")


def test_dimensions_share_equally_whatever_they_ask():
    lines = share_out([(1, [ask(1), ask(2)]), (2, [ask(3)]), (3, [])])

    assert [(line.dimension_id, line.ask.task_id, line.points) for line in lines] == [
        (1, 1, Decimal(25)),
        (1, 2, Decimal(25)),
        (2, 3, Decimal(50)),
    ]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=9))
def test_a_scheme_has_100_points(sizes):
    lines = share_out([(place, [ask(each) for each in range(size)]) for place, size in enumerate(sizes)])

    assert sum(line.points for line in lines) == (100 if any(sizes) else 0)


def test_a_checklist_is_graded_by_hand():
    assert ask(1, "manual").kind == IndicatorKind.MANUAL
    assert ask(1, "room.standard").kind == IndicatorKind.METERED
