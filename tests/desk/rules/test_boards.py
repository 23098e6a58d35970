"""The order of a board's lines."""

from dataclasses import dataclass

import pytest

from desk.rules.boards import SORTS, behind, sorted_lines
from desk.rules.figures import Figures


@dataclass
class Row:
    name: str
    figures: Figures
    change: float | None
    position: tuple[int, int]


ROWS = [
    Row("丙", Figures(10, 0, 5, 0, 5), -2.0, (3, 3)),
    Row("甲", Figures(10, 0, 9, 0, 0), 1.0, (1, 1)),
    Row("丁", Figures(2, 2, 0, 0, 0), None, (4, 4)),
    Row("乙", Figures(20, 0, 8, 10, 2), None, (2, 2)),
]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("-rate", "甲乙丙丁"),
        ("rate", "丙甲乙丁"),
        ("-on_time", "甲丙乙丁"),
        ("-change", "甲丙乙丁"),
        ("change", "丙甲乙丁"),
        ("-due", "乙甲丙丁"),
        ("-overdue", "丙乙甲丁"),
        ("name", "甲乙丙丁"),
        ("-name", "丁丙乙甲"),
    ],
)
def test_without_a_value_last_and_equals_in_the_order_of_the_tree(sort, names):
    assert sort in SORTS
    assert "".join(row.name for row in sorted_lines(ROWS, sort)) == names


def test_who_is_behind():
    assert "".join(row.name for row in behind(ROWS)) == "丙乙甲"
    even = [Row("甲", Figures(10, 0, 8, 0, 0), None, (1, 1)), Row("乙", Figures(10, 0, 2, 0, 0), None, (2, 2))]
    assert "".join(row.name for row in behind(even)) == "乙甲"
