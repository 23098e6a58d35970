"""Totals, ranks and grades."""

from decimal import Decimal

import pytest

from assessments.enums import Grade
from assessments.rules import ranking

BANDS = {"good": Decimal(90), "fair": Decimal(80), "average": Decimal(60)}


def test_total_is_scaled_to_100_over_what_applies():
    assert ranking.total(Decimal("24.50"), Decimal("31.00")) == Decimal("79.03")
    assert ranking.total(Decimal(31), Decimal(31)) == Decimal("100.00")
    assert ranking.total(Decimal(0), Decimal(0)) is None


def test_ranks_are_among_the_same_kind_and_ties_share_one():
    totals = {
        1: ("branch", Decimal("90.00")),
        2: ("branch", Decimal("95.00")),
        3: ("branch", Decimal("90.00")),
        4: ("branch", Decimal("80.00")),
        5: ("committee", Decimal("70.00")),
    }

    assert ranking.ranks(totals) == {1: 2, 2: 1, 3: 2, 4: 4, 5: 1}


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("100", Grade.GOOD),
        ("90", Grade.GOOD),
        ("89.99", Grade.FAIR),
        ("80", Grade.FAIR),
        ("79.99", Grade.AVERAGE),
        ("60", Grade.AVERAGE),
        ("59.99", Grade.POOR),
        ("0", Grade.POOR),
    ],
)
def test_grades_by_the_bands(total, expected):
    assert ranking.grade(Decimal(total), BANDS) == expected


def test_bands_in_words():
    assert ranking.bands_text(BANDS) == "90 分以上为好，80 分以上为较好，60 分以上为一般，不足 60 分为差"
