"""Yearly plans: written, copied, handed in, sent back, approved. Sources: TS, MF; C07."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.fact_credits import refresh
from campaigns.actions.works import held, lock_organization, move, refuse_own, tell_place
from campaigns.models import BranchPlan, Campaign, PlanItem
from campaigns.rules.branch_plans import EDITABLE, PLAN_STATES, PlanState, day_error
from campaigns.rules.works import placed
from members.models import Member
from partybuild.lib import clock

METRIC, STARTED = "plan.filed", "coverage.started"
ITEM_FIELDS = ("month", "day", "kind", "title", "responsible")


@transaction.atomic
def write_plan(
    *,
    by: Actor,
    organization: Organization,
    year: int,
    title: str,
    text: str = "",
    campaign: Campaign | None = None,
    copies: bool = False,
) -> BranchPlan:
    """Begin the plan of a year, one for each campaign; ``copies`` takes text and activities of the year before."""
    organization = lock_organization(organization)
    if BranchPlan.objects.filter(organization=organization, campaign=campaign, year=year).exists():
        raise ValidationError({"year": "该年度的计划已经建立，请打开后继续填写。"})
    before = BranchPlan.objects.filter(organization=organization, campaign=campaign, year=year - 1).first()
    if copies and before is None:
        raise ValidationError({"copies": "没有上一年度的计划可以复制。"})
    plan = BranchPlan(
        organization=organization, campaign=campaign, year=year, title=title.strip(), text=text.strip(),
        created_at=clock.now(),
    )  # fmt: skip
    if copies and before is not None:
        plan.text = plan.text or before.text
    plan.full_clean()
    plan.save()
    if copies and before is not None:
        _copy_items(before, plan)
    audit.record(by=by, verb="建立支部计划", obj=plan, organization=organization)
    return plan


@transaction.atomic
def change_plan(*, by: Actor, plan: BranchPlan, title: str, text: str) -> BranchPlan:
    """Change title and text while it is with the organisation."""
    plan = _open(plan)
    if (plan.title, plan.text) == (title.strip(), text.strip()):
        return plan
    plan.title, plan.text = title.strip(), text.strip()
    plan.full_clean()
    plan.save(update_fields=["title", "text"])
    audit.record(by=by, verb="修改支部计划", obj=plan, organization=plan.organization)
    return plan


@transaction.atomic
def add_item(*, by: Actor, plan: BranchPlan, **values: Any) -> PlanItem:
    """Name an activity; ``values`` are those of ``ITEM_FIELDS``. The same one twice is one."""
    plan = _open(plan)
    item = PlanItem(plan=plan)
    _fill(item, values)
    if found := plan.items.filter(**{field: getattr(item, field) for field in ITEM_FIELDS}).first():
        return found
    item.save()
    audit.record(by=by, verb="添加计划活动", obj=plan, organization=plan.organization, detail={"note": item.title})
    return item


@transaction.atomic
def change_item(*, by: Actor, item: PlanItem, **values: Any) -> PlanItem:
    """Change a planned activity."""
    plan = _open(item.plan)
    if all(getattr(item, field) == values[field] for field in values):
        return item
    _fill(item, values)
    item.save()
    audit.record(by=by, verb="修改计划活动", obj=plan, organization=plan.organization, detail={"note": item.title})
    return item


@transaction.atomic
def remove_item(*, by: Actor, item: PlanItem) -> None:
    """Take an activity out of the plan."""
    plan = _open(item.plan)
    audit.record(by=by, verb="移除计划活动", obj=plan, organization=plan.organization, detail={"note": item.title})
    item.delete()


@transaction.atomic
def submit_plan(*, by: Actor, plan: BranchPlan) -> BranchPlan:
    """Hand the plan in to the superior; it must name activities."""
    plan = held(plan, "organization")
    move(plan, PLAN_STATES, "submit", "提交")
    if not plan.items.exists():
        raise ValidationError("计划中还没有活动，请先添加计划活动再提交。")
    plan.submitted_at, plan.submitted_by_id, plan.remark = clock.now(), by.user_id, ""
    plan.save(update_fields=["state", "submitted_at", "submitted_by", "remark"])
    audit.record(by=by, verb="提交支部计划", obj=plan, organization=plan.organization)
    text = f"{plan.organization}提交了{plan.year}年度计划“{plan}”，请审核。"
    superior = plan.organization.parent_id or plan.organization_id
    tell_place(
        [superior], f"plan:{plan.pk}:sent:{plan.submitted_at:%Y%m%d%H%M%S}", text, url=page_of(plan), roles=[Role.STAFF]
    )
    _count(plan)
    return plan


@transaction.atomic
def withdraw_plan(*, by: Actor, plan: BranchPlan) -> BranchPlan:
    """Take back what the superior has not looked at."""
    plan = held(plan, "organization")
    move(plan, PLAN_STATES, "withdraw", "撤回")
    plan.save(update_fields=["state"])
    audit.record(by=by, verb="撤回支部计划", obj=plan, organization=plan.organization)
    _count(plan)
    return plan


@transaction.atomic
def approve_plan(*, by: Actor, plan: BranchPlan, remark: str = "") -> BranchPlan:
    """The superior finds it in line with its own."""
    return _decide(by, plan, "approve", "通过", remark)


@transaction.atomic
def return_plan(*, by: Actor, plan: BranchPlan, remark: str) -> BranchPlan:
    """The superior sends it back with a word; an approved one as well, to be adapted during the year."""
    if not remark.strip():
        raise ValidationError({"remark": "请填写退回意见。"})
    return _decide(by, plan, "send_back", "退回", remark)


def page_of(plan: BranchPlan) -> str:
    """Where the plan is shown."""
    return reverse("campaigns:branch_plan_detail", args=[plan.pk])


def _decide(by: Actor, plan: BranchPlan, verb: str, words: str, remark: str) -> BranchPlan:
    plan = held(plan, "organization")
    refuse_own(by, plan.organization, plan.submitted_by_id)
    move(plan, PLAN_STATES, verb, words)
    plan.remark, plan.decided_at, plan.decided_by_id = remark.strip(), clock.now(), by.user_id
    plan.full_clean(exclude=["organization", "campaign", "submitted_by", "decided_by"])
    plan.save(update_fields=["state", "remark", "decided_at", "decided_by"])
    detail = {"note": plan.remark} if plan.remark else {}
    audit.record(by=by, verb=f"{words}支部计划", obj=plan, organization=plan.organization, detail=detail)
    after = "已通过，请按计划开展活动" if plan.state == PlanState.APPROVED else f"已退回：{plan.remark}。请修改后再提交"
    text = f"{plan.year}年度计划“{plan}”{after}。"
    tell_place(
        [plan.organization_id], f"plan:{plan.pk}:{plan.state}:{plan.decided_at:%Y%m%d%H%M%S}", text, url=page_of(plan)
    )
    _count(plan)
    return plan


def _open(plan: BranchPlan) -> BranchPlan:
    plan = held(plan, "organization")
    if plan.state not in EDITABLE:
        raise ValidationError("计划已经提交，不能修改。需要调整的，请先撤回或者请上级退回。")
    return plan


def _fill(item: PlanItem, values: dict[str, Any]) -> None:
    for field in ITEM_FIELDS:
        if field in values:
            setattr(item, field, values[field])
    if error := day_error(item.plan.year, item.month, item.day):
        raise ValidationError({"day": error})
    item.full_clean(exclude=["plan"])


def _copy_items(before: BranchPlan, plan: BranchPlan) -> None:
    rows = [
        PlanItem(
            plan=plan, month=one.month, kind=one.kind, title=one.title, responsible_id=_still_here(one.responsible),
            day=one.day if one.day and not day_error(plan.year, one.month, one.day) else None,
        )
        for one in before.items.select_related("responsible")
    ]  # fmt: skip
    PlanItem.objects.bulk_create(rows)


def _still_here(member: Member | None) -> int | None:
    if member is None or not member.memberships.filter(ends_on__isnull=True).exists():
        return None
    return member.pk


def _count(plan: BranchPlan) -> None:
    refresh([METRIC, STARTED], [plan.organization_id], on=placed(clock.today(), plan.year))
