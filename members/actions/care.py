"""Care and help (O14): whom it is given to and what was done; each look leaves a trace."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.models import CareCase, CareVisit, Member
from partybuild.lib import clock


@transaction.atomic
def open_case(
    *, by: Actor, member: Member, organization: Organization, group: str, need: str, starts_on: date
) -> CareCase:
    """From the day on a member belongs to a group that is cared for; to each group once at a time."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if starts_on > clock.today():
        raise ValidationError({"starts_on": "开始日期不能晚于今天。"})
    if CareCase.objects.filter(member=member, group=group, ends_on=None).exists():
        raise ValidationError({"group": "该党员已在这一类关怀对象中。"})
    case = CareCase(
        member=member, organization=organization, group=group, need=need.strip(), starts_on=starts_on,
        recorded_at=clock.now(), recorded_by_id=by.user_id,
    )  # fmt: skip
    case.full_clean(exclude=["recorded_by"])
    case.save()
    audit.record(by=by, verb="登记关怀帮扶对象", obj=case, organization=organization)
    return case


@transaction.atomic
def end_case(*, by: Actor, case: CareCase, ends_on: date) -> CareCase:
    """The member no longer belongs to the group from the day on."""
    case = CareCase.objects.select_for_update(of=["self"]).get(pk=case.pk)
    if case.ends_on is not None:
        raise ValidationError({"ends_on": "该关怀帮扶已经结束。"})
    if ends_on < case.starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
    case.ends_on = ends_on
    case.save(update_fields=["ends_on"])
    audit.record(by=by, verb="结束关怀帮扶", obj=case, organization=case.organization)
    return case


@transaction.atomic
def add_visit(*, by: Actor, case: CareCase, visited_on: date, help: str, amount: Decimal | None = None) -> CareVisit:
    """Help was given on a day, perhaps with money."""
    case = CareCase.objects.select_for_update(of=["self"]).get(pk=case.pk)
    if visited_on > clock.today():
        raise ValidationError({"visited_on": "日期不能晚于今天。"})
    if visited_on < case.starts_on:
        raise ValidationError({"visited_on": "日期不能早于登记为关怀对象的日期。"})
    visit = CareVisit(
        case=case, visited_on=visited_on, help=help.strip(), amount=amount, recorded_at=clock.now(),
        recorded_by_id=by.user_id,
    )  # fmt: skip
    visit.full_clean(exclude=["recorded_by", "case"])
    visit.save()
    audit.record(by=by, verb="登记帮扶", obj=case, organization=case.organization)
    return visit


@transaction.atomic
def note_case_seen(*, by: Actor, case: CareCase) -> None:
    """Somebody looked at a case."""
    audit.record(by=by, verb="查阅关怀帮扶", obj=case, organization=case.organization)
