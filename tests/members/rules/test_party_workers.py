"""Gaps in party staff (O12)."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from members.rules.party_workers import StaffFacts, gaps, rotation_day, started_by
from office.rules.defaults import DEFAULTS
from office.rules.table import RuleTable, RuleValue

TABLE = RuleTable(
    {
        rule.code: RuleValue(
            rule.code, rule.name, rule.value, rule.unit, rule.basis, rule.is_secondary, rule.effective_from
        )
        for rule in DEFAULTS
    },
    date(2020, 1, 1),
)
ALL = {"deputy_secretary": 1, "discipline_secretary": 1, "discipline_member": 3}


def words(full=120, kind="committee", **duties):
    return [gap.words for gap in gaps(StaffFacts(kind, full, duties), TABLE)]


def test_o12_a_committee_with_all_its_staff():
    assert words(**ALL) == []


def test_o12_without_a_full_time_deputy():
    assert words(**{**ALL, "deputy_secretary": 0}) == ["没有配备专职副书记"]


@pytest.mark.parametrize(("full", "count"), [(99, 0), (100, 2)])
def test_o12_a_discipline_committee_from_a_size_on(full, count):
    assert len(words(full, deputy_secretary=1)) == count


def test_o12_a_gap_names_its_rule():
    gap = gaps(StaffFacts("committee", 120, {}), TABLE)[0]

    assert (gap.rule.code, gap.rule.value) == ("workers.deputies", 1)


@pytest.mark.parametrize("kind", ["branch", "general_branch", "work_committee"])
def test_o12_only_a_committee_needs_them(kind):
    assert words(kind=kind) == []


@pytest.mark.parametrize(
    ("starts_on", "due_on"), [(date(2021, 3, 1), date(2026, 3, 1)), (date(2024, 2, 29), date(2029, 2, 28))]
)
def test_o12_a_change_of_place_is_due_after_so_many_years(starts_on, due_on):
    assert rotation_day(starts_on, 5) == due_on


@given(today=st.dates(date(2010, 1, 1), date(2040, 1, 1)), before=st.integers(0, 4000), years=st.integers(1, 8))
@example(today=date(2029, 2, 28), before=1826, years=5)
def test_o12_the_database_is_asked_for_the_same_people_that_the_rule_names(today, before, years):
    starts_on = today - timedelta(days=before)

    assert (starts_on <= started_by(today, years)) == (rotation_day(starts_on, years) <= today)
