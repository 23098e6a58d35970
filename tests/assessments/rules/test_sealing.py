"""The canonical form and the hash."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.rules import sealing

ROW = {"total": Decimal("86.5"), "day": date(2026, 6, 30), "name": "支部", "basis": {"b": 1, "a": [1, "late"]}}


def test_a_row_has_one_form_whatever_the_order_of_its_keys():
    assert sealing.canonical(ROW) == (
        '{"basis":{"a":[1,"late"],"b":1},"day":"2026-06-30","name":"支部","total":"86.50"}'
    )
    assert sealing.canonical(dict(reversed(ROW.items()))) == sealing.canonical(ROW)
    assert sealing.canonical({"total": Decimal("86.50")}) == sealing.canonical({"total": Decimal("86.5")})


def test_the_hash_covers_every_row_and_their_order():
    first, second = {"a": 1}, {"a": 2}

    assert sealing.seal([first, second]) == sealing.seal([first], [second])
    assert sealing.seal([first, second]) != sealing.seal([second, first])
    assert sealing.seal([first]) != sealing.seal([first, second])
    assert sealing.seal([first]) == "e346432021b04179518d9614f3560ccd71354a4ee101ddcb893d6959a9d6301c"


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="no canonical form for object"):
        sealing.canonical({"a": object()})
