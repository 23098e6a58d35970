"""Reminders about members out of reach: when the branch should decide on suspending their standing."""

from datetime import date

from django.urls import reverse

from branches.enums import Role
from branches.permissions import Actor
from members.enums import StandingKind
from members.models import Membership, Standing
from members.rules.standings import suspension_due_on
from office.actions.notices import tell
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib.dates import day_text


def remind_lost(*, by: Actor, on: date) -> int:
    """The branch and its unit are told once when somebody has been out of reach for the months of the rule table."""
    months = rule_table(on).int("standing.suspend_after_months")
    suspended = Standing.objects.on(on).filter(kind=StandingKind.SUSPENDED).values("member")
    marks = (
        Standing.objects.on(on).filter(kind=StandingKind.LOST).exclude(member__in=suspended).select_related("member")
    )
    due = {mark.member_id: mark for mark in marks if suspension_due_on(mark.starts_on, months) <= on}
    places = list(Membership.objects.on(on).filter(member__in=due).select_related("organization").order_by("pk"))
    secretaries = people_at([place.organization_id for place in places], [Role.SECRETARY], on)
    above = [place.organization.parent_id for place in places if place.organization.parent_id]
    staff = people_at(above, [Role.STAFF], on)
    told = 0
    for place in places:
        mark = due[place.member_id]
        people = [*secretaries.get(place.organization_id, []), *staff.get(place.organization.parent_id or 0, [])]
        text = f"{mark.member}自{day_text(mark.starts_on)}起失联，已满 {months} 个月，请按规定研究停止党籍。"
        told += tell(people=people, key=f"lost:{mark.pk}:suspend", text=text, url=reverse("members:lost_list"))
    return told
