"""Bringing counters that a recount found wrong back to what their records say."""

from collections.abc import Sequence

from django.db import transaction

from branches.actions import audit
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.models import Activity, Assignment
from campaigns.queries.facts import COUNTING
from campaigns.queries.recount import ASSIGNMENT, Difference


def fix_counters(*, by: Actor, month: str, found: Sequence[Difference]) -> int:
    """Count again what differs, each organisation in its own transaction; how many organisations.

    Credits that are missing come back, those of records that no longer count are taken away. What was fixed at
    closing stays.
    """
    organizations = sorted({each.organization_id for each in found})
    wrong = {each.id for each in found if each.table == ASSIGNMENT}
    for organization_id in organizations:
        _fix_organization(month, organization_id, wrong)
    audit.record(by=by, verb="重新计数", detail={"month": month, "differences": len(found)})
    return len(organizations)


@transaction.atomic
def _fix_organization(month: str, organization_id: int, wrong: set[int]) -> None:
    rows = Assignment.objects.filter(organization=organization_id, due_month=month)
    ids = list(rows.filter(pk__in=wrong).order_by("pk").values_list("pk", flat=True))
    crediting.lock_organization(organization_id, for_dispatch=True)
    stale = Activity.objects.filter(credits__assignment__in=ids, credits__counted=True).exclude(status__in=COUNTING)
    for activity in stale.distinct().order_by("pk"):
        crediting.credit_activity(activity)
    crediting.credit_existing(ids, [organization_id])
    campaigns = set(rows.values_list("campaign_id", flat=True))
    tallies.recount([organization_id], [month], campaigns)
