"""Dispatch: the month's assignments to every organisation in the audience, one set-based statement per unit.

Source: SX 四（二）月调度; Y01. Restartable by pieces and repeatable without effect: a row that is there stays as it is.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.models import Campaign
from campaigns.queries.fact_sources import Asked, told
from campaigns.queries.terms import DueTarget, due_targets, grace_of
from campaigns.queries.units import units_below
from campaigns.rules import deadlines
from office.actions import runs
from office.enums import Job
from office.models import Run, RunPiece
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from office.rules.table import RuleTable
from partybuild.lib import clock, periods
from partybuild.lib.periods import Period, PeriodKind

# The one statement: organisations × due targets, less what is there. People of personal targets are those of the
# period's last day, or of today while the period runs.
DISPATCH = """
WITH due AS (
    SELECT * FROM jsonb_to_recordset(%(due)s::jsonb) AS t(
        target_id bigint, campaign_id bigint, task_id bigint, lineage uuid, issuer_id bigint, issuer_path text,
        kinds jsonb, audience text, metric text, subject text, by_groups boolean, period text, starts_on date,
        ends_on date, due_on date, due_month text, grace_until date, cut_off_on date, needed numeric,
        exempt_reason text)
), audience AS MATERIALIZED (
    SELECT o.id, o.path, o.parent_id, o.kind, o.founded_on,
           (SELECT count(*) FROM branches_organization g
             WHERE g.parent_id = o.id AND g.kind = 'group'
               AND (g.dissolved_on IS NULL OR g.dissolved_on > %(today)s)) AS groups,
           EXISTS (SELECT FROM branches_organizationchange c
                    WHERE c.organization_id = o.id AND c.kind = 'split_off') AS is_split_off
      FROM branches_organization o WHERE o.id = ANY(%(organizations)s)
), wanted AS (
    SELECT due.*, a.id AS organization_id, a.path, a.groups,
           CASE due.subject
             WHEN 'member' THEN (SELECT count(*) FROM members_membership m WHERE m.organization_id = a.id
                AND m.starts_on <= least(due.ends_on, %(today)s)
                AND (m.ends_on IS NULL OR m.ends_on > least(due.ends_on, %(today)s)))
             WHEN 'organization' THEN NULL
             ELSE (SELECT count(DISTINCT f.member_id) FROM members_office f WHERE f.organization_id = a.id
                AND f.kind = due.subject AND f.starts_on <= least(due.ends_on, %(today)s)
                AND (f.ends_on IS NULL OR f.ends_on > least(due.ends_on, %(today)s)))
           END AS people,
           CASE WHEN due.exempt_reason <> '' THEN due.exempt_reason
                WHEN a.founded_on > due.ends_on THEN '本周期内尚未成立'
                WHEN a.is_split_off AND a.founded_on > due.starts_on THEN '由拆分设立，从下一周期起承担任务'
                WHEN (a.founded_on - due.starts_on) * 2 > due.ends_on - due.starts_on THEN '成立时本周期已过半'
                ELSE '' END AS reason
      FROM due JOIN audience a ON due.kinds ? a.kind AND starts_with(a.path, due.issuer_path)
       AND CASE due.audience WHEN 'direct' THEN a.parent_id = due.issuer_id
                             WHEN 'with_groups' THEN a.groups > 0
                             WHEN 'issuer' THEN a.id = due.issuer_id
                             ELSE true END
), judged AS (
    SELECT *, CASE WHEN reason = '' AND people = 0 THEN '没有应参加的人员' ELSE reason END AS why FROM wanted
), missing AS MATERIALIZED (
    -- Sorted, so that it is known whole before the first row goes in: joined row by row, each look would also pass
    -- over what this statement has written so far, and its time would grow with the square of the rows. Looked up
    -- behind a fence (OFFSET), so that all three keys go into the index: over a table whose statistics are of the time
    -- when it was empty, a plain join takes the rows of the whole month for each one and sorts out the rest.
    SELECT j.* FROM judged j LEFT JOIN LATERAL (
           SELECT a.id FROM campaigns_assignment a
            WHERE a.lineage = j.lineage AND a.organization_id = j.organization_id AND a.period = j.period
           OFFSET 0) AS there ON true
   WHERE there.id IS NULL
   ORDER BY j.organization_id, j.target_id
)
INSERT INTO campaigns_assignment (
    target_id, campaign_id, task_id, lineage, organization_id, unit_id, path, metric, subject, period, starts_on,
    ends_on, due_on, due_month, grace_until, cut_off_on, needed, done, members_expected, rule_version, state,
    exempt_reason, outcome, closed_path, closed_missing_ids, dispatched_at)
SELECT target_id, campaign_id, task_id, lineage, organization_id, %(unit)s, path, metric, subject,
       period, starts_on, ends_on, due_on, due_month, grace_until, cut_off_on,
       CASE WHEN by_groups THEN needed * groups ELSE needed END, 0, people, %(rule_version)s,
       CASE WHEN why = '' THEN 'open' ELSE 'exempt' END, why, '', '', '{}', %(now)s
  FROM missing
    ON CONFLICT (lineage, organization_id, period) DO NOTHING
