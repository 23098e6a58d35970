"""Points as pages show them."""

from decimal import Decimal

import pytest

from assessments.templatetags.scores import points, unbroken


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("2.50"), "2.5"), (Decimal("20.00"), "20"), (Decimal("0.42"), "0.42"), (Decimal(0), "0"), (None, "—")],
)
def test_points_have_no_needless_noughts(value, expected):
    assert points(value) == expected


def test_a_figure_stays_with_its_word():
    assert unbroken("应完成 6 · 尚未完成 2") == "应完成\N{NO-BREAK SPACE}6 · 尚未完成\N{NO-BREAK SPACE}2"
