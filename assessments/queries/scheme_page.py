"""A scheme as its page shows it."""

from dataclasses import dataclass, field
from decimal import Decimal

from assessments.models import Indicator, Scheme


@dataclass
class SchemeGroup:
    """A dimension with its indicators and their points together."""

    name: str
    indicators: list[Indicator] = field(default_factory=list)

    @property
    def points(self) -> Decimal:
        return sum((indicator.points for indicator in self.indicators), Decimal(0))


def scheme_groups(scheme: Scheme) -> list[SchemeGroup]:
    """The indicators of a scheme by dimension, in its order; one query."""
    groups: dict[int, SchemeGroup] = {}
    rows = scheme.indicators.select_related("dimension", "task", "target").order_by("position")
    for indicator in rows:
        group = groups.setdefault(indicator.dimension_id, SchemeGroup(indicator.dimension.name))
        group.indicators.append(indicator)
    return list(groups.values())
