"""Comparing the kept counters with a recount every night, and bringing wrong ones back to what their records say."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.models import Activity, Assignment
from campaigns.queries.facts import COUNTING
from campaigns.queries.recount import ASSIGNMENT, Difference, counters, differences, months
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import periods

_NAMED = 3
ALWAYS, AT_ONCE = 2, 200_000


def watch_counters(*, by: Actor, on: date, most: int = AT_ONCE) -> dict[str, int]:
    """Count everything again, month by month, and tell the system administrators what differs; nothing is mended.

    Where there are more counters than ``most``, the older months take turns, a stretch of them each night. Source: X06.
    A counter that has drifted is a fault of the portal: somebody should look before it is put right.
    """
    checked, found = 0, {}
    for place, month in enumerate(in_turn(months(), on)):
        if place >= ALWAYS and checked >= most:
            break
        checked += counters(month)
        if different := differences(month):
            found[month] = different
    drifted = sum(len(each) for each in found.values())
    if found:
        _tell_drift(found, drifted, on)
        audit.record(by=by, verb="核对计数", detail={"checked": checked, "differences": drifted})
    return {"counters_checked": checked, "counters_drifted": drifted}


def in_turn(keys: Sequence[str], on: date) -> list[str]:
    """The latest months first, then the others, beginning with another one every day."""
    latest, others = list(keys[-ALWAYS:]), list(keys[:-ALWAYS])
    start = on.toordinal() % len(others) if others else 0
    return latest[::-1] + others[start:] + others[:start]


@transaction.atomic
def _tell_drift(found: dict[str, list[Difference]], count: int, on: date) -> None:
    tops = Organization.objects.filter(parent=None).values_list("pk", flat=True)
    people = {user for users in people_at(tops, [Role.SYSADMIN]).values() for user in users}
    named = [f"{periods.label(month)}{each.text}" for month, rows in found.items() for each in rows][:_NAMED]
    more = "等" if count > _NAMED else ""
    tell(
        people=people,
        key=f"recount:{on.isoformat()}",
        text=f"每日核对发现 {count} 处计数与记录不一致：{''.join(named).rstrip('。')}{more}。请核对后重新计数。",
    )


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
