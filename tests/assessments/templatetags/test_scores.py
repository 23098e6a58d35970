"""Points as pages show them."""

from decimal import Decimal

import pytest

from assessments.templatetags.scores import points


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Decimal("2.50"), "2.5"), (Decimal("20.00"), "20"), (Decimal("0.42"), "0.42"), (Decimal(0), "0"), (None, "—")],
)
def test_points_have_no_needless_noughts(value, expected):
    assert points(value) == expected
