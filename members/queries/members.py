"""The roster as a list: who is where today, found by name, kind and organisation."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import MemberKind
from members.models import Membership, Office
from members.models.member import MembershipQuerySet, full_filter
from partybuild.lib.crypto import mask_id_number, mask_phone

SORTS = {
    "name": ("member__initials", "member__name", "pk"),
    "organization": ("organization__path", "member__initials", "pk"),
    "joined_on": ("member__joined_on", "pk"),
}
DEFAULT_SORT = "name"


def roster_list(
    scope: Scope,
    on: date,
    *,
    q: str = "",
    kind: str = "",
    organization: Organization | None = None,
    permission: Permission = Permission.VIEW_MEMBER,
    sort: str = DEFAULT_SORT,
) -> MembershipQuerySet:
    """Places on rosters that the scope reaches, with member, branch, 党小组 and, as ``held``, today's offices."""
    found = Membership.objects.visible_to(scope, permission).on(on)
    if q:
        text = q.strip()
        found = found.filter(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if kind:
        full = full_filter(on, "member__")
        found = found.filter(full) if kind == MemberKind.FULL else found.exclude(full)
    if organization:
        found = found.filter(Q(organization__path__startswith=organization.path) | Q(group=organization))
    held = Office.objects.on(on).select_related("organization").order_by("starts_on", "pk")
    return (
        found.select_related("member", "organization", "group")
        .prefetch_related(Prefetch("member__offices", held, to_attr="held"))
        .order_by(*order_of(sort))
    )


def order_of(sort: str) -> list[str]:
    """The columns of a sort, turned round by a leading dash."""
    columns = SORTS.get(sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    return [f"-{column}" for column in columns] if sort.startswith("-") else list(columns)


def export_rows(places: MembershipQuerySet, on: date, *, full: bool) -> Iterator[list[object]]:
    """Rows of the workbook, with the headings that the import knows; numbers masked unless ``full``."""
    for number, place in enumerate(places.iterator(1000), 1):
        member = place.member
        yield [
            number, member.name, member.get_sex_display(), member.ethnicity, member.native_place, member.born_on,
            member.id_number if full else mask_id_number(member.id_number), member.education, member.degree,
            member.kind_on(on).label, place.organization.name, place.organization.code,
            place.group.name if place.group else None, member.joined_on, member.converted_on, member.work_started_on,
            member.job, "、".join(office.label for office in getattr(member, "held", ())),
            member.phone if full else mask_phone(member.phone),
            member.landline if full else mask_phone(member.landline), member.address if full else None, member.remark,
        ]  # fmt: skip
