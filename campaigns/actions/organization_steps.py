"""What happens to tasks when organisations or their people change. Single steps: only compositions may import them.

Source: model.md "The life of an assignment – Organisations". Closed rows never change. Locks are taken in one order:
organisations, assignments by id, tallies by id.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from branches.models import Organization
from campaigns.actions import crediting, tallies
from campaigns.enums import AssignmentState, CampaignStatus, Subject
from campaigns.models import Activity, Answer, Assignment, Campaign, Tally
from campaigns.queries.units import units_below
from campaigns.rules.activities import WAITING

_PATHS = """
UPDATE {table} t SET path = o.path FROM branches_organization o
 WHERE o.id = t.organization_id AND t.id = ANY(%s) AND t.path <> o.path
"""


@transaction.atomic
def recount_people(*, organizations: Collection[int], since: date) -> int:
    """Count the open personal tasks of these organisations again, from the people who are there now; how many."""
    _lock(organizations)
    rows = _open_rows(organizations).filter(ends_on__gte=since).exclude(subject=Subject.ORGANIZATION)
    locked = _locked(rows.exclude(state=AssignmentState.EXEMPT))
    crediting.recount(locked)
    return len(locked)


@transaction.atomic
def follow_move(*, organization: Organization) -> int:
    """The open tasks of an organisation that has moved, and of all below it, get their new unit and path; how many.

    What waits for review goes to the new line; counts of months that are closed keep the path of their time.
    """
    below = list(Organization.objects.below(organization).values_list("pk", flat=True))
    _lock(below)
    ids = [row.pk for row in _locked(_open_rows(below))]
    units = units_below(organization.path, date.min)
    for unit_id, organizations in units.items():
        Assignment.objects.filter(pk__in=ids, organization__in=organizations).exclude(unit=unit_id).update(unit=unit_id)
    counts = Tally.objects.filter(organization__in=below, frozen_at=None).order_by("pk").select_for_update()
    _write_paths("campaigns_assignment", ids)
    _write_paths("campaigns_tally", [tally.pk for tally in counts])
    for unit_id, organizations in units.items():
        _hand_on_reviews(organizations, unit_id, below)
    return len(ids)


@transaction.atomic
def exempt_absorbed(*, organization: Organization, successor: Organization, on: date) -> int:
    """What an absorbed organisation has not completed ends exempt; how many. What was completed stays so, but for tasks
    of its people in periods that reach beyond the day: they are asked of them at the successor.
    """
    rows = _open_rows([organization.pk])
    handed_on = ~Q(subject=Subject.ORGANIZATION) & Q(ends_on__gte=on)
    return _exempt(organization, rows.filter(handed_on | ~Q(state=AssignmentState.DONE)), f"已并入{successor.name}")


@transaction.atomic
def exempt_dissolved(*, organization: Organization, on: date) -> int:
    """A dissolved organisation is exempt from the tasks of the periods that reach beyond its end; how many."""
    rows = _open_rows([organization.pk]).filter(ends_on__gte=on)
    return _exempt(organization, rows.exclude(state=AssignmentState.DONE), "党组织已撤销")


@transaction.atomic
def credit_successor(*, organization: Organization, successor: Organization) -> int:
    """The records of an absorbed organisation count for the open tasks of its successor; how many tasks were counted.

    The people that came along are counted with them.
    """
    _lock([organization.pk, successor.pk])
    rows = _locked(_open_rows([successor.pk]))
    asked = [row for row in rows if row.state != AssignmentState.EXEMPT]
    if rows:
        crediting.credit_together(rows, crediting.records_of(rows))
    if asked:
        _recount_tallies(asked)
    return len(asked)


@transaction.atomic
def hand_on_reviews_of(*, unit: Organization, to: int) -> int:
    """What waited for a unit that is no more waits for another one; how many records."""
    return sum(_waiting(model).filter(review_unit=unit).update(review_unit=to) for model in (Activity, Answer))


def campaigns_in_force(organization: Organization) -> list[str]:
    """Names of the campaigns that an organisation carries out: while there are any it must not end."""
    rows = Campaign.objects.filter(issuer=organization, status__in=[CampaignStatus.DRAFT, CampaignStatus.PUBLISHED])
    return list(rows.order_by("pk").values_list("name", flat=True))


def _exempt(organization: Organization, rows: "QuerySet[Assignment]", reason: str) -> int:
    _lock([organization.pk])
    locked = _locked(rows.exclude(state=AssignmentState.EXEMPT))
    Assignment.objects.filter(pk__in=[row.pk for row in locked]).update(
        state=AssignmentState.EXEMPT, exempt_reason=reason[:128]
    )
    if locked:
        _recount_tallies(locked)
    return len(locked)


def _recount_tallies(rows: Iterable[Assignment]) -> None:
    keys = [(row.organization_id, row.due_month, row.campaign_id) for row in rows]
    organizations, months, campaigns = (set(column) for column in zip(*keys, strict=True))
    tallies.recount(organizations, months, campaigns)


def _hand_on_reviews(organizations: Collection[int], unit_id: int, below: Collection[int]) -> None:
    """Records that waited for somebody outside of what moved wait for the new unit."""
    for rows in (
        _waiting(Activity).filter(organization__in=organizations),
        _waiting(Answer).filter(assignment__organization__in=organizations),
    ):
        rows.exclude(review_unit__in=below).update(review_unit=unit_id, review_level=0)


def _waiting(model: Any) -> Any:
    return model.objects.filter(status__in=WAITING, needs_review=True)


def _write_paths(table: str, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PATHS.format(table=table), [ids])


def _open_rows(organizations: Collection[int]) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(organization__in=organizations, closed_at=None)


def _locked(rows: "QuerySet[Assignment]") -> list[Assignment]:
    return list(rows.order_by("pk").select_for_update())


def _lock(organizations: Collection[int]) -> None:
    for organization_id in sorted(organizations):
        crediting.lock_organization(organization_id, for_dispatch=True)