RETURNING id
"""


def dispatch_piece(
    unit_id: int, organization_ids: Sequence[int], due: Sequence[DueTarget], rules: RuleTable
) -> dict[str, int]:
    """One unit's part: insert what is missing, credit the records that are already there, count again.

    Returns how many assignments were made and how many of them were already answered by existing records.
    """
    with by_index():
        made = insert_assignments(unit_id, organization_ids, due, rules)
        answered = crediting.credit_existing(made, organization_ids)
        if made:
            months, campaigns = {each.dates.due_month for each in due}, {each.campaign.pk for each in due}
            tallies.recount(organization_ids, months, campaigns)
    return {"assignments": len(made), "answered": answered, "organizations": len(organization_ids)}


@contextmanager
def by_index() -> Iterator[None]:
    """Keep what a piece reads on its indexes: statistics taken while the table was empty would have it scanned whole,
    for the anti-join even for every row, and a dispatch of seconds takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def insert_assignments(
    unit_id: int, organization_ids: Sequence[int], due: Sequence[DueTarget], rules: RuleTable
) -> list[int]:
    """What the calendar makes due of all, and what has come about of those whom it concerns; ids of the new rows."""
    made = _insert(unit_id, organization_ids, [each for each in due if not each.is_by_occasion], rules)
    for each in due:
        if each.is_by_occasion:
            for one, concerned in by_occasion(each, organization_ids, rules):
                made += _insert(unit_id, concerned, [one], rules)
    return made


def by_occasion(due: DueTarget, organization_ids: Sequence[int], rules: RuleTable) -> list[tuple[DueTarget, list[int]]]:
    """The organisations of which something falls due in the period, by the register that tells it.

    A term ends on a day of its own: its organisation owes the election by that day, or by the one so many months before
    it that the target names. What an event brings about is owed by the end of the month.
    """
    period, target = due.dates.period, due.target
    asked = Asked(target.metric, period.starts_on, period.ends_on, target.before_term_end_months or 0)
    days: dict[int, date] = {}
    for fact in told(asked, organization_ids):
        days[fact.organization_id] = min(days.get(fact.organization_id, fact.held_on), fact.held_on)
    if period.kind != PeriodKind.TERM:
        return [(due, sorted(days))]
    grace, is_workday = grace_of(rules), workday_checker()
    return [
        (replace(due, dates=deadlines.on_day(due.dates, day, grace, is_workday)),
         sorted(pk for pk, own in days.items() if own == day))
        for day in sorted(set(days.values()))
    ]  # fmt: skip


def _insert(unit_id: int, organization_ids: Sequence[int], due: Sequence[DueTarget], rules: RuleTable) -> list[int]:
    """The one statement; ids of the new rows."""
    if not due or not organization_ids:
        return []
    values: dict[str, Any] = {
        "due": json.dumps([each.row() for each in due]),
        "organizations": list(organization_ids),
        "unit": unit_id,
        "today": clock.today(),
        "rule_version": rules.version,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        # `?` is an operator here, not a placeholder: psycopg2 leaves it alone.
        cursor.execute(DISPATCH, values)
        return [row[0] for row in cursor.fetchall()]


def request_dispatch(*, by: Actor, month: Period) -> Run:
    """Ask for the month's dispatch; the same run for the same month, however often it is asked for."""
    return runs.request_run(by=by, job=Job.DISPATCH, period=month.key)


def run_dispatch(run: Run, *, lease_seconds: int = 60) -> dict[str, int]:
    """Do the pieces of a claimed run that are not done, each in its own transaction; returns the totals.

    A worker that dies leaves whole pieces behind; the next one takes up the rest. ``total`` of the result counts all
    that the month was ever sent, however often it was gone over.
    """
    month = periods.parse(run.period)
    rules = rule_table(clock.today())
    campaigns = list(Campaign.objects.published().select_related("issuer").order_by("pk"))
    due = due_targets(campaigns, month, rules, workday_checker())
    work = pieces(due)
    runs.set_expected(run, len(work))
    done = set(RunPiece.objects.filter(run=run).values_list("unit_id", flat=True))
    units = Organization.objects.in_bulk(work)
    for unit_id, organizations in work.items():
        if unit_id not in done:
            with transaction.atomic():
                result = dispatch_piece(unit_id, organizations, due, rules)
                runs.finish_piece(run, units[unit_id], result)
            runs.extend_lease(run, lease_seconds)
    names = ("assignments", "answered", "organizations")
    before = run.result.get("total", run.result.get("assignments", 0))
    totals = totals_of(run, names)
    kept = {"campaigns": [campaign.pk for campaign in campaigns], "total": before + totals["assignments"]}
    runs.finish(run, totals | kept)
    return totals


def pieces(due: Sequence[DueTarget]) -> dict[int, list[int]]:
    """Unit → organisations, over the subtrees of all issuers."""
    work: dict[int, set[int]] = {}
    for path in {each.campaign.issuer.path for each in due}:
        for unit, organizations in units_below(path, clock.today()).items():
            work.setdefault(unit, set()).update(organizations)
    return {unit: sorted(organizations) for unit, organizations in sorted(work.items())}


def totals_of(run: Run, names: Sequence[str]) -> dict[str, int]:
    """The sums of the results of a run's pieces."""
    results = list(RunPiece.objects.filter(run=run).values_list("result", flat=True))
    return {name: sum(result.get(name, 0) for result in results) for name in names}
