"""The one written rule: points, and the words that come from it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.enums import Verdict
from assessments.rules import scoring
from assessments.rules.scoring import Figures, Item

HALF = Decimal("0.5")


def oracle(full: Decimal, verdicts: list[str], late_factor: Decimal) -> Decimal | None:
    """The rule said plainly: each that counts is worth a share of the full marks, a late one part of it."""
    counting = [verdict for verdict in verdicts if verdict != "exempt"]
    if not counting:
        return None
    worth = {"on_time": Fraction(1), "late": Fraction(late_factor), "missing": Fraction(0), "open": Fraction(0)}
    exact = sum((Fraction(full) / len(counting) * worth[verdict] for verdict in counting), Fraction(0))
    cents = int(exact * 100)
    if exact * 100 - cents >= Fraction(1, 2):
        cents += 1
    return Decimal(cents) / 100


verdicts_strategy = st.lists(st.sampled_from([verdict.value for verdict in Verdict]), max_size=40)
full_strategy = st.decimals(min_value="0.01", max_value=100, places=2)
factor_strategy = st.decimals(min_value=0, max_value=1, places=2)


@given(full_strategy, verdicts_strategy, factor_strategy)
def test_points_agree_with_the_rule_said_plainly(full, verdicts, late_factor):
    assert scoring.points(full, Figures.of(verdicts), late_factor) == oracle(full, verdicts, late_factor)


@given(full_strategy, verdicts_strategy, factor_strategy)
def test_points_lie_between_nought_and_full_marks(full, verdicts, late_factor):
    found = scoring.points(full, Figures.of(verdicts), late_factor)

    assert found is None or 0 <= found <= full


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (Figures(on_time=6), "2.50"),
        (Figures(on_time=5, late=1), "2.29"),
        (Figures(on_time=4, late=1, missing=1), "1.88"),  # 1.875, half up
        (Figures(late=6), "1.25"),
        (Figures(missing=4, open=2), "0.00"),
        (Figures(on_time=3, exempt=3), "2.50"),
    ],
)
def test_points_of_known_cases(figures, expected):
    assert scoring.points(Decimal("2.5"), figures, HALF) == Decimal(expected)


def test_nothing_that_counts_gives_no_points():
    assert scoring.points(Decimal(10), Figures(), HALF) is None
    assert scoring.points(Decimal(10), Figures(exempt=6), HALF) is None


def test_figures_count_verdicts():
    figures = Figures.of(["on_time", Verdict.LATE, "late", "missing", "open", "exempt"])

    assert figures == Figures(on_time=1, late=2, missing=1, open=1, exempt=1)
    assert (figures.expected, figures.counting) == (6, 5)


def test_rounding_is_half_up():
    assert scoring.rounded(Fraction(1, 200)) == Decimal("0.01")
    assert scoring.rounded(Fraction(3, 200)) == Decimal("0.02")
    assert Decimal("0.015").quantize(Decimal("0.01"), ROUND_HALF_UP) == scoring.rounded(Fraction(3, 200))


def test_rule_in_words_with_the_figures():
    assert (
        scoring.rule_text(Decimal("2.5"), Figures(on_time=5, late=1), HALF)
        == "应完成 6 期，按时每期得 0.42 分，补报得一半，缺 1 期扣 0.42 分。"
    )


def test_rule_in_words_names_exempt_ones_and_another_factor():
    assert (
        scoring.rule_text(Decimal(3), Figures(on_time=2, exempt=1), Decimal("0.6"))
        == "应完成 2 期（另有 1 期免报，不计），按时每期得 1.5 分，补报得 60 %，缺 1 期扣 1.5 分。"
    )
    assert "补报不得分" in scoring.rule_text(Decimal(3), Figures(on_time=2), Decimal(0))


def test_rule_in_words_when_nothing_counts():
    assert scoring.rule_text(Decimal(3), Figures(exempt=2), HALF) == "本期没有应完成的任务，不计分。"


def test_reckoning_shows_how_the_points_came_about():
    assert scoring.sum_text(Decimal("2.5"), Figures(on_time=5, late=1), HALF) == "2.5 ×（5 + 1 × 0.5）÷ 6 = 2.29"
    assert scoring.sum_text(Decimal("2.5"), Figures(on_time=5, missing=1), HALF) == "2.5 × 5 ÷ 6 = 2.08"
    assert scoring.sum_text(Decimal("2.5"), Figures(exempt=1), HALF) == ""


def test_figures_in_words():
    assert scoring.figures_text(Figures(on_time=5, late=1)) == "应完成 6 · 按时 5 · 补报 1 · 未完成 0"
    assert (
        scoring.figures_text(Figures(on_time=1, open=1, exempt=2))
        == "应完成 2 · 按时 1 · 补报 0 · 未完成 0 · 尚未完成 1 · 免报 2"
    )


def test_standard_of_the_scheme_says_the_rule_without_figures():
    assert scoring.standard("每月不少于 1 次") == "每月不少于 1 次；各期平分满分，补报折算，未完成不得分"
    assert len(scoring.standard("每" * 400)) == 255


def item(verdict: str, month: int) -> Item:
    return Item(f"{month}月", verdict, date(2026, month + 1, 8), date(2026, month + 1, 13))


def test_what_is_missing_to_full_marks():
    items = [item("on_time", 1), item("late", 2), item("missing", 3), item("open", 6), item("exempt", 5)]

    told = scoring.toward_full(Decimal(10), items, HALF, date(2026, 6, 20), is_final=False)

    assert told == [
        "2月为补报，少得 1.25 分",
        "3月未完成，少得 2.5 分",
        "6月在 2026年7月8日前完成，可得 2.5 分",
    ]


@pytest.mark.parametrize(
    ("on", "is_final", "expected"),
    [
        (date(2026, 7, 8), False, "6月在 2026年7月8日前完成，可得 10 分"),
        (date(2026, 7, 9), False, "6月在 2026年7月13日前补报，可得 5 分"),
        (date(2026, 7, 13), False, "6月在 2026年7月13日前补报，可得 5 分"),
        (date(2026, 7, 14), False, "6月未完成，少得 10 分"),
        (date(2026, 6, 20), True, "6月未完成，少得 10 分"),
    ],
)
def test_what_can_still_be_made_up_depends_on_the_day(on, is_final, expected):
    assert scoring.toward_full(Decimal(10), [item("open", 6)], HALF, on, is_final) == [expected]


def test_periods_that_stand_alike_are_told_together():
    items = [item("missing", 1), item("late", 2), item("missing", 3), item("late", 4), item("on_time", 5)]

    told = scoring.toward_full(Decimal(10), items, HALF, date(2026, 6, 20), is_final=False)

    assert told == ["1月、3月未完成，共少得 4 分", "2月、4月为补报，共少得 2 分"]


def test_full_marks_miss_nothing():
    assert scoring.toward_full(Decimal(10), [item("on_time", 1)], HALF, date(2026, 6, 20), is_final=False) == []
