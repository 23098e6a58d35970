"""Set-based scoring: sheets, points, totals and results of all organisations of a round, a statement each.

The statements say the rule of ``rules.scoring`` and ``rules.ranking`` a second time, for thousands of organisations at
once; tests hold the two against each other. Callers hold the lock of the round and the transaction.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection

from assessments.enums import RoundStatus
from assessments.models import Round
from assessments.queries.rules import RoundRules
from assessments.rules.rounds import stage_of

# An organisation is in the round when something of the campaign that the round looks at is due from it and not exempt.
_SHEETS = """
INSERT INTO assessments_submission (
    round_id, organization_id, unit_id, path, kind, self_comment, check_comment, final_comment, earned, "full",
    ungraded)
SELECT DISTINCT ON (o.id) %(round)s, o.id, a.unit_id, o.path, o.kind, '', '', '', 0, 0, 0
  FROM campaigns_assignment a
  JOIN branches_organization o ON o.id = a.organization_id
  JOIN campaigns_target t ON t.lineage = a.lineage
  JOIN assessments_indicator i ON i.scheme_id = %(scheme)s AND i.target_id = t.id
 WHERE a.campaign_id = %(campaign)s AND a.state <> 'exempt' AND o.id <> %(issuer)s
   AND CASE i.kind WHEN 'metered' THEN a.due_on BETWEEN %(starts_on)s AND %(ends_on)s
                   ELSE a.starts_on <= %(ends_on)s AND a.ends_on >= %(starts_on)s END
   AND (o.dissolved_on IS NULL OR o.dissolved_on > %(today)s)
 ORDER BY o.id, a.due_on DESC, a.id DESC
    ON CONFLICT (round_id, organization_id) DO NOTHING
