"""Conditions that a record must meet to count, each with the sentence that explains a refusal.

Facts of a record come as plain data (``Facts``); nothing here reads the database or the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from campaigns.enums import ActivityKind, ActivityPart, AttachmentSlot


@dataclass(frozen=True)
class Facts:
    """What the rules may know of one activity.

    ``voters`` are members with the right to vote on the day (full members), ``committee`` the holders of a seat on the
    branch committee; ``*_present`` count those of them who were there. ``hosted_by_secretary`` tells whether the host
    or lecturer holds the secretary's office, ``leaders_present`` how many holders of a leader's office were there.
    """

    kind: str
    parts: frozenset[str] = frozenset()
    slots: frozenset[str] = frozenset()
    hours: Decimal = Decimal(0)
    members: int = 0
    members_present: int = 0
    voters: int = 0
    voters_present: int = 0
    committee: int = 0
    committee_present: int = 0
    leaders_present: int = 0
    hosted_by_secretary: bool = False
    hosted_by_leader: bool = False


@dataclass(frozen=True)
class Condition:
    """One requirement: a name for the rule table, the test, and what to tell when it fails."""

    code: str
    holds: Callable[[Facts], bool]
    sentence: Callable[[Facts], str]


def _member_quorum(facts: Facts) -> bool:
    return facts.voters > 0 and facts.voters_present * 2 > facts.voters


def _committee_quorum(facts: Facts) -> bool:
    return facts.committee == 0 or facts.committee_present * 2 >= facts.committee


def _missing_slots(facts: Facts) -> list[str]:
    wanted = (AttachmentSlot.PLAN, AttachmentSlot.RECORD, AttachmentSlot.PAPERS)
    return [slot.label for slot in wanted if slot.value not in facts.slots]


def _missing_parts(facts: Facts, *wanted: ActivityPart) -> list[str]:
    return [part.label for part in wanted if part.value not in facts.parts]


THREE = (ActivityPart.LIFE_REPORT, ActivityPart.DOUBLE_LIFE_REPORT, ActivityPart.DUES_REPORT)

# domain-rules: valid with more than half of those with voting rights present.
MEMBER_QUORUM = Condition(
    "member_quorum",
    _member_quorum,
    lambda f: f"有表决权的党员应到 {f.voters} 人，实到 {f.voters_present} 人，未超过半数。",
)
# domain-rules: valid only with at least half of the committee; a branch without a committee has no quorum to miss.
COMMITTEE_QUORUM = Condition(
    "committee_quorum",
    _committee_quorum,
    lambda f: f"支部委员 {f.committee} 人，到会 {f.committee_present} 人，不足半数。",
)
# TJ 二（一）二: 有研讨计划、有研讨记录、有交流发言材料.
ALL_THREE_ARTEFACTS = Condition(
    "three_artefacts",
    lambda f: not _missing_slots(f),
    lambda f: f"还差：{'、'.join(_missing_slots(f))}。上传后即可计入。",
)
# TS 二（三）: the assembly reports on three matters.
THREE_REPORTS = Condition(
    "three_reports",
    lambda f: not _missing_parts(f, *THREE),
    lambda f: f"还差：{'、'.join(_missing_parts(f, *THREE))}。",
)
# SX 二（三）5 and TJ 二（一）二: the secretary himself lectures.
SECRETARY_LECTURES = Condition(
    "secretary_lectures",
    lambda f: f.hosted_by_secretary,
    lambda f: "主讲人不是本组织现任书记。",
)
LEADER_LECTURES = Condition(
    "leader_lectures",
    lambda f: f.hosted_by_secretary or f.hosted_by_leader,
    lambda f: "主讲人不是本组织现任书记或党员领导干部。",
)
# TJ 二（二）四: read out at a 党员大会.
ANNOUNCED_POINTS = Condition(
    "points_announced",
    lambda f: f.kind == ActivityKind.MEMBER_ASSEMBLY and ActivityPart.POINTS in f.parts,
    lambda f: "会议内容未勾选“通报积分情况”。",
)

# MF 一、2: a meeting of poor quality is halted and held again (叫停机制).
NOT_HALTED = Condition(
    "not_halted",
    lambda f: ActivityPart.HALTED not in f.parts,
    lambda f: "会议已叫停，重新召开并记录后计入。",
)


def refusals(conditions: tuple[Condition, ...], facts: Facts) -> list[str]:
    """The sentences of all conditions that do not hold, in order; empty when the record counts."""
    return [condition.sentence(facts) for condition in conditions if not condition.holds(facts)]
