"""Single steps on rosters. Taken alone they leave the floors above behind: only compositions may import them.

``desk.actions.memberships`` moves members, ``desk.actions.joining`` opens the first place of a new one.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.actions.memberships import lock_roster, refuse_group
from members.actions.occasions import member_joined
from members.enums import UNDER_DEVELOPMENT
from members.models import Member, Membership


@transaction.atomic
def open_membership(
    *, by: Actor, member: Member, organization: Organization, starts_on: date, group: Organization | None = None
) -> Membership:
    """Put a member on the roster of a branch from a day on; a member has one place at a time."""
    organization = lock_roster(organization)
    if organization.kind != OrganizationKind.BRANCH:
        raise ValidationError({"organization": "党员只能编入党支部。"})
    if member.kind in UNDER_DEVELOPMENT:
        raise ValidationError(
            {"organization": f"{member}是{member.get_kind_display()}，接收为预备党员后才能编入名册。"}
        )
    if organization.dissolved_on is not None:
        raise ValidationError({"organization": f"{organization}已撤销，不能编入党员。"})
    refuse_group(group, organization)
    if Membership.objects.filter(member=member, ends_on__isnull=True).exists():
        raise ValidationError({"organization": f"{member}已在一个党支部的名册中。"})
    if Membership.objects.filter(member=member, ends_on__gt=starts_on).exists():
        raise ValidationError({"starts_on": "开始日期早于在上一个党支部的结束日期。"})
    membership = Membership.objects.create(member=member, organization=organization, group=group, starts_on=starts_on)
    member_joined(by=by, membership=membership)
    audit.record(by=by, verb="编入党支部", obj=member, organization=organization, detail={"on": starts_on.isoformat()})
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, ends_on: date) -> Membership:
    """Take a member off a roster; on ``ends_on`` he is no longer on it."""
    organization = lock_roster(membership.organization)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ends_on is not None:
        raise ValidationError({"ends_on": "该党员已不在这个党支部的名册中。"})
    if ends_on < membership.starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    audit.record(
        by=by, verb="移出党支部", obj=membership.member, organization=organization, detail={"on": ends_on.isoformat()}
    )
    return membership