"""

# Metered indicators count what is due in the span; those graded by hand look at what the span has a part in. Closed
# assignments give their frozen outcome, open ones how they stand now.
_POINTS = """
WITH line AS (
    SELECT i.id, i.kind, i.points AS worth, t.lineage
      FROM assessments_indicator i LEFT JOIN campaigns_target t ON t.id = i.target_id
     WHERE i.scheme_id = %(scheme)s
), sheet AS (
    SELECT s.id, s.organization_id
      FROM assessments_submission s
     WHERE s.round_id = %(round)s AND (%(sheets)s::bigint[] IS NULL OR s.id = ANY(%(sheets)s::bigint[]))
       AND CASE %(stage)s WHEN 'self_check' THEN s.self_checked_at IS NULL
                          WHEN 'check' THEN s.checked_at IS NULL ELSE true END
), judged AS (
    SELECT s.id AS sheet_id, l.id AS line_id, l.kind, l.worth, a.id,
           CASE WHEN a.outcome <> '' THEN a.outcome
                WHEN a.state = 'exempt' THEN 'exempt'
                WHEN a.completed_at IS NULL THEN 'open'
                WHEN a.completed_at < (a.grace_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'on_time'
                WHEN a.completed_at < (a.cut_off_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' THEN 'late'
                ELSE 'missing' END AS verdict,
           (SELECT coalesce(jsonb_agg(c.id ORDER BY c.id), '[]') FROM campaigns_credit c
             WHERE c.assignment_id = a.id AND c.counted) AS credits
      FROM sheet s
      JOIN campaigns_assignment a ON a.organization_id = s.organization_id AND a.campaign_id = %(campaign)s
      JOIN line l ON l.lineage = a.lineage
     WHERE CASE l.kind WHEN 'metered' THEN a.due_on BETWEEN %(starts_on)s AND %(ends_on)s
                       ELSE a.starts_on <= %(ends_on)s AND a.ends_on >= %(starts_on)s END
), counted AS (
    SELECT sheet_id, line_id, kind, worth, count(*) AS expected,
           count(*) FILTER (WHERE verdict = 'exempt') AS exempt,
           count(*) FILTER (WHERE verdict = 'on_time') AS on_time,
           count(*) FILTER (WHERE verdict = 'late') AS late,
           jsonb_agg(jsonb_build_array(id, verdict, credits) ORDER BY id) AS assignments
      FROM judged GROUP BY 1, 2, 3, 4
     UNION ALL
    SELECT s.id, l.id, l.kind, l.worth, NULL, 0, 0, 0, '[]'::jsonb
      FROM sheet s CROSS JOIN line l WHERE l.lineage IS NULL
), scored AS (
    SELECT sheet_id, line_id, kind, expected IS NULL OR expected > exempt AS applies,
           CASE WHEN kind = 'metered' AND expected > exempt
                THEN round(worth * (on_time + late * %(late_factor)s::numeric) / (expected - exempt), 2)
            END AS computed,
           jsonb_build_object('assignments', assignments, 'late_factor', %(late_factor)s::text,
                              'rule_version', %(rule_version)s::text) AS basis
      FROM counted
)
INSERT INTO assessments_stagescore AS old (
    submission_id, indicator_id, stage, applies, computed, start, points, by_hand, note, evidence, reason, basis)
SELECT sheet_id, line_id, %(stage)s, applies, computed, computed, computed, false, '', '', '', basis FROM scored
    ON CONFLICT (submission_id, indicator_id, stage) DO UPDATE SET
       applies = EXCLUDED.applies, computed = EXCLUDED.computed, basis = EXCLUDED.basis,
       start = CASE WHEN NOT EXCLUDED.applies THEN NULL
                    WHEN old.by_hand OR EXCLUDED.computed IS NULL THEN old.start ELSE EXCLUDED.start END,
       points = CASE WHEN NOT EXCLUDED.applies THEN NULL
                     WHEN old.by_hand OR EXCLUDED.computed IS NULL THEN old.points ELSE EXCLUDED.points END,
       by_hand = old.by_hand AND EXCLUDED.applies
 WHERE (old.applies, old.computed, old.basis) IS DISTINCT FROM (EXCLUDED.applies, EXCLUDED.computed, EXCLUDED.basis)
"""

_TOTALS = """
UPDATE assessments_submission s
   SET earned = t.earned, "full" = t.worth, ungraded = t.ungraded,
       total = CASE WHEN t.worth > 0 THEN round(t.earned * 100 / t.worth, 2) END
  FROM (SELECT s.id, coalesce(sum(c.points), 0) AS earned, coalesce(sum(i.points), 0) AS worth,
               count(c.id) FILTER (WHERE c.points IS NULL) AS ungraded
          FROM assessments_submission s
          LEFT JOIN assessments_stagescore c ON c.submission_id = s.id AND c.stage = %(stage)s AND c.applies
          LEFT JOIN assessments_indicator i ON i.id = c.indicator_id
         WHERE s.round_id = %(round)s AND (%(sheets)s::bigint[] IS NULL OR s.id = ANY(%(sheets)s::bigint[]))
         GROUP BY s.id) AS t
 WHERE t.id = s.id AND (s.earned, s."full", s.ungraded) IS DISTINCT FROM (t.earned, t.worth, t.ungraded)
"""

# What was not handed in does not go on to the next stage; metered points go on always.
_CARRY = """
INSERT INTO assessments_stagescore (
    submission_id, indicator_id, stage, applies, computed, start, points, by_hand, note, evidence, reason, basis)
SELECT c.submission_id, c.indicator_id, %(to)s, c.applies, c.computed, p.points, p.points, c.by_hand, '', '', '',
       c.basis
  FROM assessments_stagescore c
  JOIN assessments_submission s ON s.id = c.submission_id
  JOIN assessments_indicator i ON i.id = c.indicator_id
  CROSS JOIN LATERAL (SELECT CASE WHEN i.kind = 'manual' AND c.stage = 'self_check' AND s.self_checked_at IS NULL
                                  THEN NULL ELSE c.points END AS points) AS p
 WHERE s.round_id = %(round)s AND c.stage = %(from)s
    ON CONFLICT (submission_id, indicator_id, stage) DO NOTHING
"""

# Equal totals share a rank; ranks are among the same kind of organisation.
_RESULTS = """
INSERT INTO assessments_result (round_id, organization_id, path, kind, total, rank, grade)
SELECT round_id, organization_id, path, kind, total, rank() OVER (PARTITION BY kind ORDER BY total DESC),
       CASE WHEN total >= %(good)s THEN 'good' WHEN total >= %(fair)s THEN 'fair'
            WHEN total >= %(average)s THEN 'average' ELSE 'poor' END
  FROM assessments_submission
 WHERE round_id = %(round)s AND total IS NOT NULL
"""


def open_sheets(round_: Round, today: date) -> int:
    """A sheet for each organisation that is in the round and has none; how many were new."""
    return _run(_SHEETS, _values(round_) | {"today": today})


def score(round_: Round, rules: RoundRules, sheets: Collection[int] | None = None) -> int:
    """Compute the metered points anew on the sheets (all of them by default) that the stage leaves open, then the
    totals; how many rows of points changed."""
    values = _values(round_, sheets) | {"late_factor": str(rules.late_factor), "rule_version": str(rules.version)}
    changed = _run(_POINTS, values)
    total(round_, sheets)
    return changed


def total(round_: Round, sheets: Collection[int] | None = None) -> int:
    """Add the points of the round's stage up; how many sheets changed."""
    return _run(_TOTALS, _values(round_, sheets))


def carry_on(round_: Round, to: RoundStatus) -> int:
    """Start the next stage from the points of this one; how many rows of points it has."""
    return _run(_CARRY, {"round": round_.pk, "from": stage_of(round_.status), "to": stage_of(to)})


def fix_results(round_: Round, rules: RoundRules) -> int:
    """Write the results down: total, rank among the kind, grade; how many there are."""
    return _run(_RESULTS, {"round": round_.pk, **rules.bands})


def _values(round_: Round, sheets: Collection[int] | None = None) -> dict[str, Any]:
    campaign = round_.scheme.campaign
    return {
        "round": round_.pk,
        "scheme": round_.scheme_id,
        "campaign": campaign.pk,
        "issuer": campaign.issuer_id,
        "starts_on": round_.starts_on,
        "ends_on": round_.ends_on,
        "stage": stage_of(round_.status),
        "sheets": None if sheets is None else sorted(sheets),
    }


def _run(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
