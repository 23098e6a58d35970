"""The members that rows of a workbook may mean."""

from collections import defaultdict
from collections.abc import Collection

from members.enums import OfficeKind
from members.models import Member, Membership, Office
from partybuild.lib.lookups import AnyOf


class KnownMembers:
    """Members by the hash of their number, or by branch and name; with their live places and offices. Five queries."""

    def __init__(self, hashes: Collection[str], places: Collection[tuple[int, str]]) -> None:
        branches = {branch for branch, _ in places}
        named = Membership.objects.filter(
            AnyOf("member__name", {name for _, name in places}), ends_on__isnull=True, organization__in=branches
        ).select_related("member", "group")
        self.by_hash = {
            str(member.id_number_hash): member for member in Member.objects.filter(AnyOf("id_number_hash", hashes))
        }
        self.memberships: dict[int, Membership] = {}
        self.by_place: dict[tuple[int, str], list[Member]] = defaultdict(list)
        for membership in named:
            self.memberships[membership.member_id] = membership
            self.by_place[membership.organization_id, membership.member.name].append(membership.member)
        numbered = [member.pk for member in self.by_hash.values() if member.pk not in self.memberships]
        for membership in Membership.objects.filter(ends_on__isnull=True, member__in=numbered).select_related("group"):
            self.memberships[membership.member_id] = membership
        live = Office.objects.filter(ends_on__isnull=True)
        self.offices = set(
            live.filter(member__in=self.memberships).values_list("member_id", "organization_id", "kind", "title")
        )
        self.secretaries = set(
            live.filter(kind=OfficeKind.SECRETARY, organization__in=branches).values_list("organization_id", flat=True)
        )
