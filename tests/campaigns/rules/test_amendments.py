from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.amendments import TargetChange, has_next, start_of

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("period", "with_running", "day"),
    [
        ("month", False, date(2026, 6, 1)),
        ("month", True, date(2026, 5, 1)),
        ("quarter", False, date(2026, 7, 1)),
        ("quarter", True, date(2026, 4, 1)),
        ("year", False, date(2027, 1, 1)),
        ("year", True, date(2026, 1, 1)),
        ("standing", False, date(2026, 6, 1)),
        ("event", False, date(2026, 6, 1)),
        ("once", False, date(2026, 1, 1)),
        ("once", True, date(2026, 1, 1)),
    ],
)
def test_c05_a_new_version_begins_with_a_period(period, with_running, day):
    assert start_of(period, 2026, TODAY, with_running=with_running) == day


@pytest.mark.parametrize(
    ("period", "today", "expected"),
    [
        ("month", TODAY, True),
        ("month", date(2026, 12, 1), False),
        ("quarter", date(2026, 9, 30), True),
        ("quarter", date(2026, 10, 1), False),
        ("year", TODAY, False),
        ("year", date(2025, 12, 20), True),
        ("event", TODAY, True),
        ("once", TODAY, False),
    ],
)
def test_c05_a_change_waits_only_for_a_period_of_the_campaigns_year(period, today, expected):
    assert has_next(period, 2026, today) == expected


def test_december_leads_to_january():
    assert start_of("month", 2026, date(2026, 12, 31), with_running=False) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, ""),
        ({"at_least": Decimal(0)}, "at_least"),
        ({"at_most": Decimal(1)}, "at_most"),
        ({"audience_kinds": ()}, "audience_kinds"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(fields, field):
    good = {"title": "主题党日", "at_least": Decimal(2), "at_most": None, "due_day": "", "by_day": None,
            "audience_kinds": ("branch",), "audience_group": "all"}  # fmt: skip
    assert TargetChange(**(good | fields)).refusal()[0] == field
