"""Who on the rosters has no account yet, or one that was never used."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import OfficeKind
from members.models import Membership, Office
from members.models.member import MembershipQuerySet

WITHOUT, UNUSED = "without", "unused"


def places_for_accounts(
    scope: Scope, on: date, *, q: str = "", organization: Organization | None = None, state: str = WITHOUT
) -> MembershipQuerySet:
    """Places on the rosters of those without an account, or with one that was never signed in to.

    Names only: whoever hands out accounts need not see the roster. ``is_secretary`` tells whose post it will be.
    """
    found = Membership.objects.visible_to(scope, Permission.GRANT_POST).on(on)
    if state == UNUSED:
        found = found.filter(member__user__is_active=True, member__user__last_login__isnull=True)
    else:
        found = found.filter(member__user__isnull=True)
    if q:
        text = q.strip()
        found = found.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if organization:
        found = found.filter(organization__path__startswith=organization.path)
    return annotate_secretary(found, on).order_by("organization__path", "member__initials", "pk")


def annotate_secretary(places: MembershipQuerySet, on: date) -> MembershipQuerySet:
    """Places with member, account and branch, and whether the member is the branch's secretary on the day."""
    held = Office.objects.on(on).filter(
        member=OuterRef("member"), organization=OuterRef("organization"), kind=OfficeKind.SECRETARY
    )
    return places.select_related("member__user", "organization").annotate(is_secretary=Exists(held))
