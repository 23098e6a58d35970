"""Closing a month: what was on time, late or missing is fixed, and later changes move only the live figures.

Source: Y01, model.md "The life of an assignment". A run of its own, piece by piece, repeatable without effect.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.actions.dispatch import totals_of
from campaigns.actions.fact_rows import may_be_moved, write_facts
from campaigns.enums import Outcome, Subject
from campaigns.models import Assignment
from campaigns.queries.progress import progress_of
from office.actions import runs
from office.enums import Job
from office.models import Run, RunPiece
from partybuild.lib import clock
from partybuild.lib.periods import Period

_CLOSE = """
UPDATE campaigns_assignment
   SET outcome = CASE
         WHEN state = 'exempt' THEN 'exempt'
         WHEN completed_at < (grace_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'on_time'
         WHEN completed_at < (cut_off_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'late'
         ELSE 'missing' END,
       closed_at = %(now)s, closed_done = done, closed_path = path,
       closed_needed = CASE WHEN subject = 'organization' THEN needed ELSE coalesce(members_expected, 0) END
 WHERE unit_id = %(unit)s AND due_month = %(month)s AND closed_at IS NULL
"""


def last_cut_off(month: Period) -> date | None:
    """The latest cut-off of the month's open assignments; None when there is nothing to close."""
    return (
        Assignment.objects.filter(due_month=month.key, closed_at=None)
        .order_by("-cut_off_on")
        .values_list("cut_off_on", flat=True)
        .first()
    )


def request_closing(*, by: Actor, month: Period) -> Run:
    """Ask for the closing of a month."""
    return runs.request_run(by=by, job=Job.CLOSE, period=month.key)


def run_closing(run: Run, *, lease_seconds: int = 60) -> dict[str, int]:
    """Close the units of a claimed run that are still open, each in its own transaction; returns the totals."""
    held = Assignment.objects.filter(due_month=run.period)
    units = list(Organization.objects.filter(pk__in=held.values("unit")).order_by("pk"))
    runs.set_expected(run, len(units))
    done = set(RunPiece.objects.filter(run=run).values_list("unit_id", flat=True))
    for unit in units:
        if unit.pk not in done:
            with transaction.atomic():
                runs.finish_piece(run, unit, close_unit(unit.pk, run.period))
            runs.extend_lease(run, lease_seconds)
    totals = totals_of(run, Outcome.values)
    runs.finish(run, totals)
    return totals


def close_unit(unit_id: int, month: str) -> dict[str, int]:
    """Fix the outcomes of one unit's month; returns how many rows there are of each outcome."""
    rows = Assignment.objects.filter(unit=unit_id, due_month=month)
    organizations = sorted(rows.values_list("organization_id", flat=True).distinct())
    for organization_id in organizations:
        crediting.lock_organization(organization_id, for_dispatch=True)
    held = rows.filter(closed_at=None).select_related("organization").order_by("pk")
    open_rows = list(held.select_for_update(of=("self",)))
    told = [each for each in open_rows if may_be_moved(each)]
    write_facts(told)
    crediting.recount(told, keep_tallies=True)
    _keep_missing(open_rows)
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"unit": unit_id, "month": month, "now": clock.now()})
    tallies.freeze(organizations, month)
    outcomes = list(rows.values_list("outcome", flat=True))
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}


def _keep_missing(assignments: Sequence[Assignment]) -> None:
    """Keep with personal targets who had not met them."""
    personal = [each for each in assignments if each.subject != Subject.ORGANIZATION and each.state != "exempt"]
    progress = progress_of(personal)
    for assignment in personal:
        assignment.closed_missing_ids = list(progress[assignment.pk][0].missing)
    Assignment.objects.bulk_update(personal, ["closed_missing_ids"], batch_size=500)
