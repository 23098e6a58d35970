"""Members under each node of the tree, for the tree's page."""

from datetime import date

from django.db import connection
from django.db.models import Count

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import Membership

_BELOW = """
SELECT nullif(split_part(o.path, '/', %(depth)s), '')::bigint AS node, count(*)
  FROM members_membership m JOIN branches_organization o ON o.id = m.organization_id
 WHERE o.path LIKE %(path)s AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
 GROUP BY 1
"""


def members_below(organization: Organization, on: date) -> dict[int, int]:
    """Id → members of the organisation itself (all below it) and of each that stands directly under it; one query."""
    if organization.kind == OrganizationKind.BRANCH:
        held = Membership.objects.on(on).filter(organization=organization).order_by()
        counts = dict(held.values("group").annotate(number=Count("pk")).values_list("group", "number"))
    else:
        depth = organization.path.count("/") + 1
        with connection.cursor() as cursor:
            cursor.execute(_BELOW, {"depth": depth, "path": f"{organization.path}%", "on": on})
            counts = dict(cursor.fetchall())
    total = sum(counts.values())
    return {node: number for node, number in counts.items() if node is not None} | {organization.pk: total}
