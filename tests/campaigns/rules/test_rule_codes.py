"""The rule table of the floor below names kinds and metrics as text; here both are known."""

from campaigns.enums import ActivityKind
from campaigns.rules.metrics import METRICS, STUDY_KINDS
from office.rules.defaults import DEFAULTS, by_code

RULES = by_code()


def test_every_kind_of_activity_has_its_rule_and_name():
    named = {
        code.removeprefix("activity.kind."): rule.value["label"]
        for code, rule in RULES.items()
        if code.startswith("activity.kind.")
    }

    assert named == dict(ActivityKind.choices)


def test_every_frequency_is_that_of_a_metric():
    metrics = [rule.code.removeprefix("target.") for rule in DEFAULTS if rule.code.startswith("target.")]

    assert [code for code in metrics if code not in METRICS] == []
    assert [code for code in metrics if METRICS[code].unit != RULES[f"target.{code}"].unit] == []


def test_the_kinds_that_count_as_study_hours():
    assert set(RULES["study.kinds"].value) == {kind.value for kind in STUDY_KINDS}
