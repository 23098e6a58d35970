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
from campaigns.queries.heirs import successors_of
from campaigns.rules.facts import NO_OCCASION
from partybuild.lib import clock


@transaction.atomic
def refresh(codes: Collection[str], organization_ids: Collection[int], *, on: date, until: date | None = None) -> None:
    """Count the assignments of these metrics anew, of these organisations, in whose period the day falls, or a day of
    the stretch from it ``until`` another.

    To be called at the end of the transaction that changed a fact. Organisations above are counted as well: some
    metrics add up what lies below.
    """
    count(_rows_of(codes, organization_ids).filter(starts_on__lte=until or on, ends_on__gte=on), also=organization_ids)


def countable() -> "QuerySet[Assignment]":
    """The assignments that facts may move: an exempt one only where it is exempt for want of an occasion; none of an
    organisation that is no more, whose registers its successor keeps: what it had completed stays so."""
    asked = ~Q(state=AssignmentState.EXEMPT) | Q(exempt_reason=NO_OCCASION)
    return Assignment.objects.filter(asked, metric__in=FACT_SOURCES, organization__dissolved_on=None)


def open_rows(codes: Collection[str], organization_ids: Collection[int]) -> "QuerySet[Assignment]":
    """Those of these metrics and organisations, and of the ones above, that are not closed or ended this year."""
    running = Q(closed_at=None) | Q(ends_on__gte=date(clock.today().year, 1, 1))
    rows = _rows_of(codes, organization_ids).filter(running, starts_on__lte=clock.today())
    return rows.order_by("organization_id", "pk")


def _rows_of(codes: Collection[str], organization_ids: Collection[int]) -> "QuerySet[Assignment]":
    asked = set(organization_ids)
    asked |= {heir for heirs in successors_of(asked).values() for heir in heirs}
    return countable().filter(metric__in=codes, organization__in=asked | _above(asked))


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
