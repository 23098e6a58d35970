"""The rule table as a value."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from office.rules.table import RuleTable, RuleValue

DAY = date(2020, 1, 1)


def _table(**values: object) -> RuleTable:
    return RuleTable(
        {code: RuleValue(code, code, value, "", "依据", False, DAY) for code, value in values.items()}, DAY
    )


def test_values_by_kind():
    table = _table(a=5, b="0.02", c="党员", d=["好", "差"], e={"good": 90})

    assert table.int("a") == 5
    assert table.decimal("a") == Decimal(5)
    assert table.decimal("b") == Decimal("0.02")
    assert table.text("c") == "党员"
    assert table.list("d") == ["好", "差"]
    assert table.dict("e") == {"good": 90}


@pytest.mark.parametrize(
    ("written", "share"), [("1/3", Fraction(1, 3)), ("0.02", Fraction(1, 50)), (1, Fraction(1)), (0.5, Fraction(1, 2))]
)
def test_shares(written, share):
    assert _table(a=written).fraction("a") == share


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("5", "int"),
        (True, "int"),
        (1.0, "int"),
        ("1/3", "decimal"),
        (True, "decimal"),
        ([1], "decimal"),
        ("1/0", "fraction"),
        ("三分之一", "fraction"),
        (5, "text"),
        ("好", "list"),
        (["好"], "dict"),
    ],
)
def test_another_kind_of_value_is_refused_and_named(value, asked):
    with pytest.raises(TypeError, match="'a'"):
        getattr(_table(a=value), asked)("a")


def test_a_missing_rule_is_named():
    with pytest.raises(KeyError, match=r"no rule 'x\.y' in the rule table of 2020-01-01"):
        _table().int("x.y")


def test_what_is_taken_out_can_be_changed_without_harm():
    table = _table(a=["好"], b={"good": 90})

    table.list("a").append("差")
    table.dict("b")["fair"] = 80

    assert table.list("a") == ["好"]
    assert table.dict("b") == {"good": 90}


def test_the_basis_of_a_secondary_figure_asks_to_be_checked():
    first = RuleValue("a", "甲", 1, "", "某条例", False, DAY)
    second = RuleValue("b", "乙", 1, "", "某条例", True, DAY)
    table = RuleTable({"a": first, "b": second}, DAY)

    assert table.basis("a") == "某条例"
    assert table.basis("b") == "请按本地规定核对"


def test_rules_by_the_beginning_of_their_code():
    table = _table(**{"activity.kind.study": 1, "activity.kind.other": 2, "activity.other": 3})

    assert {code: rule.value for code, rule in table.starting_with("activity.kind.")} == {"study": 1, "other": 2}
