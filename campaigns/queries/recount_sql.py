"""The statements of the recount: one for each way of measuring, over the assignments that fall due in a month.

Each row that comes back holds what is kept and what was counted.
"""

# What is counted at all: the registry as a table, the month's assignments that are asked for, and who goes on for
# organisations that were merged into others (from the day on which the merger was entered).
_GIVEN = """
WITH RECURSIVE metric AS (
    SELECT * FROM jsonb_to_recordset(%(metrics)s::jsonb)
        AS m(code text, sums text, kinds jsonb, parts jsonb, conditions jsonb, hit text, is_checked boolean)
), wanted AS MATERIALIZED (
    SELECT a.id, a.organization_id, a.metric, a.subject, a.needed, a.starts_on, a.ends_on, a.closed_at, a.done,
           a.completed_at, a.members_expected, a.state = 'exempt' AS is_exempt, m.sums, m.hit, m.is_checked,
           a.state IN ('done', 'pending') AND a.completed_at IS NOT NULL AS is_complete,
           least(a.ends_on, %(today)s::date) AS judged_on
      FROM campaigns_assignment a JOIN metric m ON m.code = a.metric
     WHERE a.due_month = %(month)s
       AND (a.state <> 'exempt' OR m.sums = 'occasions' AND a.exempt_reason = '本周期内没有应办事项')
), merged AS (
    SELECT organization_id AS old, other_id AS heir, recorded_at AS since
      FROM branches_organizationchange WHERE kind = 'merged'
     UNION
    SELECT g.old, c.other_id, greatest(g.since, c.recorded_at)
      FROM merged g JOIN branches_organizationchange c ON c.organization_id = g.heir AND c.kind = 'merged'
), home AS (
    SELECT id AS old, id AS heir, '-infinity'::timestamptz AS since FROM branches_organization
     UNION ALL SELECT old, heir, since FROM merged
)"""

# Whether a record `v` counts for a metric `m`: filed and not sent back, of a kind or with a part that feeds it, and
# every condition of the metric holds.
_COUNTS = """
    v.status IN ('filed', 'approved')
AND (m.kinds ? v.kind OR m.parts ?| v.parts::text[])
AND NOT EXISTS (
    SELECT FROM jsonb_array_elements_text(m.conditions) AS c(code) WHERE NOT CASE c.code
      WHEN 'member_quorum' THEN (
          SELECT count(*) FILTER (WHERE t.is_present) * 2 > count(*) FROM campaigns_attendance t
           WHERE t.activity_id = v.id AND t.can_vote)
      WHEN 'committee_quorum' THEN (
          SELECT count(*) FILTER (WHERE t.is_present) * 2 >= count(*) FROM campaigns_attendance t
           WHERE t.activity_id = v.id AND t.in_committee)
      WHEN 'three_artefacts' THEN (
          SELECT count(DISTINCT f.slot) = 3 FROM campaigns_attachment f
           WHERE f.activity_id = v.id AND f.slot IN ('plan', 'record', 'papers'))
      WHEN 'three_reports' THEN v.parts::text[] @> ARRAY['life_report', 'double_life_report', 'dues_report']
      WHEN 'secretary_lectures' THEN EXISTS (
          SELECT FROM members_office o WHERE o.organization_id = v.organization_id AND o.member_id = v.host_id
             AND o.kind = 'secretary' AND o.starts_on <= v.held_on AND (o.ends_on IS NULL OR o.ends_on > v.held_on))
      WHEN 'leader_lectures' THEN EXISTS (
          SELECT FROM members_office o WHERE o.organization_id = v.organization_id AND o.member_id = v.host_id
             AND o.kind IN ('secretary', 'leader')
             AND o.starts_on <= v.held_on AND (o.ends_on IS NULL OR o.ends_on > v.held_on))
      WHEN 'points_announced' THEN v.kind = 'member_assembly' AND 'points' = ANY (v.parts)
      WHEN 'not_halted' THEN NOT 'halted' = ANY (v.parts)
      ELSE false END)"""

