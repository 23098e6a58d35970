"""Floors of a unit's year: dedicated party staff (N13), activity funds (N14)."""

from decimal import Decimal

import pytest

from members.rules.year_facts import dedicated_needed, judge_dedicated, judge_funds, per_head

SHARE = Decimal("0.02")
FLOOR = Decimal(600)


@pytest.mark.parametrize(
    ("staff", "needed"), [(1, 1), (49, 1), (50, 1), (51, 2), (100, 2), (101, 3), (1000, 20), (1001, 21)]
)
def test_n13_so_many_are_needed(staff, needed):
    assert dedicated_needed(staff, SHARE) == needed


def test_n13_enough_and_too_few():
    assert judge_dedicated(100, 2, SHARE).is_met is True
    too_few = judge_dedicated(101, 2, SHARE)
    assert (too_few.is_met, too_few.words) == (False, "101人应配3人，还差1人")
    assert too_few.value == Decimal(2) / 101


def test_n13_a_small_unit_names_one_person():
    assert judge_dedicated(12, 1, SHARE).is_met is True
    assert judge_dedicated(12, 0, SHARE).is_met is False


@pytest.mark.parametrize(("staff", "dedicated"), [(None, 1), (10, None), (0, 0)])
def test_n13_what_is_not_known_is_not_judged(staff, dedicated):
    assert judge_dedicated(staff, dedicated, SHARE).is_met is None


def test_n14_a_head_to_the_fen_half_up():
    assert per_head(Decimal("100"), 3) == Decimal("33.33")
    assert per_head(Decimal("100.01"), 2) == Decimal("50.01")
    assert per_head(None, 3) is None
    assert per_head(Decimal(1), 0) is None


def judged(budget, heads=100, *, is_in_budget=True, last_year=None):
    return judge_funds(
        None if budget is None else Decimal(budget), heads, FLOOR, is_in_budget=is_in_budget, last_year=last_year
    )


def test_n14_exactly_the_floor_is_enough():
    assert judged("60000").is_met is True
    short = judged("59999.99")
    assert short.is_met is False
    assert "还差0.01元" in short.words


def test_n14_it_must_stand_in_the_budget_and_not_be_less_than_last_year():
    assert judged("60000", is_in_budget=False).words == "未列入单位预算"
    assert judged("60000", last_year=Decimal("60000.01")).words == "低于上年的60000.01元"
    assert judged("60000", last_year=Decimal(60000)).is_met is True


def test_n14_without_figures_nothing_is_judged():
    assert judged(None).is_met is None
    assert judged("1", heads=0).is_met is None
