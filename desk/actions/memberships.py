"""A member comes, moves to another branch, leaves the tree: rosters, offices, posts and tasks in one transaction."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.actions.post_steps import move_posts_of_member
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.organization_steps import recount_people
from members.actions.offices import end_office
from members.actions.organization_steps import follow_members
from members.actions.steps import end_membership, open_membership
from members.models import Member, Membership, Office
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def move_member(*, by: Actor, member: Member, to: Organization, on: date, reason: str) -> Membership:
    """From the day on the member is on another branch's roster.

    Offices at organisations that no longer stand above him end, so do his posts as a member of the branch that he
    leaves; an open file of development goes along; personal tasks of both branches are counted again. Who is there
    already stays as he is.
    """
    _refuse_future(on)
    left = _place_of(member, to)
    to = _live(to)
    if left.organization_id == to.pk:
        return left
    end_membership(by=by, membership=left, ends_on=on)
    made = open_membership(by=by, member=member, organization=to, starts_on=on)
    _leave(by, member, left.organization, to, on)
    follow_members(members=[member.pk], branch=to)
    recount_people(organizations=[left.organization_id, to.pk], since=on)
    detail = {"from": left.organization_id, "to": to.pk, "on": on.isoformat(), "note": reason}
    audit.record(by=by, verb="调整所在党支部", obj=member, organization=to, detail=detail)
    return made


@transaction.atomic
def leave_tree(*, by: Actor, member: Member, on: date, reason: str) -> Membership:
    """From the day on the member is on no roster: offices and posts as a member end, tasks are counted again."""
    _refuse_future(on)
    left = _place_of(member)
    ended = end_membership(by=by, membership=left, ends_on=on)
    _leave(by, member, left.organization, None, on)
    recount_people(organizations=[left.organization_id], since=on)
    detail = {"from": left.organization_id, "on": on.isoformat(), "note": reason}
    audit.record(by=by, verb="离开党支部", obj=member, organization=left.organization, detail=detail)
    return ended


@transaction.atomic
def enter_tree(*, by: Actor, member: Member, to: Organization, on: date) -> Membership:
    """From the day on a member who was on no roster is on this one; personal tasks are counted again."""
    _refuse_future(on)
    _lock([to.pk], member)
    made = open_membership(by=by, member=member, organization=_live(to), starts_on=on)
    recount_people(organizations=[to.pk], since=on)
    return made


def _place_of(member: Member, *others: Organization) -> Membership:
    """His live place, read under the locks of both organisations: a second request finds what the first one left."""
    live = Membership.objects.filter(member=member, ends_on=None)
    known = live.values_list("organization_id", flat=True)
    _lock([*known, *(other.pk for other in others)], member)
    place = live.select_related("organization").first()
    if place is None:
        raise ValidationError(f"{member}不在任何党支部的名册中。")
    return place


def _lock(organizations: list[int], member: Member) -> None:
    """Organisations in one order, so that two moves in opposite directions do not wait for each other; then himself."""
    list(Organization.objects.filter(pk__in=organizations).order_by("pk").select_for_update(no_key=True))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def _live(organization: Organization) -> Organization:
    organization = Organization.objects.get(pk=organization.pk)
    if organization.dissolved_on is not None:
        raise ValidationError(f"{organization}已于{day_text(organization.dissolved_on)}撤销，不能编入党员。")
    return organization


def _leave(by: Actor, member: Member, branch: Organization, to: Organization | None, on: date) -> None:
    """End what he held where he no longer belongs: at organisations that do not stand above the new branch."""
    held = Office.objects.filter(member=member, ends_on=None).select_related("organization").order_by("pk")
    for office in held:
        if to is None or not to.path.startswith(office.organization.path):
            end_office(by=by, office=office, ends_on=max(on, office.starts_on))
    if member.user is not None:
        move_posts_of_member(by=by, user=member.user, left=branch, to=to, on=on)


def _refuse_future(on: date) -> None:
    if on > clock.today():
        raise ValidationError({"on": "日期不能晚于今天。"})
