"""Marks of members: out of reach, away for work. Those that change counts are composed in ``desk``."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.actions.standing_steps import begin_standing, finish_standing
from members.enums import NOT_COUNTED, StandingKind
from members.models import Member, SearchNote, Standing
from partybuild.lib import clock


@transaction.atomic
def mark_member(
    *, by: Actor, member: Member, organization: Organization, kind: str, starts_on: date, reason: str = "",
    place: str = "",
) -> Standing:  # fmt: skip
    """Mark a member as 失联 or 流动 from a day on; he stays on the roster and in its counts."""
    if kind in NOT_COUNTED:
        raise ValidationError({"kind": "停止党籍和去除党籍请在党员页面单独办理。"})
    return begin_standing(
        by=by, member=member, organization=organization, kind=kind, starts_on=starts_on, reason=reason, place=place
    )


@transaction.atomic
def end_mark(*, by: Actor, standing: Standing, organization: Organization, ends_on: date, note: str = "") -> Standing:
    """A mark of 失联 or 流动 ends; of somebody found the search log says how."""
    if standing.kind in NOT_COUNTED:
        raise ValidationError({"ends_on": "恢复党籍请单独办理。"})
    return finish_standing(by=by, standing=standing, organization=organization, ends_on=ends_on, note=note)


@transaction.atomic
def note_search(
    *, by: Actor, standing: Standing, organization: Organization, on: date, way: str, result: str, found: bool = False
) -> SearchNote:
    """One attempt to find a member; ``found`` ends the mark on that day."""
    standing = Standing.objects.select_for_update().get(pk=standing.pk)
    if standing.kind != StandingKind.LOST or standing.ends_on is not None:
        raise ValidationError("该党员没有标记为失联，无需登记查找情况。")
    if on > clock.today():
        raise ValidationError({"on": "日期晚于今天。"})
    if on < standing.starts_on:
        raise ValidationError({"on": "日期早于失联日期。"})
    note = SearchNote.objects.filter(standing=standing, on=on, way=way, result=result).first()
    if note is None:
        note = SearchNote.objects.create(
            standing=standing, on=on, way=way, result=result, noted_at=clock.now(), noted_by_id=by.user_id
        )
        audit.record(by=by, verb="登记查找情况", obj=standing.member, organization=organization)
    if found:
        finish_standing(by=by, standing=standing, organization=organization, ends_on=on, note="已取得联系")
    return note