# Targets of an organisation: number of times, of different groups, a share, a standing value; and each occasion.
# Complete since the first moment after which it was never short of the amount again.
PLAIN = (
    _GIVEN
    + """, told AS (
    SELECT w.id, v.counts_from, 1::numeric AS amount, v.group_id, v.id AS place,
           w.hit IS NULL OR w.hit = ANY (v.parts) AS is_hit
      FROM wanted w JOIN metric m ON m.code = w.metric
      JOIN home h ON h.heir = w.organization_id AND (w.closed_at IS NULL OR w.closed_at > h.since)
      JOIN campaigns_activity v ON v.organization_id = h.old AND v.held_on BETWEEN w.starts_on AND w.ends_on
     WHERE w.subject = 'organization' AND """
    + _COUNTS
    + """
     UNION ALL
    SELECT w.id, r.counts_from,
           coalesce(r.amount, CASE w.subject WHEN 'organization' THEN w.needed ELSE w.members_expected END, 0),
           NULL, r.id, w.hit IS NULL
      FROM wanted w JOIN campaigns_answer r ON r.assignment_id = w.id WHERE r.status IN ('filed', 'approved')
     UNION ALL
    SELECT w.id, c.counts_from, c.amount, NULL, c.id, w.hit IS NULL
      FROM wanted w JOIN campaigns_credit c ON c.assignment_id = w.id WHERE c.fact_key IS NOT NULL AND c.counted
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY id, group_id ORDER BY counts_from, place) = 1 AS is_new_group FROM told
), moment AS (
    SELECT id, counts_from, sum(amount) AS amount, count(*) AS records, count(*) FILTER (WHERE is_hit) AS hits,
           count(*) FILTER (WHERE is_new_group) AS groups, (array_agg(amount ORDER BY place DESC))[1] AS latest
      FROM ranked GROUP BY id, counts_from
), until AS (
    SELECT w.id, o.counts_from,
           CASE w.sums WHEN 'groups' THEN sum(o.groups) OVER up WHEN 'value' THEN o.latest
                       WHEN 'share' THEN sum(o.hits) OVER up / sum(o.records) OVER up
                       ELSE sum(o.amount) OVER up END AS figure,
           CASE w.subject WHEN 'organization' THEN w.needed ELSE coalesce(w.members_expected, 0) END AS goal,
           row_number() OVER (PARTITION BY w.id ORDER BY o.counts_from DESC) = 1 AS is_last
      FROM wanted w JOIN moment o ON o.id = w.id
    WINDOW up AS (PARTITION BY w.id ORDER BY o.counts_from)
), result AS (
    SELECT u.id, max(u.figure) FILTER (WHERE u.is_last) AS figure,
           min(u.counts_from) FILTER (WHERE u.counts_from > coalesce(s.short_at, '-infinity')) AS since
      FROM until u LEFT JOIN (
        SELECT id, max(counts_from) AS short_at FROM until WHERE figure < goal GROUP BY id) s ON s.id = u.id
     GROUP BY u.id
), occasion AS (
    SELECT w.id, count(c.id) AS owed, count(c.id) FILTER (WHERE c.counted) AS met, max(c.counts_from) AS last
      FROM wanted w LEFT JOIN campaigns_credit c
        ON c.assignment_id = w.id AND c.fact_key IS NOT NULL AND c.withdrawn_at IS NULL
     WHERE w.sums = 'occasions' AND w.subject = 'organization' GROUP BY w.id
), counted AS (
    SELECT w.*,
           CASE WHEN w.sums <> 'occasions' THEN coalesce(r.figure, 0)
                WHEN o.owed > 0 AND o.met = o.owed THEN w.needed ELSE 0 END AS counted_done,
           CASE WHEN w.sums <> 'occasions' THEN r.since
                WHEN o.owed > 0 AND o.met = o.owed THEN o.last END AS counted_completed_at,
           NULL::bigint AS counted_people,
           w.sums = 'occasions' AND o.owed = 0 AS counted_exempt
      FROM wanted w LEFT JOIN result r ON r.id = w.id LEFT JOIN occasion o ON o.id = w.id
     WHERE w.subject = 'organization' OR w.is_checked
)
SELECT id, organization_id, done, completed_at, members_expected, is_exempt, is_complete, counted_done,
       counted_completed_at, counted_people, counted_exempt,
       NOT counted_exempt AND counted_completed_at IS NOT NULL
       AND CASE subject WHEN 'organization' THEN needed ELSE coalesce(members_expected, 0) END > 0 AS counted_complete
  FROM counted
 WHERE abs(done - counted_done) > 0.005 OR completed_at IS DISTINCT FROM counted_completed_at
    OR is_exempt <> counted_exempt
    OR is_complete <> (NOT counted_exempt AND counted_completed_at IS NOT NULL
       AND CASE subject WHEN 'organization' THEN needed ELSE coalesce(members_expected, 0) END > 0)
 ORDER BY id
"""
)

