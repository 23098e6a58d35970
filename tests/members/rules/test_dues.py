from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules import dues
from office.rules.defaults import by_code

SHIPPED = by_code()
RATES = dues.Rates(SHIPPED["dues.rates"].value, SHIPPED["dues.retired_rates"].value, Decimal("0.20"))


@dataclass(frozen=True)
class Base:
    kind: str
    amount: Decimal
    effective_from: date
    until: date | None = None
    is_approved: bool = False


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("0.01", "0.00"),
        ("1", "0.01"),
        ("2999.99", "15.00"),
        ("3000.00", "15.00"),
        ("3000.01", "30.00"),
        ("5000.00", "50.00"),
        ("5000.01", "75.00"),
        ("10000.00", "150.00"),
        ("10000.01", "200.00"),
        ("23456.78", "469.14"),
    ],
)
def test_o07_the_rate_applies_to_the_whole_base(base, due):
    assert dues.due_of("working", Decimal(base), RATES).amount == Decimal(due)


@pytest.mark.parametrize(("base", "due"), [("5000.00", "25.00"), ("5000.01", "50.00"), ("12000", "120.00")])
def test_o07_retired_members_have_rates_of_their_own(base, due):
    assert dues.due_of("retired", Decimal(base), RATES).amount == Decimal(due)


def test_o07_fixed_sums_and_exemptions_have_no_rate():
    assert dues.due_of("fixed", Decimal("0.2"), RATES) == dues.Due(Decimal("0.20"))
    assert dues.due_of("exempt", Decimal(0), RATES) == dues.Due(Decimal("0.00"))


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.01"), ("0.015", "0.02"), ("0.0149", "0.01"), ("7", "7.00")]
)
def test_o07_fen_are_rounded_half_up(amount, rounded):
    assert str(dues.fen(Decimal(amount))) == rounded


@given(st.decimals(min_value="0.01", max_value="99999.99", places=2))
def test_o07_dues_lie_between_the_lowest_and_the_highest_rate(base):
    due = dues.due_of("working", base, RATES)

    assert dues.fen(base * Decimal("0.005")) <= due.amount <= dues.fen(base * Decimal("0.02"))
    assert due.amount == due.amount.quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("kind", "amount", "asks"),
    [("exempt", "0", True), ("fixed", "0.20", False), ("fixed", "5", True), ("working", "3000", False)],
)
def test_o07_what_a_superior_must_approve(kind, amount, asks):
    assert dues.needs_approval(kind, Decimal(amount), Decimal("0.20")) is asks


def test_o07_the_latest_base_counts_until_it_runs_out():
    january, march, may = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
    first = Base("working", Decimal(4000), january)
    exempt = Base("exempt", Decimal(0), march, until=date(2026, 4, 1), is_approved=True)
    raised = Base("working", Decimal(5000), march)
    bases = [raised, exempt, first]

    assert dues.base_for(bases, date(2025, 12, 1)) is None
    assert dues.base_for(bases, date(2026, 2, 1)) is first
    assert dues.base_for(bases, march) is exempt
    assert dues.base_for(bases, may) is raised


@pytest.mark.parametrize(
    ("joined_on", "owes"),
    [(None, True), (date(2026, 3, 31), True), (date(2026, 4, 1), False), (date(2010, 7, 1), True)],
)
def test_o07_a_probationary_member_owes_from_the_month_of_the_vote(joined_on, owes):
    assert dues.owes_in(date(2026, 3, 1), joined_on) is owes


@pytest.mark.parametrize(("key", "month"), [("2026-03", date(2026, 3, 1)), ("2026-12", date(2026, 12, 1))])
def test_a_month_is_read_and_written(key, month):
    assert dues.read_month(key) == month
    assert dues.month_key(month) == key


@pytest.mark.parametrize(
    "key", ["", "2026", "2026-13", "2026-00", "2026-3", "x", "2026-03-01", "0001-01", "２０２６-03"]
)
def test_what_is_no_month(key):
    assert dues.read_month(key) is None


def test_months_in_words():
    def m(year, month):
        return date(year, month, 1)

    assert dues.months_text([m(2026, 5), m(2026, 1), m(2026, 2), m(2026, 3)]) == "2026年1月至3月、5月"
    assert dues.months_text([m(2025, 11), m(2025, 12), m(2026, 1)]) == "2025年11月至2026年1月"
    assert dues.months_text([]) == ""
    assert dues.longest_run([m(2025, 11), m(2025, 12), m(2026, 1), m(2026, 3)]) == 3
    assert dues.longest_run([]) == 0


def test_the_calendar():
    assert dues.month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert dues.following(date(2025, 12, 1)) == date(2026, 1, 1)
    assert dues.months_of(2026)[-1] == date(2026, 12, 1)
