"""Crediting: one record counts for every assignment that it satisfies, and each count says why.

Source: X02. Locks are taken in one order: organisation → assignments by id → tallies by id. Figures kept in rows are
counted again under the lock, never added to.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from branches.models import Organization
from campaigns.actions import tallies
from campaigns.actions.fact_rows import write_facts
from campaigns.enums import ActivityStatus, AssignmentState
from campaigns.models import Activity, Answer, Assignment, Credit
from campaigns.queries.crediting import bearing_on, is_considered, verdict_on, with_successors
from campaigns.queries.facts import COUNTING, RecordFacts, facts_of
from campaigns.queries.heirs import heirs_of, successors_of
from campaigns.queries.progress import progress_of, waiting
from campaigns.rules import metrics
from campaigns.rules.assignments import Figures, state_of
from campaigns.rules.facts import NO_OCCASION
from members.models import Membership
from partybuild.lib import clock

WITHDRAWN = {
    ActivityStatus.DRAFT: "记录已撤回，重新提交后计入。",
    ActivityStatus.RETURNED: "记录已退回，补正后重新提交即可计入。",
    ActivityStatus.VOID: "记录已作废。",
}
FOUND = frozenset({*COUNTING, ActivityStatus.RETURNED.value})

_UPDATE = """
UPDATE campaigns_assignment a
   SET members_expected = u.people, done = u.done, completed_at = u.completed_at, state = u.state,
       exempt_reason = u.exempt_reason
  FROM jsonb_to_recordset(%s::jsonb)
       AS u(id bigint, people integer, done numeric, completed_at timestamptz, state text, exempt_reason text)
 WHERE a.id = u.id
"""


def lock_organization(organization_id: int, *, for_dispatch: bool = False) -> None:
    """Hold the organisation: shared while filing, exclusively while dispatch credits what is already there."""
    strength = "FOR NO KEY UPDATE" if for_dispatch else "FOR SHARE"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM branches_organization WHERE id = %s {strength}", [organization_id])


def lock_record(organization: Organization) -> None:
    """Hold the organisation of a record, and those that go on for it, in the house's order."""
    heirs = successors_of([organization.pk]).get(organization.pk, {}) if organization.dissolved_on else {}
    for organization_id in sorted({organization.pk, *heirs}):
        lock_organization(organization_id)


def credit_activity(activity: Activity) -> None:
    """Judge a record anew for every assignment that it bears on, and count those again.

    Where its organisation was merged into another, the successor's assignments are among them. To be called in the
    transaction that changed the record, after ``lock_record``.
    """
    record = facts_of([activity])[0]
    records = with_successors([record]) if activity.organization.dissolved_on else [record]
    by_organization = {each.organization_id: each for each in records}
    bears = bearing_on(by_organization, activity.kind, activity.parts, activity.held_on)
    credited = set(Credit.objects.filter(activity=activity).values_list("assignment_id", flat=True))
    wanted = set(Assignment.objects.filter(bears).values_list("pk", flat=True))
    assignments = _locked(wanted | credited | _elsewhere(activity))
    judged = []
    for each in assignments:
        own = by_organization.get(each.organization_id)
        if own is not None and (each.pk in credited or is_considered(each, own)):
            judged.append(_credit(each, own))
        elif each.pk in credited:
            judged.append(_credit(each, replace(record, organization_id=each.organization_id)))
    _save_credits(judged)
    recount(assignments)


def credit_activities(activities: Sequence[Activity], *, looks_elsewhere: bool = False) -> None:
    """The same for many records at once, of few organisations: after an import, for one.

    ``looks_elsewhere``: people of the records may have moved to other branches since.
    """
    if not activities:
        return
    elsewhere = {pk for each in activities for pk in _elsewhere(each)} if looks_elsewhere else set()
    records = with_successors(facts_of(activities))
    organizations = sorted({each.organization_id for each in records})
    for organization_id in organizations:
        lock_organization(organization_id, for_dispatch=True)
    start, end = min(each.held_on for each in activities), max(each.held_on for each in activities)
    wanted = Assignment.objects.filter(organization__in=organizations, starts_on__lte=end, ends_on__gte=start)
    assignments = _locked(elsewhere | set(wanted.values_list("pk", flat=True)))
    by_organization: dict[int, list[RecordFacts]] = {}
    for record in records:
        by_organization.setdefault(record.organization_id, []).append(record)
    touched = [
        each
        for each in assignments
        if each.pk in elsewhere or any(is_considered(each, it) for it in by_organization.get(each.organization_id, ()))
    ]
    credit_together(touched, records)
    if touched:
        _recount_tallies(touched)


def credit_answer(answer: Answer) -> None:
    """Let an answer count for its assignment, or no longer."""
    assignments = _locked({answer.assignment_id})
    counted = answer.status in COUNTING
    reason = "" if counted else WITHDRAWN.get(ActivityStatus(answer.status), "")
    for assignment in assignments:
        amount = answer.amount if answer.amount is not None else Decimal(assignment.goal)
        Credit.objects.update_or_create(
            assignment=assignment,
            answer=answer,
            defaults={
                "counted": counted,
                "amount": amount if counted else 0,
                "reason": reason,
                "rule_version": assignment.rule_version,
                "updated_at": clock.now(),
            },
        )
    recount(assignments)


