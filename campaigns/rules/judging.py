"""Whether a record counts for a metric, how much, and if not why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from campaigns.enums import Subject, Sums
from campaigns.rules.conditions import Facts, refusals
from campaigns.rules.metrics import Metric

NOBODY_OF = {
    Subject.MEMBER: "到会人员中没有本组织党员。",
    Subject.SECRETARY: "到会人员中没有本组织书记。",
    Subject.LEADER: "到会人员中没有党员领导干部。",
}


@dataclass(frozen=True)
class Verdict:
    """``amount`` is what the record adds: for personal metrics per person who was there, else for the organisation."""

    counted: bool
    amount: Decimal = Decimal(0)
    reason: str = ""
    people: int = 0


def judge(metric: Metric, facts: Facts, people_present: Mapping[str, int]) -> Verdict:
    """Judge one record; ``people_present`` tells per subject how many of its people were there."""
    reasons = refusals(metric.conditions, facts)
    people = people_present.get(metric.subject, 0)
    amount = facts.hours if metric.sums == Sums.PERSON_HOURS else Decimal(1)
    if metric.is_personal and not people:
        reasons.append(NOBODY_OF[metric.subject])
    if not amount:
        reasons.append("未填写时长。")
    if reasons:
        return Verdict(False, reason="".join(reasons)[:255], people=people)
    return Verdict(True, amount, people=people)
