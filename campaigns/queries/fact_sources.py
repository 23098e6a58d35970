"""Which metrics are counted from other rows than records of activities, and by which query.

A source takes ids of organisations and the first and last day of a period, and gives their facts in it.
"""

from collections.abc import Callable, Collection
from datetime import date

from campaigns.rules.facts import Fact

Source = Callable[[Collection[int], date, date], list[Fact]]

FACT_SOURCES: dict[str, Source] = {}
"""Code of the metric → its source."""
