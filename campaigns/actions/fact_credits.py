"""Counting facts: what other rows than records of activities say of an assignment. Source: X02, N13–N34.

Locks are taken in the house's order: organisations, assignments by id, tallies by id.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from branches.models import Organization
from campaigns.actions import crediting
from campaigns.actions.fact_rows import write_facts
from campaigns.enums import AssignmentState
from campaigns.models import Assignment
from campaigns.queries.fact_sources import FACT_SOURCES
from campaigns.rules.facts import NO_OCCASION


@transaction.atomic
def refresh(codes: Collection[str], organization_ids: Collection[int], *, on: date) -> None:
    """Count the assignments of these metrics anew, of these organisations, in whose period the day falls.

    To be called at the end of the transaction that changed a fact. Organisations above are counted as well: some
    metrics add up what lies below.
    """
    known = [code for code in codes if code in FACT_SOURCES]
    organizations = set(organization_ids) | _above(organization_ids)
    rows = fact_rows_of(known, organizations).filter(starts_on__lte=on, ends_on__gte=on)
    count(rows, also=organization_ids)


def fact_rows_of(codes: Collection[str], organization_ids: Collection[int]) -> "QuerySet[Assignment]":
    """The assignments that facts may move: an exempt one only where it is exempt for want of an occasion."""
    asked = ~Q(state=AssignmentState.EXEMPT) | Q(exempt_reason=NO_OCCASION)
    return Assignment.objects.filter(asked, metric__in=codes, organization__in=organization_ids)


def count(rows: "QuerySet[Assignment]", *, also: Collection[int] = ()) -> int:
    """Lock these assignments and their organisations, bring their facts up to date and count them; how many."""
    found = list(rows.values_list("pk", "organization_id"))
    for organization_id in sorted({organization for _, organization in found} | set(also)):
        crediting.lock_organization(organization_id, for_dispatch=True)
    locked = list(Assignment.objects.filter(pk__in=[pk for pk, _ in found]).order_by("pk").select_for_update())
    write_facts(locked)
    crediting.recount(locked)
    return len(locked)


def _above(organization_ids: Collection[int]) -> set[int]:
    paths = Organization.objects.filter(pk__in=organization_ids).values_list("path", flat=True)
    return {int(part) for path in paths for part in path.strip("/").split("/")} - set(organization_ids)