# Targets of persons: who is there on the day of judgement, what each has to reach for the part of the period in which
# he was a member, and what he did in it, wherever that was recorded.
PERSONAL = (
    _GIVEN
    + """, personal AS (
    SELECT * FROM wanted WHERE subject <> 'organization' AND NOT is_checked
), there AS (
    SELECT p.id, s.member_id FROM personal p JOIN members_membership s
        ON s.organization_id = p.organization_id AND s.starts_on <= p.judged_on
       AND (s.ends_on IS NULL OR s.ends_on > p.judged_on)
     WHERE p.subject = 'member' AND p.sums <> 'occasions' AND NOT EXISTS (
        SELECT FROM members_standing g WHERE g.member_id = s.member_id AND g.kind IN ('suspended', 'historical')
           AND g.starts_on <= p.judged_on AND (g.ends_on IS NULL OR g.ends_on > p.judged_on))
     UNION
    SELECT p.id, o.member_id FROM personal p JOIN members_office o
        ON o.organization_id = p.organization_id AND o.kind = p.subject AND o.starts_on <= p.judged_on
       AND (o.ends_on IS NULL OR o.ends_on > p.judged_on)
     WHERE p.subject <> 'member' AND p.sums <> 'occasions'
), since AS (
    SELECT t.id, t.member_id,
           greatest(p.starts_on, CASE p.subject WHEN 'member' THEN min(s.starts_on) ELSE p.starts_on END) AS day
      FROM there t JOIN personal p ON p.id = t.id
      LEFT JOIN members_membership s
        ON s.member_id = t.member_id AND (s.ends_on IS NULL OR s.ends_on > p.starts_on)
     GROUP BY t.id, t.member_id, p.starts_on, p.subject
), share AS (
    SELECT s.id, s.member_id, p.sums, p.needed, p.ends_on - p.starts_on + 1 AS days, p.ends_on - s.day + 1 AS present,
           p.subject = 'member' AS is_by_part, (
             SELECT count(*) FROM generate_series(date_trunc('month', p.starts_on), p.ends_on, '1 month') AS m(first)
              WHERE m.first >= p.starts_on AND m.first + '1 month - 1 day'::interval <= p.ends_on) AS months, (
             SELECT count(*) FROM generate_series(date_trunc('month', p.starts_on), p.ends_on, '1 month') AS m(first)
              WHERE m.first >= s.day AND m.first + '1 month - 1 day'::interval <= p.ends_on) AS months_present
      FROM since s JOIN personal p ON p.id = s.id
), need AS (
    SELECT id, member_id,
           CASE WHEN is_by_part AND sums = 'person_hours' THEN ceil(needed * months_present / greatest(months, 1))
                ELSE needed END AS amount
      FROM share
     WHERE NOT is_by_part OR present > 0
       AND CASE sums WHEN 'person_hours' THEN months_present > 0 ELSE present * 2 >= days END
     UNION ALL
    SELECT p.id, c.member_id, count(*) FROM personal p JOIN campaigns_credit c
        ON c.assignment_id = p.id AND c.fact_key IS NOT NULL AND c.withdrawn_at IS NULL
     WHERE p.sums = 'occasions' AND c.member_id IS NOT NULL GROUP BY 1, 2
), record AS MATERIALIZED (
    SELECT m.code, v.id, v.held_on, v.counts_from, CASE m.sums WHEN 'person_hours' THEN v.hours ELSE 1 END AS amount
      FROM metric m JOIN campaigns_activity v ON v.held_on BETWEEN
           (SELECT min(starts_on) FROM personal) AND (SELECT max(ends_on) FROM personal)
     WHERE m.code IN (SELECT metric FROM personal) AND """
    + _COUNTS
    + """
       AND EXISTS (
        SELECT FROM campaigns_assignment b JOIN home h ON h.heir = b.organization_id
         WHERE h.old = v.organization_id AND b.metric = m.code AND v.held_on BETWEEN b.starts_on AND b.ends_on
           AND (b.closed_at IS NULL OR b.closed_at > h.since))
), fact AS MATERIALIZED (
    SELECT DISTINCT ON (b.metric, c.member_id, c.fact_key)
           b.metric AS code, c.member_id, c.held_on, c.counts_from, c.amount
      FROM campaigns_credit c JOIN campaigns_assignment b ON b.id = c.assignment_id
     WHERE c.fact_key IS NOT NULL AND c.counted AND c.member_id IS NOT NULL
       AND b.metric IN (SELECT metric FROM personal WHERE sums <> 'occasions')
     ORDER BY b.metric, c.member_id, c.fact_key, c.id DESC
), deed AS (
    SELECT n.id, n.member_id, r.counts_from, r.amount
      FROM need n JOIN personal p ON p.id = n.id
      JOIN campaigns_attendance t ON t.member_id = n.member_id AND t.is_present
      JOIN record r ON r.id = t.activity_id AND r.code = p.metric AND r.held_on BETWEEN p.starts_on AND p.ends_on
     UNION ALL
    SELECT n.id, n.member_id, f.counts_from, f.amount
      FROM need n JOIN personal p ON p.id = n.id
      JOIN fact f ON f.member_id = n.member_id AND f.code = p.metric AND f.held_on BETWEEN p.starts_on AND p.ends_on
     UNION ALL
    SELECT p.id, c.member_id, c.counts_from, 1 FROM personal p JOIN campaigns_credit c ON c.assignment_id = p.id
     WHERE p.sums = 'occasions' AND c.fact_key IS NOT NULL AND c.withdrawn_at IS NULL AND c.counted
), until AS (
    SELECT id, member_id, counts_from, sum(amount) OVER (PARTITION BY id, member_id ORDER BY counts_from) AS sum
      FROM deed
), person AS (
    SELECT n.id, n.member_id, min(u.counts_from) AS since
      FROM need n LEFT JOIN until u ON u.id = n.id AND u.member_id = n.member_id AND u.sum >= n.amount
     GROUP BY n.id, n.member_id
), counted AS (
    SELECT p.*, count(e.since)::numeric AS counted_done, count(e.member_id) AS counted_people,
           CASE WHEN count(e.member_id) > 0 AND count(e.since) = count(e.member_id) THEN max(e.since) END
           AS counted_completed_at,
           p.sums = 'occasions' AND NOT EXISTS (
             SELECT FROM campaigns_credit c
              WHERE c.assignment_id = p.id AND c.fact_key IS NOT NULL AND c.withdrawn_at IS NULL) AS counted_exempt
      FROM personal p LEFT JOIN person e ON e.id = p.id
     GROUP BY p.id, p.organization_id, p.metric, p.subject, p.needed, p.starts_on, p.ends_on, p.closed_at, p.done,
              p.completed_at, p.members_expected, p.is_exempt, p.sums, p.hit, p.is_checked, p.is_complete, p.judged_on
)
SELECT id, organization_id, done, completed_at, members_expected, is_exempt, is_complete, counted_done,
       counted_completed_at, counted_people, counted_exempt, counted_completed_at IS NOT NULL AS counted_complete
  FROM counted
 WHERE done <> counted_done OR completed_at IS DISTINCT FROM counted_completed_at
    OR members_expected IS DISTINCT FROM counted_people OR is_exempt <> counted_exempt
    OR is_complete <> (counted_completed_at IS NOT NULL)
 ORDER BY id
"""
)

