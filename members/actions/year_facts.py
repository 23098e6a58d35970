"""Writing down the figures of a unit's year (N13, N14)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.models import YearFacts
from partybuild.lib import clock

EDITABLE = ("staff", "dedicated_staff", "funds_budget", "is_in_budget", "funds_spent", "remark")


@transaction.atomic
def record_year_facts(*, by: Actor, organization: Organization, year: int, changes: Mapping[str, Any]) -> YearFacts:
    """Set fields of ``EDITABLE`` for the organisation and year; what is the same leaves no trace."""
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    facts = YearFacts.objects.filter(organization=organization, year=year).first()
    if facts is None:
        facts = YearFacts(organization=organization, year=year)
    changed = [field for field, value in changes.items() if getattr(facts, field) != value]
    if facts.pk and not changed:
        return facts
    before = {field: str(getattr(facts, field)) for field in changed if facts.pk}
    for field in changed:
        setattr(facts, field, changes[field])
    facts.recorded_at, facts.recorded_by_id = clock.now(), by.user_id
    facts.full_clean(exclude=["recorded_by"])
    facts.save()
    detail = {"before": before, "after": {field: str(changes[field]) for field in changed}}
    audit.record(by=by, verb=f"填报{year}年度数据", obj=facts, organization=organization, detail=detail)
    return facts
