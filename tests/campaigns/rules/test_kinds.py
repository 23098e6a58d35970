"""What a form offers for a kind of activity and of organisation."""

from datetime import date

import pytest

from branches.enums import OrganizationKind
from campaigns.enums import ActivityKind, ActivityPart
from campaigns.rules import metrics
from campaigns.rules.kinds import KindRule, offered, parts_of, propose_title
from office.rules.defaults.kinds import KINDS

RULES = [KindRule.of(rule.code.removeprefix("activity.kind."), rule.value) for rule in KINDS]


def codes(rules: list[KindRule]) -> list[str]:
    return [rule.code for rule in rules]


def test_the_rule_table_words_every_kind():
    assert sorted(rule.code for rule in RULES) == sorted(ActivityKind.values)


def test_a_branch_is_offered_its_own_meetings_first():
    prominent, others = offered(OrganizationKind.BRANCH, RULES)
    assert codes(prominent) == [
        "member_assembly", "branch_committee", "group_meeting", "party_lecture", "theme_day", "study", "volunteer",
    ]  # fmt: skip
    assert "central_group" not in codes(prominent + others)
    assert codes(others)[-1] == "other"


def test_a_committee_is_offered_what_fits_a_committee():
    prominent, others = offered(OrganizationKind.COMMITTEE, RULES)
    assert codes(prominent)[:3] == ["committee_meeting", "central_group", "party_work"]
    assert "branch_committee" not in codes(prominent + others)


def test_every_kind_is_offered_to_somebody():
    everything = {rule.code for kind in OrganizationKind.values for rules in offered(kind, RULES) for rule in rules}
    assert everything == set(ActivityKind.values)


def test_every_content_that_feeds_a_metric_can_be_ticked_somewhere():
    feeding = {part for metric in metrics.METRICS.values() for part in metric.parts}
    offered_parts = {part for kind in ActivityKind for part in parts_of(kind)}
    assert feeding <= offered_parts


@pytest.mark.parametrize("kind", ActivityKind.values)
def test_no_content_is_offered_twice(kind):
    parts = parts_of(kind)
    assert len(parts) == len(set(parts))
    assert set(parts) <= set(ActivityPart)


@pytest.mark.parametrize(
    "kind, label, expected",
    [
        ("theme_day", "主题党日", "3 月主题党日"),
        ("party_lecture", "党课", "一季度党课"),
        ("organization_life", "组织生活会", "2026 年度组织生活会"),
    ],
)
def test_the_proposed_title(kind, label, expected):
    assert propose_title(kind, label, date(2026, 3, 12)) == expected
