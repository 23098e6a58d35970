"""What a shipped rule is, and how its value is built."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

EFFECTIVE_FROM = date(2020, 1, 1)
PORTAL_BASIS = "平台默认值，由工委确定"


class Shape(Enum):
    """How the value of a rule is built."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    LIST = "list"
    BANDS = "bands"
    FREQUENCY = "frequency"
    RATES = "rates"
    CAPPED = "capped"
    KIND = "kind"


@dataclass(frozen=True)
class DefaultRule:
    """One row of the rule table as shipped; ``is_secondary`` marks what was found only in secondary copies."""

    code: str
    name: str
    value: Any
    unit: str
    basis: str
    shape: Shape = Shape.INTEGER
    is_secondary: bool = False
    effective_from: date = EFFECTIVE_FROM


def frequency(
    metric: str,
    name: str,
    period: str,
    basis: str,
    at_least: str = "1",
    unit: str = "次",
    is_secondary: bool = False,
) -> DefaultRule:
    """How often the thing that this metric counts takes place."""
    value = {"at_least": at_least, "period": period}
    return DefaultRule(f"target.{metric}", name, value, unit, basis, Shape.FREQUENCY, is_secondary)
