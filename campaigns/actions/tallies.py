"""Counts per organisation, campaign and due month: recomputed under a lock, never incremented."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from partybuild.lib import clock

# The campaign is kept from its index by `+ 0`: a statement concerns few organisations and, in a dispatch, all of a
# campaign's month, and statistics of the time when a table was empty would have it read the month for each unit.
_LOCK = """
SELECT id FROM campaigns_tally
 WHERE organization_id = ANY(%(organizations)s) AND campaign_id + 0 = ANY(%(campaigns)s) AND due_month = ANY(%(months)s)
 ORDER BY id FOR UPDATE
"""
_ENSURE = """
INSERT INTO campaigns_tally (
    organization_id, campaign_id, due_month, path, expected, exempt, on_time, late, missing, open)
SELECT DISTINCT a.organization_id, a.campaign_id, a.due_month, o.path, 0, 0, 0, 0, 0, 0
  FROM campaigns_assignment a JOIN branches_organization o ON o.id = a.organization_id
 WHERE a.organization_id = ANY(%(organizations)s) AND a.campaign_id + 0 = ANY(%(campaigns)s)
   AND a.due_month = ANY(%(months)s)
 ORDER BY 3, 1, 2
    ON CONFLICT (due_month, organization_id, campaign_id) DO NOTHING
"""
# What is complete only after the cut-off is missing; what is not complete is open until the month is closed. A month
# that an extension has left without any assignment counts nothing. Counted whole before it is joined: joined row by
# row, as statistics taken of a small table suggest, each tally would look through all assignments of the others.
_RECOUNT = """
WITH judged AS (
    SELECT organization_id, campaign_id, due_month,
           CASE WHEN state = 'exempt' THEN 'exempt'
                WHEN completed_at IS NULL THEN 'open'
                WHEN completed_at < (grace_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'on_time'
                WHEN completed_at < (cut_off_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'late'
                ELSE 'missing' END AS verdict
      FROM campaigns_assignment
     WHERE organization_id = ANY(%(organizations)s) AND campaign_id + 0 = ANY(%(campaigns)s)
       AND due_month = ANY(%(months)s)
), counted AS MATERIALIZED (
    SELECT organization_id, campaign_id, due_month, count(*) AS expected,
           count(*) FILTER (WHERE verdict = 'exempt') AS exempt,
           count(*) FILTER (WHERE verdict = 'on_time') AS on_time,
           count(*) FILTER (WHERE verdict = 'late') AS late,
           count(*) FILTER (WHERE verdict = 'missing') AS missing,
           count(*) FILTER (WHERE verdict = 'open') AS open
      FROM judged GROUP BY 1, 2, 3
)
UPDATE campaigns_tally t
   SET expected = coalesce(c.expected, 0), exempt = coalesce(c.exempt, 0), on_time = coalesce(c.on_time, 0),
       late = coalesce(c.late, 0), missing = coalesce(c.missing, 0), open = coalesce(c.open, 0)
  FROM campaigns_tally k LEFT JOIN counted c USING (organization_id, campaign_id, due_month)
 WHERE t.id = k.id AND k.organization_id = ANY(%(organizations)s) AND k.campaign_id + 0 = ANY(%(campaigns)s)
   AND k.due_month = ANY(%(months)s) AND k.frozen_at IS NULL
"""
_FREEZE = """
UPDATE campaigns_tally t
   SET expected = c.expected, exempt = c.exempt, on_time = c.on_time, late = c.late, missing = c.missing, open = 0,
       frozen_at = %(now)s
  FROM (
    SELECT organization_id, campaign_id, due_month, count(*) AS expected,
           count(*) FILTER (WHERE outcome = 'exempt') AS exempt,
           count(*) FILTER (WHERE outcome = 'on_time') AS on_time,
           count(*) FILTER (WHERE outcome = 'late') AS late,
           count(*) FILTER (WHERE outcome = 'missing') AS missing
      FROM campaigns_assignment
     WHERE organization_id = ANY(%(organizations)s) AND due_month = ANY(%(months)s) AND outcome <> ''
     GROUP BY 1, 2, 3) AS c
 WHERE t.organization_id = c.organization_id AND t.campaign_id = c.campaign_id AND t.due_month = c.due_month
   AND t.frozen_at IS NULL
"""


def recount(organizations: Collection[int], months: Iterable[str], campaigns: Iterable[int]) -> None:
    """Count the live figures again; frozen ones stay as they are.

    The lock is taken in a statement of its own, so that the count that follows sees what others have committed.
    """
    values: dict[str, Any] = {
        "organizations": list(organizations),
        "months": sorted(set(months)),
        "campaigns": sorted(set(campaigns)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENSURE, values)
        cursor.execute(_LOCK, values)
        cursor.execute(_RECOUNT, values)


def freeze(organizations: Collection[int], month: str) -> None:
    """Fix the counts of a closed month from the outcomes of its assignments."""
    values: dict[str, Any] = {"organizations": list(organizations), "months": [month], "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE, values)
