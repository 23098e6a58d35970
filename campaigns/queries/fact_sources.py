"""Which metrics are counted from other rows than records of activities, and by which query.

A source takes ids of organisations and the first and last day of a period, and gives their facts in it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from campaigns.enums import MeasuredBy
from campaigns.queries import year_facts
from campaigns.rules import metrics
from campaigns.rules.facts import Fact

Source = Callable[[Collection[int], date, date], list[Fact]]


@dataclass(frozen=True)
class Place:
    """The register in which the facts of a metric are kept: its name and the URL name of its list."""

    label: str
    url_name: str


_HUB = Place("专项工作", "campaigns:work_list")
_YEAR_FACTS = Place("年度数据", "members:year_facts_list")

FACT_SOURCES: dict[str, Source] = {
    "ratio.dedicated_staff": year_facts.facts_of_dedicated_staff,
    "funds.per_head": year_facts.facts_of_funds_per_head,
    "funds.growth": year_facts.facts_of_funds_growth,
}
"""Code of the metric → its source."""

PLACES: dict[str, Place] = {
    "ratio.dedicated_staff": _YEAR_FACTS,
    "funds.per_head": _YEAR_FACTS,
    "funds.growth": _YEAR_FACTS,
}
"""Code of the metric → where its facts are kept; the hub of special work for those not named."""


def place_of(metric: str) -> Place | None:
    """Where the facts of a metric are kept; None for one that records or a checklist feed foremost."""
    return PLACES.get(metric, _HUB) if metrics.get(metric).measured_by == MeasuredBy.FACTS else None
