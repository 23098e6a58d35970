"""The roster as a list: who is where today, found by name, kind and organisation."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from branches.models import Organization
from branches.permissions import Permission, Scope
from members.enums import MemberKind, StandingKind
from members.models import Member, Membership, Office, Standing
from members.models.member import MembershipQuerySet, full_filter
from members.queries.completeness import incomplete
from members.rules.bands import AGES, PARTY_AGES, Band, band
from partybuild.lib.crypto import keyed_hash, mask_id_number, mask_phone

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
    organization: Organization | None = None,
    standing: str = "",
    permission: Permission = Permission.VIEW_MEMBER,
    sort: str = DEFAULT_SORT,
    **filters: Any,
) -> MembershipQuerySet:
    """Places on rosters that the scope reaches, with member, branch, 党小组 and, as ``held``, today's offices.

    Without a ``standing`` those who count; 停止党籍 and 历史党员 are found by asking for them. ``marks`` are the
    standings of the day. ``filters`` are those of ``narrowed``.
    """
    found = _standing(Membership.objects.visible_to(scope, permission), standing, on)
    found = narrowed(found, on, **filters)
    if organization:
        found = found.filter(Q(organization__path__startswith=organization.path) | Q(group=organization))
    held = Office.objects.on(on).select_related("organization").order_by("starts_on", "pk")
    return (
        found.select_related("member", "organization", "group")
        .prefetch_related(Prefetch("member__offices", held, to_attr="held"))
        .prefetch_related(Prefetch("member__standings", Standing.objects.on(on), to_attr="marks"))
        .order_by(*order_of(sort))
    )


def _standing(places: MembershipQuerySet, standing: str, on: date) -> MembershipQuerySet:
    if standing == StandingKind.HISTORICAL:
        return places.of_former()
    if not standing:
        return places.counted(on)
    marked = Standing.objects.on(on).filter(kind=standing, member=OuterRef("member"))
    return places.on(on).filter(Exists(marked))


def narrowed(
    found: MembershipQuerySet,
    on: date,
    *,
    q: str = "",
    kind: str = "",
    sex: str = "",
    age: str = "",
    party_age: str = "",
    education: str = "",
    joined_year: int | None = None,
    office: str = "",
    account: str = "",
    basics: str = "",
) -> MembershipQuerySet:
    """Places of those members to whom all of this applies."""
    asked: list[Q] = []
    if text := q.strip():
        asked.append(Q(member__name__icontains=text) | Q(member__initials__startswith=text.lower()))
    if kind:
        full = full_filter(on, "member__")
        asked.append(full if kind == MemberKind.FULL else ~full)
    if sex:
        asked.append(Q(member__sex=sex))
    asked += [
        _between("member__born_on", band(AGES, age), on),
        _between("member__joined_on", band(PARTY_AGES, party_age), on),
    ]
    if education.strip():
        asked.append(Q(member__education__icontains=education.strip()))
    if joined_year:
        asked.append(Q(member__joined_on__year=joined_year))
    if office:
        held = Office.objects.on(on).filter(member=OuterRef("member"))
        exists = Exists(held if office in {"any", "none"} else held.filter(kind=office))
        asked.append(~Q(exists) if office == "none" else Q(exists))
    if account:
        asked.append(Q(member__user__isnull=account == "none"))
    if basics == "incomplete":
        asked.append(incomplete(on, "member__"))
    return found.filter(*asked)


def _between(field: str, wanted: Band | None, on: date) -> Q:
    """Days of birth or of joining that fall into a band of years."""
    if wanted is None:
        return Q()
    after, latest = wanted.days(on)
    found = Q(**{f"{field}__lte": latest})
    return found & Q(**{f"{field}__gt": after}) if after else found


def found_by_number(scope: Scope, number: str) -> Member | None:
    """The member whose identity number or mobile this is, by keyed hash; only within the scope."""
    plain = "".join(number.split()).upper()
    hashed = keyed_hash(plain)
    seen = Member.objects.visible_to(scope)
    return seen.filter(Q(id_number_hash=hashed) | Q(phone_hash=hashed)).order_by("pk").first()


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
