"""Each condition with a record that meets it and one that does not, and the sentence that is told."""

from dataclasses import replace

import pytest

from campaigns.enums import ActivityKind, ActivityPart, AttachmentSlot
from campaigns.rules import conditions
from campaigns.rules.conditions import Condition, Facts, refusals
from campaigns.rules.metrics import METRICS

ASSEMBLY = Facts(kind=ActivityKind.MEMBER_ASSEMBLY)
ARTEFACTS = frozenset({AttachmentSlot.PLAN, AttachmentSlot.RECORD, AttachmentSlot.PAPERS})
REPORTS = frozenset({ActivityPart.LIFE_REPORT, ActivityPart.DOUBLE_LIFE_REPORT, ActivityPart.DUES_REPORT})

PASSING = [
    (conditions.MEMBER_QUORUM, replace(ASSEMBLY, voters=16, voters_present=9)),
    (conditions.MEMBER_QUORUM, replace(ASSEMBLY, voters=3, voters_present=2)),
    (conditions.COMMITTEE_QUORUM, replace(ASSEMBLY, committee=5, committee_present=3)),
    (conditions.COMMITTEE_QUORUM, replace(ASSEMBLY, committee=4, committee_present=2)),
    (conditions.COMMITTEE_QUORUM, replace(ASSEMBLY, committee=0, committee_present=0)),
    (conditions.ALL_THREE_ARTEFACTS, replace(ASSEMBLY, slots=ARTEFACTS)),
    (conditions.ALL_THREE_ARTEFACTS, replace(ASSEMBLY, slots=ARTEFACTS | {AttachmentSlot.EVIDENCE})),
    (conditions.THREE_REPORTS, replace(ASSEMBLY, parts=REPORTS)),
    (conditions.NOT_HALTED, ASSEMBLY),
    (conditions.SECRETARY_LECTURES, replace(ASSEMBLY, hosted_by_secretary=True)),
    (conditions.LEADER_LECTURES, replace(ASSEMBLY, hosted_by_leader=True)),
    (conditions.LEADER_LECTURES, replace(ASSEMBLY, hosted_by_secretary=True)),
    (conditions.ANNOUNCED_POINTS, replace(ASSEMBLY, parts=frozenset({ActivityPart.POINTS}))),
]

FAILING = [
    (
        conditions.MEMBER_QUORUM,
        replace(ASSEMBLY, voters=16, voters_present=8, members=18, members_present=18),
        "有表决权的党员应到 16 人，实到 8 人，未超过半数。",
    ),
    (conditions.MEMBER_QUORUM, ASSEMBLY, "有表决权的党员应到 0 人，实到 0 人，未超过半数。"),
    (
        conditions.COMMITTEE_QUORUM,
        replace(ASSEMBLY, committee=5, committee_present=2),
        "支部委员 5 人，到会 2 人，不足半数。",
    ),
    (
        conditions.ALL_THREE_ARTEFACTS,
        replace(ASSEMBLY, slots=frozenset({AttachmentSlot.RECORD})),
        "还差：研讨计划、交流发言材料。上传后即可计入。",
    ),
    (
        conditions.THREE_REPORTS,
        replace(ASSEMBLY, parts=REPORTS - {ActivityPart.DUES_REPORT}),
        "还差：通报党费收缴使用情况。",
    ),
    (
        conditions.NOT_HALTED,
        replace(ASSEMBLY, parts=frozenset({ActivityPart.HALTED})),
        "会议已叫停，重新召开并记录后计入。",
    ),
    (conditions.SECRETARY_LECTURES, replace(ASSEMBLY, hosted_by_leader=True), "主讲人不是本组织现任书记。"),
    (conditions.LEADER_LECTURES, ASSEMBLY, "主讲人不是本组织现任书记或党员领导干部。"),
    (conditions.ANNOUNCED_POINTS, ASSEMBLY, "会议内容未勾选“通报积分情况”。"),
    (
        conditions.ANNOUNCED_POINTS,
        Facts(kind=ActivityKind.THEME_DAY, parts=frozenset({ActivityPart.POINTS})),
        "会议内容未勾选“通报积分情况”。",
    ),
]


def declared() -> set[str]:
    return {value.code for value in vars(conditions).values() if isinstance(value, Condition)}


@pytest.mark.parametrize(("condition", "facts"), PASSING)
def test_condition_holds(condition: Condition, facts: Facts) -> None:
    assert refusals((condition,), facts) == []


@pytest.mark.parametrize(("condition", "facts", "sentence"), FAILING)
def test_condition_is_refused_with_its_sentence(condition: Condition, facts: Facts, sentence: str) -> None:
    assert refusals((condition,), facts) == [sentence]


def test_every_condition_has_a_passing_and_a_failing_case() -> None:
    assert {condition.code for condition, _ in PASSING} == declared()
    assert {condition.code for condition, _, _ in FAILING} == declared()


def test_every_condition_is_used_by_a_metric() -> None:
    assert {condition.code for metric in METRICS.values() for condition in metric.conditions} == declared()


def test_all_refusals_are_told_in_order() -> None:
    both = (conditions.SECRETARY_LECTURES, conditions.COMMITTEE_QUORUM, conditions.ANNOUNCED_POINTS)

    told = refusals(both, replace(ASSEMBLY, committee=2, committee_present=1))

    assert told == ["主讲人不是本组织现任书记。", "会议内容未勾选“通报积分情况”。"]
