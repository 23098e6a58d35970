"""The tree as people look at it: level by level, found by a text, with its line of superiors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count, Q

from branches.models import Organization
from branches.models.organization import OrganizationQuerySet
from branches.permissions import Permission, Scope

OFFERED = 20


def live(on: date) -> Q:
    """Not yet dissolved on the day."""
    return Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on)


def tops_of(scope: Scope, on: date, *, dissolved: bool = False) -> OrganizationQuerySet:
    """Where the tree of a scope begins: the organisation of the post."""
    if scope.grant is None:
        return Organization.objects.none()
    return with_children(Organization.objects.visible_to(scope).filter(path=scope.grant.path), on, dissolved=dissolved)


def children_of(organization: Organization, scope: Scope, on: date, *, dissolved: bool = False) -> OrganizationQuerySet:
    """The organisations directly below that are in force (or all that ever stood there last), each with the number of
    those below it."""
    below = Organization.objects.visible_to(scope).filter(parent=organization)
    if not dissolved:
        below = below.filter(live(on))
    return with_children(below, on, dissolved=dissolved).order_by("position", "id")


def with_children(organizations: OrganizationQuerySet, on: date, *, dissolved: bool = False) -> OrganizationQuerySet:
    """With ``below``: how many stand directly under each."""
    if dissolved:
        return organizations.annotate(below=Count("children"))
    in_force = Q(children__dissolved_on__isnull=True) | Q(children__dissolved_on__gt=on)
    return organizations.annotate(below=Count("children", filter=in_force))


def search(
    scope: Scope, on: date, *, q: str = "", kind: str = "", state: str = "", permission: Permission | None = None
) -> OrganizationQuerySet:
    """Those of the scope whose name, code or pinyin initials fit, in the order of the tree."""
    found = Organization.objects.visible_to(scope, permission or Permission.VIEW_ORGANIZATION)
    if q:
        text = q.strip()
        found = found.filter(
            Q(name__icontains=text)
            | Q(short_name__icontains=text)
            | Q(code__istartswith=text)
            | Q(initials__contains=text.lower())
        )
    if kind:
        found = found.filter(kind=kind)
    if state == "dissolved":
        found = found.exclude(live(on))
    elif state != "all":
        found = found.filter(live(on))
    return found.select_related("parent").order_by("path")


def chain_of(organization: Organization) -> list[Organization]:
    """Its superiors from the top down; one query."""
    found = Organization.objects.in_bulk(organization.ancestor_ids)
    return [found[pk] for pk in organization.ancestor_ids if pk in found]


def export_rows(
    organizations: OrganizationQuerySet, known: Mapping[int, Mapping[str, object]], headings: Sequence[str]
) -> Iterator[list[object]]:
    """Rows of the workbook, with the headings that the import knows; ``known`` is what the floors above tell."""
    for one in organizations.iterator(2000):
        above = one.parent
        values: dict[str, object] = {
            "党组织编码": one.code, "党组织名称": one.name, "简称": one.short_name, "组织类别": one.get_kind_display(),
            "上级党组织": above.name if above else None, "上级党组织编码": above.code if above else None,
            "联系人": one.contact, "联系电话": one.phone, "成立时间": one.founded_on, "撤销时间": one.dissolved_on,
            "所在单位情况": one.department, **known.get(one.pk, {}),
        }  # fmt: skip
        yield [values.get(heading) for heading in headings]
