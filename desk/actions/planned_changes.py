"""Changes of organisations on a day to come: planned, cancelled, and carried out when the day is there.

What is carried out is the same deed that is done at once (``desk.actions.organizations``), as of the planned day.
"""

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.actions.organizations import lock_trees, refuse_dissolved
from branches.enums import Channel, PlannedKind, PlannedState, Role
from branches.models import Organization, OrganizationChange, PlannedChange
from branches.permissions import Actor
from branches.rules.planned_changes import can
from campaigns.queries.open_periods import is_cycle_running
from desk.actions import organizations as deeds
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock
from partybuild.lib.dates import day_text

logger = logging.getLogger(__name__)
DEEDS: dict[str, Callable[..., OrganizationChange]] = {
    PlannedKind.RENAME: deeds.rename,
    PlannedKind.MOVE: deeds.move,
    PlannedKind.MERGE: deeds.merge,
    PlannedKind.SPLIT: deeds.split,
    PlannedKind.DISSOLVE: deeds.dissolve,
}
_TOWARDS = {PlannedKind.MOVE: "parent", PlannedKind.MERGE: "successor"}
_LATER = {NON_FIELD_ERRORS, "effective_on"}
_OUTCOME_LENGTH = 255


@transaction.atomic
def plan_change(
    *, by: Actor, kind: str, organization: Organization, effective_on: date, reason: str, **arguments: Any
) -> tuple[PlannedChange, str]:
    """Write down what is to happen on the day; with what stands in its way today ("" if nothing).

    It is tried out as of today and undone. What is wrong with what was written (superior, name, code, members) is
    refused; what may still change by then (members left, things to be ended first) is only told.
    """
    lock_trees(organization)
    organization = Organization.objects.get(pk=organization.pk)
    _refuse_plan(by, kind, organization, effective_on)
    obstacle = _tried(by, kind, organization, reason, arguments)
    plan = PlannedChange.objects.create(
        organization=organization, kind=kind, other=arguments.get(_TOWARDS.get(PlannedKind(kind), "")),
        effective_on=effective_on, payload=_payload(kind, arguments), reason=reason, planned_by_id=by.user_id,
        planned_post_id=by.post_id, planned_at=clock.now(),
    )  # fmt: skip
    detail = {"on": effective_on.isoformat(), "kind": kind, "note": reason}
    audit.record(by=by, verb="登记待生效的变更", obj=plan, organization=organization, detail=detail)
    return plan, obstacle


@transaction.atomic
def cancel_plan(*, by: Actor, plan: PlannedChange, note: str) -> PlannedChange:
    """It will not be carried out; the reason is kept."""
    plan = PlannedChange.objects.select_for_update(of=("self",)).select_related("organization").get(pk=plan.pk)
    if not can(plan.state, PlannedState.CANCELLED):
        raise ValidationError(f"该变更{plan.get_state_display()}，不能取消。")
    if not note.strip():
        raise ValidationError({"note": "请填写取消原因。"})
    _end(plan, PlannedState.CANCELLED, outcome=note.strip())
    detail = {"kind": plan.kind, "note": plan.outcome}
    audit.record(by=by, verb="取消待生效的变更", obj=plan, organization=plan.organization, detail=detail)
    return plan


def carry_out_due(*, on: date) -> dict[str, int]:
    """Carry out what is due, oldest first, each in a transaction of its own; how many were done and could not be.

    A failure of the program leaves its own change waiting, does the others, and is raised at the end.
    """
    counts = {PlannedState.DONE.value: 0, PlannedState.FAILED.value: 0}
    broken: Exception | None = None
    for pk in list(PlannedChange.objects.due(on).values_list("pk", flat=True)):
        if is_cycle_running():
            break
        try:
            state = carry_out(pk, on=on)
        except Exception as error:
            logger.exception("planned change %s", pk)
            broken = error
        else:
            if state in counts:
                counts[state] += 1
    if broken is not None:
        raise broken
    return counts


@transaction.atomic
def carry_out(pk: int, *, on: date) -> str:
    """Carry out one planned change whose day has come; its state after. Done a second time it changes nothing."""
    plan = (
        PlannedChange.objects.select_for_update(of=("self",))
        .select_related("organization", "other", "planned_post__organization", "planned_post__acting_for")
        .get(pk=pk)
    )
    if not plan.is_waiting or plan.effective_on > on:
        return ""
    try:
        with transaction.atomic():
            _refuse_out_of_reach(plan)
            change = DEEDS[plan.kind](
                by=_planner(plan), organization=plan.organization, effective_on=plan.effective_on, reason=plan.reason,
                **_arguments(plan),
            )  # fmt: skip
    except ValidationError as refusal:
        _end(plan, PlannedState.FAILED, outcome="".join(refusal.messages)[:_OUTCOME_LENGTH])
    else:
        _end(plan, PlannedState.DONE, change=change)
    _tell(plan)
    return plan.state


