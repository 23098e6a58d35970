"""Amending what is published: a target is never edited but succeeded by another version of its lineage.

Source: model.md, ``Target``. What is closed stays; what is open in a period from which on the new version holds is
asked anew; who is asked no more is exempt from what he has not completed: what was done stays done. Locks are taken in
one order: campaign → organisations → assignments by id → tallies by id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions import crediting, tallies
from campaigns.actions.milestones import dispatch_again
from campaigns.enums import AssignmentState, CampaignStatus, Sums
from campaigns.models import Assignment, Campaign, Target
from campaigns.queries.audience import audience_of
from campaigns.queries.terms import grace_of, terms_of
from campaigns.rules import deadlines, metrics
from campaigns.rules.amendments import NO_LONGER_ASKED, TargetChange
from office.queries.calendar import workday_checker
from office.queries.rules import rule_table
from partybuild.lib import clock, periods
from partybuild.lib.periods import PeriodKind

_RETARGETED = ["target", "needed", "due_on", "due_month", "grace_until", "cut_off_on"]


@dataclass(frozen=True)
class Amended:
    """What an amendment changes: open assignments asked anew and of how many organisations; those no longer asked;
    how many were complete before and are after; organisations asked for the first time."""

    successor: Target | None
    changed: int = 0
    organizations: int = 0
    exempted: int = 0
    complete_before: int = 0
    complete_after: int = 0
    added: int = 0


@transaction.atomic
def amend_target(*, by: Actor, target: Target, change: TargetChange, on: date, reason: str) -> Amended:
    """End a published target and put its next version in force from a day on; open assignments follow it.

    Of those that are left out of its audience, what is open and not complete ends exempt.
    """
    target = _held(target, reason)
    field, refusal = change.refusal()
    if refusal:
        raise ValidationError({field: refusal})
    successor = _successor(target, change, on, reason)
    campaign = target.task.campaign
    asked = set(audience_of(successor, campaign.issuer).values_list("pk", flat=True))
    rows = _open_rows(target, on)
    months = {row.due_month for row in rows}
    kept = [row for row in rows if row.organization_id in asked]
    before = sum(row.state == AssignmentState.DONE for row in kept)
    _ask_anew(kept, successor, campaign)
    exempted = _exempt([row for row in rows if row.organization_id not in asked])
    _recount(rows, months)
    known = set(audience_of(target, campaign.issuer).values_list("pk", flat=True))
    dispatch_again(by=by)
    _note(by, "调整指标", successor, reason, on)
    return Amended(
        successor,
        len(kept),
        len({row.organization_id for row in kept}),
        exempted,
        before,
        Assignment.objects.filter(pk__in=[row.pk for row in kept], state=AssignmentState.DONE).count(),
        len(asked - known),
    )


@transaction.atomic
def end_target(*, by: Actor, target: Target, on: date, reason: str) -> Amended:
    """Ask no more for a published target from a day on: what is open and not complete ends exempt."""
    target = _held(target, reason)
    target.ended_on = on
    target.save(update_fields=["ended_on"])
    rows = _open_rows(target, on)
    exempted = _exempt(rows)
    _recount(rows, {row.due_month for row in rows})
    _note(by, "取消指标", target, reason, on)
    return Amended(None, exempted=exempted)


def preview(*, by: Actor, target: Target, change: TargetChange | None, on: date, reason: str) -> Amended:
    """What the amendment would do, done and taken back; without a change the end of the target."""
    with transaction.atomic():
        if change is None:
            found = end_target(by=by, target=target, on=on, reason=reason)
        else:
            found = amend_target(by=by, target=target, change=change, on=on, reason=reason)
        transaction.set_rollback(True)
    return found


def _held(target: Target, reason: str) -> Target:
    Campaign.objects.select_for_update().get(pk=target.task.campaign_id)
    found = Target.objects.select_for_update(of=("self",)).select_related("task__campaign__issuer").get(pk=target.pk)
    if found.task.campaign.status != CampaignStatus.PUBLISHED:
        raise ValidationError("只有已发布的创建活动才需要调整指标；草稿请直接修改。")
    if found.ended_on is not None:
        raise ValidationError("这一指标已经调整过，请在新的指标上办理。")
    if not reason.strip():
        raise ValidationError({"reason": "请填写调整理由。"})
    return found


def _successor(target: Target, change: TargetChange, on: date, reason: str) -> Target:
    """The next version; the one before ends on the day on which it begins."""
    target.ended_on = on
    target.save(update_fields=["ended_on"])
    kept = ("task", "lineage", "metric", "subject", "period", "unit", "basis", "before_term_end_months", "within_days",
            "position")  # fmt: skip
    successor = Target(
        **{name: getattr(target, name) for name in kept},
        title=change.title,
        at_least=change.at_least,
        at_most=change.at_most,
        due_day=change.due_day,
        by_day=change.by_day,
        audience_kinds=list(change.audience_kinds),
        audience_group=change.audience_group,
        phrase=change.phrase or target.phrase,
        starts_on=on,
        amended_for=reason.strip()[:255],
    )
    successor.full_clean(exclude=["lineage"], validate_constraints=False)
    successor.save()
    return successor


def _open_rows(target: Target, on: date) -> list[Assignment]:
    """The assignments of the lineage from the day on that are not closed, held with their organisations."""
    rows = Assignment.objects.filter(lineage=target.lineage, closed_at=None, starts_on__gte=on)
    for organization_id in sorted(set(rows.values_list("organization_id", flat=True))):
        crediting.lock_organization(organization_id, for_dispatch=True)
    return list(rows.order_by("pk").select_for_update())


def _ask_anew(rows: Sequence[Assignment], successor: Target, campaign: Campaign) -> None:
    """The new amount and days; an extension that was granted keeps its day, groups keep their number."""
    grace, is_workday = grace_of(rule_table(clock.today())), workday_checker()
    terms = terms_of(successor, campaign)
    by_groups = metrics.get(successor.metric).sums == Sums.GROUPS
    for row in rows:
        row.target = successor
        if not by_groups:
            row.needed = successor.at_least
        if row.due_before is None and PeriodKind(successor.period) not in (PeriodKind.TERM, PeriodKind.EVENT):
            period = periods.parse(row.period, (row.starts_on, row.ends_on))
            dates = deadlines.due_dates(terms, period, grace, is_workday)
            row.due_on, row.due_month = dates.due_on, dates.due_month
            row.grace_until, row.cut_off_on = dates.grace_until, dates.cut_off_on
    Assignment.objects.bulk_update(rows, _RETARGETED, batch_size=500)
    crediting.recount(rows, keep_tallies=True)


def _exempt(rows: Iterable[Assignment]) -> int:
    """Ask no more for what is not complete; how many."""
    ended = [row for row in rows if row.state not in (AssignmentState.DONE, AssignmentState.EXEMPT)]
    for row in ended:
        row.state, row.exempt_reason = AssignmentState.EXEMPT, NO_LONGER_ASKED
    Assignment.objects.bulk_update(ended, ["state", "exempt_reason"], batch_size=500)
    return len(ended)


def _recount(rows: Sequence[Assignment], months: set[str]) -> None:
    """The counts of these months, and of those into which the rows have moved."""
    if rows:
        tallies.recount(
            {row.organization_id for row in rows},
            months | {row.due_month for row in rows},
            {row.campaign_id for row in rows},
        )


def _note(by: Actor, verb: str, target: Target, reason: str, on: date) -> None:
    organization: Organization = target.task.campaign.issuer
    audit.record(by=by, verb=verb, obj=target, organization=organization, detail={"note": reason, "on": on.isoformat()})
