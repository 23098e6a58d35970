"""Party standing suspended, given back, or lost: marks, rosters, offices, posts and tasks in one transaction."""

from datetime import date

from django.db import transaction

from branches.permissions import Actor
from campaigns.actions.organization_steps import recount_people
from desk.actions.memberships import leave_tree
from members.actions.standing_steps import begin_standing, finish_standing
from members.enums import StandingKind
from members.models import Member, Membership, Standing
from members.models.standing import StandingQuerySet


@transaction.atomic
def suspend_member(*, by: Actor, member: Member, place: Membership, on: date, reason: str) -> Standing:
    """停止党籍: from the day on he is neither counted nor votes; personal tasks of his branch are counted again.

    Refused before somebody lost has been out of reach for the months of the rule table.
    """
    standing = begin_standing(
        by=by, member=member, organization=place.organization, kind=StandingKind.SUSPENDED, starts_on=on, reason=reason
    )
    recount_people(organizations=[place.organization_id], since=on)
    return standing


@transaction.atomic
def restore_member(*, by: Actor, standing: Standing, place: Membership, on: date, note: str) -> Standing:
    """恢复党籍: he is counted again; who was out of reach is found."""
    for mark in _open(standing.member).filter(kind__in=[StandingKind.SUSPENDED, StandingKind.LOST]):
        finish_standing(by=by, standing=mark, organization=place.organization, ends_on=on, note=note)
    recount_people(organizations=[place.organization_id], since=on)
    standing.refresh_from_db()
    return standing


@transaction.atomic
def leave_party(*, by: Actor, member: Member, on: date, cause: str, reason: str) -> Standing:
    """出党, 除名, 去世: he leaves his roster, offices and posts end, other marks end; he stays findable."""
    left = leave_tree(by=by, member=member, on=on, reason=reason)
    for mark in _open(member):
        finish_standing(
            by=by, standing=mark, organization=left.organization, ends_on=max(on, mark.starts_on), note=reason
        )
    return begin_standing(
        by=by, member=member, organization=left.organization, kind=StandingKind.HISTORICAL, starts_on=on,
        reason=reason, cause=cause,
    )  # fmt: skip


def _open(member: Member) -> StandingQuerySet:
    return Standing.objects.filter(member=member, ends_on=None).order_by("pk")
