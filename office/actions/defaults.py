"""What every installation starts with: the rule table and the working calendar."""

from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from branches.actions import audit
from branches.permissions import Actor
from office.models import Rule, WorkDay
from office.rules.calendar import known_days
from office.rules.defaults import DEFAULTS
from partybuild.lib import clock

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Loaded:
    """How many rows were new."""

    rules: int
    days: int


@transaction.atomic
def load_defaults(*, by: Actor) -> Loaded:
    """Put in the shipped rules and the published days that are not there yet.

    Nothing that is there is changed: a rule that staff has given a successor, a day that staff has marked.
    """
    recorded_at = clock.now()
    rules = [
        Rule(
            code=rule.code,
            name=rule.name,
            value=rule.value,
            unit=rule.unit,
            basis=rule.basis,
            is_secondary=rule.is_secondary,
            effective_from=rule.effective_from,
            recorded_at=recorded_at,
        )
        for rule in DEFAULTS
    ]
    days = [WorkDay(day=day, is_workday=is_workday, note=note) for day, is_workday, note in known_days()]
    loaded = Loaded(_add_missing(Rule.objects.all(), rules), _add_missing(WorkDay.objects.all(), days))
    if loaded.rules or loaded.days:
        audit.record(by=by, verb="装入默认规则和日历", detail={"rules": loaded.rules, "days": loaded.days})
    return loaded


def _add_missing(queryset: "QuerySet[Row]", rows: list[Row]) -> int:
    before = queryset.count()
    queryset.bulk_create(rows, ignore_conflicts=True)
    return queryset.count() - before
