"""Members by name, for the fields that ask for one."""

from django.db.models import Q

from branches.permissions import Scope
from members.models import Membership
from members.models.member import MembershipQuerySet
from partybuild.lib import clock

OFFERED = 20
LONGEST_NUMBER = 18


def named_on_roster(scope: Scope, name: str) -> MembershipQuerySet:
    """Places today of members with exactly this name, on the rosters that the scope sees."""
    return _places(scope).filter(member__name=name)


def offered_names(scope: Scope, text: str) -> MembershipQuerySet:
    """Places today whose member's name holds the text or whose initials begin with it; a few, by name."""
    text = text.strip()
    if not text:
        return Membership.objects.none()
    found = _places(scope).filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    return found.order_by("member__initials", "member__name", "pk")[:OFFERED]


def place_of(scope: Scope, written: str) -> Membership | None:
    """Where the member whose number an address gives is today, if the scope sees it."""
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return _places(scope).filter(member=int(written)).first() if is_number else None


def _places(scope: Scope) -> MembershipQuerySet:
    return Membership.objects.visible_to(scope).on(clock.today()).select_related("member", "organization")
