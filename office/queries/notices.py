"""Who is told, and what waits to be read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from branches.enums import Role
from branches.models import OrganizationUserPermission
from branches.permissions import Scope
from office.models import Notice
from partybuild.lib import clock


def people_at(organizations: Iterable[int], roles: Iterable[Role], on: date | None = None) -> dict[int, list[int]]:
    """Organisation id → ids of the users who act there in one of the roles on the day (today). One query."""
    day = on or clock.today()
    found: dict[int, list[int]] = defaultdict(list)
    rows = (
        OrganizationUserPermission.objects.filter(
            Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=day),
            content_object__in=list(organizations),
            post__role__in=list(roles),
            post__starts_on__lte=day,
            user__is_active=True,
        )
        .order_by("content_object_id", "user_id")
        .values_list("content_object_id", "user_id")
        .distinct()
    )
    for organization, user in rows:
        found[organization].append(user)
    return dict(found)


def unread_count(scope: Scope) -> int:
    """How many notices a person has not read."""
    return Notice.objects.of(scope.user_id).unread().count()