def _end(
    plan: PlannedChange, state: PlannedState, *, outcome: str = "", change: OrganizationChange | None = None
) -> None:
    plan.state, plan.ended_at, plan.outcome, plan.change = state, clock.now(), outcome, change
    plan.save(update_fields=["state", "ended_at", "outcome", "change"])
    if state == PlannedState.FAILED:
        detail = {"kind": plan.kind, "note": outcome}
        audit.record(
            by=_planner(plan), verb="待生效的变更未能办理", obj=plan, organization=plan.organization, detail=detail
        )


def _refuse_plan(by: Actor, kind: str, organization: Organization, on: date) -> None:
    if on <= clock.today():
        raise ValidationError({"effective_on": "待生效的变更须填写今天以后的日期。"})
    refuse_dissolved(organization)
    if organization.parent_id is None and kind != PlannedKind.RENAME:
        raise ValidationError(f"最上级党组织不办理{PlannedKind(kind).label}。")
    if by.organization_id == organization.pk and kind in (PlannedKind.MERGE, PlannedKind.DISSOLVE):
        raise ValidationError("不能撤销或合并自己任职的党组织，请由上级党组织办理。")
    if PlannedChange.objects.waiting().filter(organization=organization, kind=kind, effective_on=on).exists():
        raise ValidationError({"effective_on": f"{organization}在这一天已有待生效的{PlannedKind(kind).label}。"})


def _tried(by: Actor, kind: str, organization: Organization, reason: str, arguments: dict[str, Any]) -> str:
    """The deed as of today, undone at once: a mistake in what was written is raised, another refusal returned."""
    if is_cycle_running():
        return ""
    fresh = Organization.objects.select_related("parent").get(pk=organization.pk)
    try:
        with transaction.atomic():
            DEEDS[kind](by=by, organization=fresh, effective_on=clock.today(), reason=reason, **_copied(arguments))
            transaction.set_rollback(True)
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict") and set(refusal.error_dict) - _LATER:
            raise
        return "".join(refusal.messages)
    return ""


def _copied(arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments with organisations read anew, so that a trial leaves nothing in those of the caller."""
    return {
        name: Organization.objects.get(pk=value.pk) if isinstance(value, Organization) else value
        for name, value in arguments.items()
    }


def _payload(kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
    if kind == PlannedKind.SPLIT:
        return {
            "fields": dict(arguments["fields"]),
            "members": sorted(arguments.get("members", ())),
            "children": sorted(child.pk for child in arguments.get("children", ())),
        }
    return {name: value for name, value in arguments.items() if name != _TOWARDS.get(PlannedKind(kind))}


def _arguments(plan: PlannedChange) -> dict[str, Any]:
    found = dict(plan.payload)
    if plan.kind == PlannedKind.SPLIT:
        found["children"] = list(Organization.objects.filter(pk__in=found["children"]).order_by("pk"))
    if towards := _TOWARDS.get(PlannedKind(plan.kind)):
        found[towards] = plan.other
    return found


def _planner(plan: PlannedChange) -> Actor:
    """Who planned it, under the post of then; the portal itself where nobody did."""
    post = plan.planned_post
    if post is None:
        return Actor.system() if plan.planned_by_id is None else Actor(plan.planned_by_id, channel=Channel.TASK)
    return Actor(
        user_id=plan.planned_by_id, post_id=post.pk, organization_id=post.organization_id,
        organization_path=post.organization.path,
        acting_for_id=post.acting_for.user_id if post.acting_for else None, channel=Channel.TASK,
    )  # fmt: skip


def _refuse_out_of_reach(plan: PlannedChange) -> None:
    """What has left the part of the tree for which it was planned is not touched any more."""
    if plan.planned_post is None:
        return
    reach = plan.planned_post.organization.path
    for one in (plan.organization, plan.other):
        if one is not None and not one.path.startswith(reach):
            raise ValidationError(f"{one}已不在登记变更的党组织管理范围内。")


def _tell(plan: PlannedChange) -> None:
    """Who planned it learns how it ended; of a failure also the staff where he planned it."""
    people = {plan.planned_by_id} if plan.planned_by_id else set()
    is_done = plan.state == PlannedState.DONE
    if not is_done and plan.planned_post is not None:
        at = plan.planned_post.organization_id
        people |= set(people_at([at], [Role.STAFF]).get(at, []))
    day, label = day_text(plan.effective_on), plan.get_kind_display()
    text = (
        f"{plan.organization}的{label}已按{day}生效办理。"
        if is_done
        else f"{plan.organization}定于{day}的{label}未能办理：{plan.outcome}请处理后重新登记。"
    )
    url = reverse("desk:organization_change", args=[plan.change_id]) if is_done else reverse("desk:plan_list")
    tell(people=people, key=f"planned-change:{plan.pk}", text=text, url=url)
