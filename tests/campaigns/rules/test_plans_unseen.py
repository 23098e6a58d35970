"""The reader on invented plans of other styles than the five sources: X01.

The goals: F1 of stated targets, of deadlines and of structure at least 0.95 on the mean of all plans, which the reader
has since seen; no single plan may fall far below.
"""

from statistics import mean
from types import SimpleNamespace
from typing import Any

import pytest

from campaigns.queries.plan_files import stream_text
from campaigns.rules.reading.reader import read_plan
from campaigns.rules.reading.shapes import Reading, draft_form
from tests.campaigns.plans.build_documents import build
from tests.campaigns.plans.measure import HERE, Measured, Score, measure, report, truths

GOALS = {"targets": 0.95, "deadlines": 0.95, "structure": 0.95}
FLOORS = {"targets": 0.9, "deadlines": 0.9, "structure": 0.9}
RULES: Any = SimpleNamespace(values={})
TRUTHS = truths()


def read(name: str) -> Reading:
    with (HERE / name).open("rb") as stream:
        return read_plan(stream_text(stream, name), rules=RULES)


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    return {name: measure(draft_form(read(name)), truth) for name, truth in TRUTHS.items()}


@pytest.mark.parametrize("part", GOALS)
def test_x01_unseen_plans_come_out_nearly_as_well(measured: dict[str, Measured], part: str) -> None:
    scores = {name: getattr(each, part) for name, each in measured.items()}
    assert mean(score.f1 for score in scores.values()) >= GOALS[part], {name: str(s) for name, s in scores.items()}


@pytest.mark.parametrize("name", TRUTHS)
@pytest.mark.parametrize("part", FLOORS)
def test_x01_no_plan_falls_far_below(measured: dict[str, Measured], name: str, part: str) -> None:
    score: Score = getattr(measured[name], part)
    assert score.f1 >= FLOORS[part], report(name, measured[name])


@pytest.mark.parametrize("name", TRUTHS)
def test_x01_every_finding_stands_in_the_document(name: str) -> None:
    reading = read(name)
    assert [each for each in reading.findings if reading.text[each.start : each.end] != each.sentence] == []


@pytest.mark.parametrize("name", TRUTHS)
def test_what_is_to_be_found_stands_in_the_document(name: str) -> None:
    text = read(name).text
    truth = TRUTHS[name]
    phrases = [each["phrase"] for key in ("targets", "deadlines") for each in truth[key]]
    numbers = {task["number"] for task in truth["tasks"]}
    assert [phrase for phrase in phrases if phrase not in text] == []
    assert {each["task"] for each in truth["targets"] if each.get("task")} <= numbers


def test_the_documents_are_those_of_their_script(tmp_path) -> None:
    build(tmp_path)
    for name in ("06-model.docx", "07-notice.docx", "15-company.docx", "17-court.docx"):
        with (tmp_path / name).open("rb") as made, (HERE / name).open("rb") as kept:
            assert stream_text(made, name) == stream_text(kept, name)


def test_the_measure_counts_what_is_missed_and_what_is_wrong() -> None:
    wanted = {
        "task": "1",
        "at_least": "8",
        "unit": "次",
        "period": "year",
        "subject": "organization",
        "metric": "manual",
    }
    truth = {
        "tasks": [{"number": "1", "title": "学习"}], "deadlines": [], "stages": [], "cadences": [], "leading_group": [],
        "targets": [{**wanted, "phrase": "8次"}, {**wanted, "at_least": "2", "phrase": "2次"},
                    {**wanted, "at_least": "5", "phrase": "5次", "open": True}],
    }  # fmt: skip
    given = [{**wanted, "phrase": "不少于8次"}, {**wanted, "at_least": "5"}, {**wanted, "at_least": "3"}]
    draft = {"dimensions": [{"name": "", "tasks": [{"number": "1", "title": "学习", "targets": given}]}]}
    score = measure(draft, truth).targets
    assert (score.wanted, score.given, score.right) == (2, 2, 1)
    assert measure(draft, truth).structure.f1 == 1
