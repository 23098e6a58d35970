"""Keeps a read plan within what ``plan_from_data`` takes, so that it can be kept as JSON and read back."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from campaigns.rules.plans import (
    Plan,
    PlanCadence,
    PlanChecklistItem,
    PlanDimension,
    PlanMilestone,
    PlanSeat,
    PlanStage,
    PlanTarget,
    PlanTask,
)

_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_TEXTS = ("name", "title", "level", "source", "role", "holder", "phrase", "wording", "text", "note", "deliverable")
_COMPULSORY: dict[type, tuple[str, ...]] = {
    Plan: ("name",), PlanDimension: ("name",), PlanTask: ("title",), PlanChecklistItem: ("text",),
    PlanMilestone: ("title",), PlanStage: ("name",), PlanCadence: ("title",), PlanSeat: ("role", "holder"),
}  # fmt: skip
UNTITLED = "（无标题）"


def is_sound(target: PlanTarget) -> bool:
    """Whether the amounts of a target are numbers that a target may hold."""
    if not _AMOUNT.fullmatch(target.at_least) or Decimal(target.at_least) <= 0:
        return False
    if target.at_most and (not _AMOUNT.fullmatch(target.at_most) or Decimal(target.at_most) < Decimal(target.at_least)):
        return False
    return bool(target.phrase.strip() and target.unit.strip())


def tidy(plan: Plan) -> Plan:
    """The plan with the blanks around its texts removed, and a mark for a title of which nothing is left."""
    tidied: Plan = _tidied(plan)
    return tidied


def _tidied(part: Any) -> Any:
    changes: dict[str, Any] = {}
    for name, value in vars(part).items():
        if isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
            changes[name] = tuple(_tidied(each) for each in value)
        elif isinstance(value, str) and name in _TEXTS:
            changes[name] = value.strip() or (UNTITLED if name in _COMPULSORY.get(type(part), ()) else "")
    return replace(part, **changes)
