"""Figures of rectification for boards and scores, and facts that feed tasks (R05, N32)."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.queries.problem_figures import (
    facts_of_earlier,
    facts_of_immediate,
    facts_of_longer,
    facts_of_problems_solved,
    scores_of,
)
from campaigns.rules.problems import Deadline, Score
from tests.factories.branches import BranchFactory
from tests.factories.problems import CleanupCheckFactory, CleanupFactory, ClosedFactory, ProblemFactory, WorkingFactory

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def spring(move_clock):
    move_clock("2026-05-05T10:00:00+08:00")


@pytest.fixture
def branch():
    return BranchFactory()


def told(facts):
    return [(fact.organization_id, fact.amount) for fact in facts]


def test_r05_an_organisation_answers_for_all_below(branch):
    ClosedFactory(organization=branch)
    ProblemFactory(organization=branch)
    found = scores_of([branch.pk, branch.parent_id], *YEAR, date(2026, 5, 5))
    both = Score(raised=2, closed=1, on_time=1, overdue=1)
    assert found == {branch.pk: both, branch.parent_id: both}


def test_n32_the_share_of_problems_solved(branch):
    ClosedFactory(organization=branch)
    ProblemFactory(organization=branch)
    ProblemFactory(organization=branch, raised_on=date(2025, 12, 31))
    assert told(facts_of_problems_solved([branch.pk], *YEAR)) == [(branch.pk, Decimal("0.5"))]


def test_r03_immediate_and_longer_ones_are_counted_apart(branch):
    ClosedFactory(organization=branch)
    ClosedFactory(organization=branch, closed_on=date(2026, 4, 2))
    WorkingFactory(
        organization=branch, deadline=Deadline.LONGER, due_on=date(2026, 9, 1), effect_due_on=date(2026, 5, 3),
        effect_on=date(2026, 5, 1),
    )  # fmt: skip
    assert told(facts_of_immediate([branch.pk], *YEAR)) == [(branch.pk, Decimal("0.5"))]
    assert told(facts_of_longer([branch.pk], *YEAR)) == [(branch.pk, Decimal(1))]


@pytest.mark.parametrize(
    ("fields", "counted"),
    [({"effect_on": date(2026, 5, 3)}, True), ({"effect_on": date(2026, 5, 4)}, False), ({}, False)],
)
def test_r03_each_longer_problem_owes_its_effect_by_its_day(branch, fields, counted):
    problem = WorkingFactory(
        organization=branch, deadline=Deadline.LONGER, due_on=date(2026, 9, 1), effect_due_on=date(2026, 5, 3), **fields
    )
    may = (date(2026, 5, 1), date(2026, 5, 31))
    (fact,) = facts_of_longer([branch.parent_id], *may)
    assert (fact.key, fact.organization_id, fact.counted) == (
        f"problem-effect:{problem.pk}", branch.parent_id, counted,
    )  # fmt: skip
    assert facts_of_longer([branch.pk], date(2026, 6, 1), date(2026, 6, 30)) == []


def test_n25_earlier_items_are_those_of_years_before(branch):
    ClosedFactory(organization=branch, raised_on=date(2025, 3, 2))
    ProblemFactory(organization=branch, raised_on=date(2025, 3, 2))
    ProblemFactory(organization=branch)
    assert told(facts_of_earlier([branch.pk], *YEAR)) == [(branch.pk, Decimal("0.5"))]


def test_r05_without_problems_only_who_has_looked_is_told(branch):
    assert facts_of_immediate([branch.pk], *YEAR) == []
    CleanupCheckFactory(cleanup=CleanupFactory(issuer=branch.parent), organization=branch)
    assert told(facts_of_immediate([branch.pk], *YEAR)) == [(branch.pk, Decimal(1))]
