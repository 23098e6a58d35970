"""How far campaigns are: from the tallies for whole campaigns, from the assignments for their parts.

Both read the same verdicts, so that the parts add up to the whole. Each function is one query, whatever the number.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from branches.permissions import Scope
from campaigns.models import Assignment, Campaign, Tally, Task
from campaigns.queries.verdicts import annotate_verdict
from campaigns.rules.counts import Counts

_NAMES = ("expected", "exempt", "on_time", "late", "missing", "open")


def campaign_counts(scope: Scope, campaign_ids: Collection[int]) -> dict[int, Counts]:
    """Campaign → counts of everything dispatched so far, as far as the scope reaches."""
    rows = (
        Tally.objects.visible_to(scope)
        .filter(campaign__in=campaign_ids)
        .order_by()
        .values_list("campaign_id")
        .annotate(*(Sum(name) for name in _NAMES))
    )
    return {campaign: Counts(*counts) for campaign, *counts in rows}


def task_counts(scope: Scope, campaign: Campaign) -> dict[int, Counts]:
    """Task → counts of its own targets."""
    return _counts_by("task_id", Assignment.objects.visible_to(scope).filter(campaign=campaign))


def target_counts(scope: Scope, task: Task) -> dict[UUID, Counts]:
    """Lineage → counts, for the targets of one task: all versions of a target together."""
    return _counts_by("lineage", Assignment.objects.visible_to(scope).filter(task=task))


def day_counts(scope: Scope, campaign: Campaign, days: Collection[date]) -> dict[date, Counts]:
    """Due day → counts of what the campaign wants on exactly that day."""
    rows = Assignment.objects.visible_to(scope).filter(campaign=campaign, due_on__in=days)
    return _counts_by("due_on", rows)


def _counts_by(key: str, assignments: QuerySet[Assignment]) -> dict[Any, Counts]:
    rows = annotate_verdict(assignments).order_by().values_list(key, "verdict").annotate(count=Count("pk"))
    found: dict[Any, dict[str, int]] = {}
    for value, verdict, count in rows:
        counts = found.setdefault(value, dict.fromkeys(_NAMES, 0))
        counts[verdict] += count
        counts["expected"] += count
    return {value: Counts(**counts) for value, counts in found.items()}
