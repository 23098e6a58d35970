"""Weak branches: put on the list by the superior, planned for, lifted by the superior (O16)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.models import PlanStep, WeakBranch
from members.rules.weak_branches import last_day
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def list_branch(*, by: Actor, organization: Organization, listed_on: date, reasons: str) -> WeakBranch:
    """The superior puts a branch on the list, with reasons."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if organization.kind != OrganizationKind.BRANCH or organization.dissolved_on is not None:
        raise ValidationError({"organization": "只能列入现有的党支部。"})
    _refuse_own(by, organization)
    if listed_on > clock.today():
        raise ValidationError({"listed_on": "列入日期不能晚于今天。"})
    if WeakBranch.objects.filter(organization=organization, lifted_on=None).exists():
        raise ValidationError({"organization": "该党支部已经列入，尚未销号。"})
    weak = WeakBranch(organization=organization, listed_on=listed_on, reasons=reasons.strip(), listed_by_id=by.user_id)
    weak.full_clean()
    weak.save()
    audit.record(by=by, verb="列入软弱涣散党支部", obj=weak, organization=organization, detail={"note": weak.reasons})
    return weak


@transaction.atomic
def lift_branch(*, by: Actor, weak: WeakBranch, lifted_on: date, reason: str) -> WeakBranch:
    """The superior takes a branch off the list, with a reason."""
    weak = _held(weak)
    _refuse_own(by, weak.organization)
    if not weak.listed_on <= lifted_on <= clock.today():
        raise ValidationError({"lifted_on": "销号日期应在列入日期和今天之间。"})
    if not reason.strip():
        raise ValidationError({"reason": "请填写销号理由。"})
    weak.lifted_on, weak.lifted_reason, weak.lifted_by_id = lifted_on, reason.strip(), by.user_id
    weak.save(update_fields=["lifted_on", "lifted_reason", "lifted_by"])
    audit.record(
        by=by, verb="软弱涣散党支部销号", obj=weak, organization=weak.organization, detail={"note": reason.strip()}
    )
    return weak


@transaction.atomic
def add_step(*, by: Actor, weak: WeakBranch, measure: str, target_on: date) -> PlanStep:
    """A measure of the plan, with the day by which it is to be done: within the years of the rule table."""
    weak = _held(weak)
    latest = last_day(weak.listed_on, rule_table(clock.today()).int("weak.plan_years"))
    if not weak.listed_on <= target_on <= latest:
        words = f"完成期限应在{day_text(weak.listed_on)}至{day_text(latest)}之间。"
        raise ValidationError({"target_on": words})
    if weak.steps.filter(measure=measure.strip(), target_on=target_on).exists():
        raise ValidationError({"measure": "同一期限的这项措施已经登记。"})
    step = PlanStep(weak=weak, year=target_on.year, measure=measure.strip(), target_on=target_on)
    step.full_clean()
    step.save()
    audit.record(by=by, verb="登记提升措施", obj=weak, organization=weak.organization, detail={"note": step.measure})
    return step


@transaction.atomic
def finish_step(*, by: Actor, step: PlanStep, done_on: date, result: str) -> PlanStep:
    """A measure is done, with what came of it."""
    weak = _held(step.weak)
    step = PlanStep.objects.select_for_update().get(pk=step.pk)
    if step.done_on is not None:
        raise ValidationError("该措施已登记完成。")
    if not weak.listed_on <= done_on <= clock.today():
        raise ValidationError({"done_on": "完成日期应在列入日期和今天之间。"})
    if not result.strip():
        raise ValidationError({"result": "请填写完成情况。"})
    step.done_on, step.result = done_on, result.strip()
    step.save(update_fields=["done_on", "result"])
    audit.record(by=by, verb="完成提升措施", obj=weak, organization=weak.organization, detail={"note": step.measure})
    return step


@transaction.atomic
def drop_step(*, by: Actor, step: PlanStep) -> None:
    """Take a measure out of the plan that is not done."""
    weak = _held(step.weak)
    step = PlanStep.objects.select_for_update().get(pk=step.pk)
    if step.done_on is not None:
        raise ValidationError("已完成的措施不能移除。")
    audit.record(by=by, verb="移除提升措施", obj=weak, organization=weak.organization, detail={"note": step.measure})
    step.delete()


def _refuse_own(by: Actor, organization: Organization) -> None:
    if by.organization_id == organization.pk and organization.parent_id is not None:
        raise ValidationError("软弱涣散党支部由上级党组织认定和销号。")


def _held(weak: WeakBranch) -> WeakBranch:
    """The row under a lock; one that was lifted is not changed any more."""
    weak = WeakBranch.objects.select_for_update(of=("self",)).select_related("organization").get(pk=weak.pk)
    if weak.lifted_on is not None:
        raise ValidationError("该党支部已销号，不能再修改。")
    return weak
