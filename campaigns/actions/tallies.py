"""Counts per organisation, campaign and due month: recomputed under a lock, never incremented."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from partybuild.lib import clock

_LOCK = """
SELECT id FROM campaigns_tally
 WHERE organization_id = ANY(%(organizations)s) AND campaign_id = ANY(%(campaigns)s) AND due_month = ANY(%(months)s)
 ORDER BY id FOR UPDATE
"""
_ENSURE = """
INSERT INTO campaigns_tally (
    organization_id, campaign_id, due_month, path, expected, exempt, on_time, late, missing, open)
SELECT DISTINCT a.organization_id, a.campaign_id, a.due_month, o.path, 0, 0, 0, 0, 0, 0
  FROM campaigns_assignment a JOIN branches_organization o ON o.id = a.organization_id
 WHERE a.organization_id = ANY(%(organizations)s) AND a.campaign_id = ANY(%(campaigns)s)
   AND a.due_month = ANY(%(months)s)
 ORDER BY 3, 1, 2
    ON CONFLICT (due_month, organization_id, campaign_id) DO NOTHING
"""
# What is complete only after the cut-off is missing; what is not complete is open until the month is closed. A month
# that an extension has left without any assignment counts nothing.
_RECOUNT = """
UPDATE campaigns_tally t
   SET expected = c.expected, exempt = c.exempt, on_time = c.on_time, late = c.late, missing = c.missing, open = c.open
  FROM (
    SELECT k.id, count(verdict) AS expected,
           count(*) FILTER (WHERE verdict = 'exempt') AS exempt,
           count(*) FILTER (WHERE verdict = 'on_time') AS on_time,
           count(*) FILTER (WHERE verdict = 'late') AS late,
           count(*) FILTER (WHERE verdict = 'missing') AS missing,
           count(*) FILTER (WHERE verdict = 'open') AS open
      FROM campaigns_tally k LEFT JOIN (
        SELECT organization_id, campaign_id, due_month,
               CASE WHEN state = 'exempt' THEN 'exempt'
                    WHEN completed_at IS NULL THEN 'open'
                    WHEN completed_at < (grace_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'on_time'
                    WHEN completed_at < (cut_off_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'late'
                    ELSE 'missing' END AS verdict
          FROM campaigns_assignment
         WHERE organization_id = ANY(%(organizations)s) AND campaign_id = ANY(%(campaigns)s)
           AND due_month = ANY(%(months)s)) AS each
        ON each.organization_id = k.organization_id AND each.campaign_id = k.campaign_id
       AND each.due_month = k.due_month
     WHERE k.organization_id = ANY(%(organizations)s) AND k.campaign_id = ANY(%(campaigns)s)
       AND k.due_month = ANY(%(months)s) AND k.frozen_at IS NULL
     GROUP BY k.id) AS c
 WHERE t.id = c.id AND t.frozen_at IS NULL
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
