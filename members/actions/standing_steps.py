"""Single steps on marks. Those that change counts are composed in ``desk.actions.standings``."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.changes import note_changes
from members.models import Member, Standing
from members.rules.standings import refusal
from office.queries.rules import rule_table
from partybuild.lib import clock


@transaction.atomic
def begin_standing(
    *, by: Actor, member: Member, organization: Organization, kind: str, starts_on: date, reason: str = "",
    place: str = "", cause: str = "",
) -> Standing:  # fmt: skip
    """A mark begins on a day, unless the rules of marks refuse it."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if starts_on > clock.today():
        raise ValidationError({"starts_on": "开始日期晚于今天。"})
    held = dict(Standing.objects.filter(member=member, ends_on=None).values_list("kind", "starts_on"))
    months = rule_table(starts_on).int("standing.suspend_after_months")
    if refused := refusal(kind, starts_on, held, joined_on=member.joined_on, months=months, reason=reason):
        raise ValidationError(dict([refused]))
    standing = Standing(member=member, kind=kind, starts_on=starts_on, reason=reason, place=place, cause=cause)
    standing.full_clean()
    standing.save()
    note_changes(by=by, changes=[(member, "standing", "", standing.label)], effective_on=starts_on)
    audit.record(
        by=by, verb=f"标记{standing.get_kind_display()}", obj=member, organization=organization,
        detail={"on": starts_on.isoformat()},
    )  # fmt: skip
    return standing


@transaction.atomic
def finish_standing(
    *, by: Actor, standing: Standing, organization: Organization, ends_on: date, note: str = ""
) -> Standing:
    """A mark ends on a day."""
    standing = Standing.objects.select_for_update().select_related("member").get(pk=standing.pk)
    if standing.ends_on is not None:
        raise ValidationError({"ends_on": "该标记已经结束。"})
    if ends_on < standing.starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
    if ends_on > clock.today():
        raise ValidationError({"ends_on": "结束日期晚于今天。"})
    standing.ends_on = ends_on
    standing.save(update_fields=["ends_on"])
    note_changes(by=by, changes=[(standing.member, "standing", standing.label, "")], effective_on=ends_on)
    audit.record(
        by=by, verb=f"结束{standing.get_kind_display()}", obj=standing.member, organization=organization,
        detail={"on": ends_on.isoformat(), "note": note},
    )  # fmt: skip
    return standing