# The counts per organisation, campaign and month: a frozen one from the outcomes fixed at closing, a live one from
# days; what is complete only after the cut-off is missing.
TALLIES = """
WITH verdict AS (
    SELECT a.organization_id, a.campaign_id, a.outcome, a.state = 'exempt' AS is_exempt,
           a.completed_at IS NULL AS is_open, (a.completed_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
           a.grace_until, a.cut_off_on
      FROM campaigns_assignment a WHERE a.due_month = %(month)s
), figures AS (
    SELECT organization_id, campaign_id,
           jsonb_build_object(
             'expected', count(*), 'exempt', count(*) FILTER (WHERE is_exempt),
             'on_time', count(*) FILTER (WHERE NOT is_exempt AND day <= grace_until),
             'late', count(*) FILTER (WHERE NOT is_exempt AND day > grace_until AND day <= cut_off_on),
             'missing', count(*) FILTER (WHERE NOT is_exempt AND day > cut_off_on),
             'open', count(*) FILTER (WHERE NOT is_exempt AND is_open)) AS live,
           jsonb_build_object(
             'expected', count(*) FILTER (WHERE outcome <> ''), 'exempt', count(*) FILTER (WHERE outcome = 'exempt'),
             'on_time', count(*) FILTER (WHERE outcome = 'on_time'), 'late', count(*) FILTER (WHERE outcome = 'late'),
             'missing', count(*) FILTER (WHERE outcome = 'missing'), 'open', 0) AS frozen
      FROM verdict GROUP BY 1, 2
), compared AS (
    SELECT t.id, coalesce(t.organization_id, f.organization_id) AS organization_id,
           jsonb_build_object(
             'expected', coalesce(t.expected, 0), 'exempt', coalesce(t.exempt, 0), 'on_time', coalesce(t.on_time, 0),
             'late', coalesce(t.late, 0), 'missing', coalesce(t.missing, 0), 'open', coalesce(t.open, 0)) AS kept,
           coalesce(CASE WHEN t.frozen_at IS NULL THEN f.live ELSE f.frozen END, jsonb_build_object(
             'expected', 0, 'exempt', 0, 'on_time', 0, 'late', 0, 'missing', 0, 'open', 0)) AS counted
      FROM (SELECT * FROM campaigns_tally WHERE due_month = %(month)s) t
      FULL JOIN figures f ON f.organization_id = t.organization_id AND f.campaign_id = t.campaign_id
)
SELECT coalesce(id, 0) AS id, organization_id, kept, counted FROM compared WHERE kept <> counted ORDER BY 2, 1
"""
