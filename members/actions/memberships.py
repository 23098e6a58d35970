"""A member's place within his branch. Coming, moving and leaving touch upper floors and are composed in ``desk``."""

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from members.actions.changes import note_changes
from members.models import Membership


@transaction.atomic
def assign_group(*, by: Actor, membership: Membership, group: Organization | None) -> Membership:
    """Place a member in a 党小组 of his branch, or in none."""
    organization = lock_roster(membership.organization)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    refuse_group(group, organization)
    if membership.group_id != (group.pk if group else None):
        before, membership.group = membership.group, group
        membership.save(update_fields=["group"])
        note_changes(by=by, changes=[(membership.member, "group", before, group)])
        audit.record(
            by=by, verb="编入党小组", obj=membership.member, organization=organization,
            detail={"group": str(group or "")},
        )  # fmt: skip
    return membership


def lock_roster(organization: Organization) -> Organization:
    """A roster changes under its organisation's lock, before any row of an upper floor is locked."""
    return Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def refuse_group(group: Organization | None, organization: Organization) -> None:
    """Refuse a 党小组 of another branch."""
    if group is not None and (group.kind != OrganizationKind.GROUP or group.parent_id != organization.pk):
        raise ValidationError({"group": "党小组不属于该党支部。"})