def credit_existing(assignment_ids: Collection[int], organization_ids: Sequence[int]) -> int:
    """Credit what was filed before its assignments were dispatched; returns how many are complete by that."""
    if not assignment_ids:
        return 0
    for organization_id in sorted(organization_ids):
        lock_organization(organization_id, for_dispatch=True)
    assignments = [each for each in _locked(assignment_ids) if each.state != AssignmentState.EXEMPT or each.is_personal]
    if not assignments:
        return 0
    write_facts([each for each in assignments if each.state != AssignmentState.EXEMPT])
    credit_together(assignments, records_of(assignments))
    return sum(each.state in (AssignmentState.DONE, AssignmentState.PENDING) for each in assignments)


def credit_together(assignments: Sequence[Assignment], records: Sequence[RecordFacts]) -> None:
    """Judge many records for many assignments (rows already locked) and count the assignments again."""
    by_organization: dict[int, list[RecordFacts]] = {}
    for record in records:
        by_organization.setdefault(record.organization_id, []).append(record)
    _save_credits(
        [
            _credit(assignment, record)
            for assignment in assignments
            for record in by_organization.get(assignment.organization_id, ())
            if is_considered(assignment, record)
        ]
    )
    recount(assignments, keep_tallies=True)


def recount(assignments: Sequence[Assignment], *, keep_tallies: bool = False) -> None:
    """Count locked assignments again from their credits, then their tallies unless the caller does that."""
    open_ones = [
        each for each in assignments if each.state != AssignmentState.EXEMPT or each.exempt_reason == NO_OCCASION
    ]
    progress = progress_of(open_ones)
    flags = waiting(open_ones)
    changed = []
    for assignment in open_ones:
        found, people = progress[assignment.pk]
        pending, returned = flags.get(assignment.pk, (False, False))
        before = _figures(assignment)
        if people is not None:
            assignment.members_expected = people
        assignment.done = found.done
        assignment.completed_at = found.completed_at
        assignment.state = state_of(Figures(found.done, Decimal(assignment.goal), not found.is_owed, pending, returned))
        assignment.exempt_reason = "" if found.is_owed else NO_OCCASION
        if _figures(assignment) != before:
            changed.append(assignment)
    _write(changed)
    if open_ones and not keep_tallies:
        _recount_tallies(open_ones)


def _figures(assignment: Assignment) -> tuple[Any, ...]:
    return (
        assignment.members_expected, assignment.done, assignment.completed_at, assignment.state,
        assignment.exempt_reason,
    )  # fmt: skip


def _write(assignments: Sequence[Assignment]) -> None:
    """One statement for all; ``bulk_update`` spends ten times as long on building its CASEs."""
    if not assignments:
        return
    names = ("id", "people", "done", "completed_at", "state", "exempt_reason")
    rows = [dict(zip(names, (each.pk, *_figures(each)), strict=True)) for each in assignments]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [json.dumps(rows, default=str)])


def _recount_tallies(assignments: Iterable[Assignment]) -> None:
    keys = [(each.organization_id, each.due_month, each.campaign_id) for each in assignments]
    organizations, months, campaigns = (set(column) for column in zip(*keys, strict=True))
    tallies.recount(organizations, months, campaigns)


def _locked(ids: Collection[int]) -> list[Assignment]:
    return list(Assignment.objects.filter(pk__in=ids).order_by("pk").select_for_update())


def _elsewhere(activity: Activity) -> set[int]:
    """Personal assignments of the branches where people of this record have been since: what they did counts there."""
    codes = [metric.code for metric in metrics.fed_by(activity.kind, activity.parts) if metric.is_personal]
    if not codes:
        return set()
    been = (
        Membership.objects.filter(member__attendances__activity=activity)
        .exclude(ends_on__lte=activity.held_on)
        .exclude(organization=activity.organization_id)
        .values("organization")
    )
    return set(
        Assignment.objects.filter(
            organization__in=been, metric__in=codes, starts_on__lte=activity.held_on, ends_on__gte=activity.held_on
        ).values_list("pk", flat=True)
    )


def records_of(assignments: Sequence[Assignment]) -> list[RecordFacts]:
    """The records of the periods of these assignments, of their organisations and of those that they absorbed.

    What was sent back is among them: it counts for nothing, but is waited for.
    """
    start: date = min(each.starts_on for each in assignments)
    end: date = max(each.ends_on for each in assignments)
    organizations = {each.organization_id for each in assignments}
    absorbed = set(heirs_of(organizations))
    activities = Activity.objects.filter(
        status__in=FOUND, organization__in=organizations | absorbed, held_on__gte=start, held_on__lte=end
    )
    records = facts_of(list(activities.order_by("pk")))
    return with_successors(records) if absorbed else records


def _credit(assignment: Assignment, record: RecordFacts) -> Credit:
    """The credit of a record that is known; for one that no longer bears on the assignment it is withdrawn."""
    verdict = verdict_on(assignment, record)
    counted, reason = verdict.counted, verdict.reason
    if not is_considered(assignment, record):
        counted, reason = False, "修改后不再属于本任务的计数范围。"
    elif not record.is_counting:
        counted, reason = False, WITHDRAWN.get(ActivityStatus(record.status), reason)
    return Credit(
        assignment=assignment,
        activity_id=record.activity_id,
        counted=counted,
        amount=verdict.amount if counted else 0,
        reason=reason,
        rule_version=assignment.rule_version,
        updated_at=clock.now(),
    )


def _save_credits(credits: list[Credit]) -> None:
    """Insert or bring up to date, a row for each pair of assignment and record."""
    Credit.objects.bulk_create(
        credits,
        update_conflicts=True,
        unique_fields=["assignment", "activity"],
        update_fields=["counted", "amount", "reason", "rule_version", "updated_at"],
        batch_size=1000,
    )
