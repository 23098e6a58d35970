"""The reader measured on plans of other styles, and what it must reach on them together."""

import sys
from functools import cache

import pytest

from campaigns.queries.plan_files import plan_text
from campaigns.rules.reading.reader import read_plan
from campaigns.rules.reading.shapes import draft_form
from tests.campaigns.plans.measure import HERE, Measured, Score, measure, truths
from tests.campaigns.rules.reading.tables import TABLE

GOALS = {"targets": 0.85, "deadlines": 0.85, "structure": 0.95}


@cache
def measured() -> dict[str, Measured]:
    return {
        name: measure(draft_form(read_plan(plan_text(HERE / name, name), rules=TABLE)), truth)
        for name, truth in truths().items()
    }


@pytest.mark.parametrize("part", GOALS)
def test_x01_plans_of_other_styles_come_out_nearly_as_well(part, capsys):
    scores: list[Score] = [getattr(each, part) for each in measured().values()]
    whole = Score(
        wanted=sum(each.wanted for each in scores),
        given=sum(each.given for each in scores),
        right=sum(each.right for each in scores),
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{part}: {whole}\n")
    assert whole.f1 >= GOALS[part]
