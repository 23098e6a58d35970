"""Posts named for restricted records, and those that may be."""

from datetime import date

from django.db.models import Q

from branches.models import Post
from branches.models.post import PostQuerySet
from branches.permissions import Permission, Scope, roles_holding
from members.models import Custodian
from members.models.custodian import CustodianQuerySet

OFFERED = 20


def custodians_for(scope: Scope, on: date, *, q: str = "", kind: str = "", state: str = "") -> CustodianQuerySet:
    """The naming of posts within the scope; ``state``: in_force, ended."""
    found = Custodian.objects.visible_to(scope)
    if q:
        text = q.strip()
        found = found.filter(Q(post__user__name__icontains=text) | Q(post__organization__name__icontains=text))
    if kind:
        found = found.filter(kind=kind)
    if state:
        in_force = Custodian.objects.in_force(on).values("pk")
        found = found.filter(pk__in=in_force) if state == "in_force" else found.filter(ends_on__lt=on)
    return found.select_related("post__user", "post__organization", "named_by").order_by(
        "post__organization__path", "post__user__name", "kind", "-starts_on"
    )


def posts_to_name(scope: Scope, on: date, q: str = "") -> PostQuerySet:
    """Posts in force that work with the registers; by name or login, a few. Without a search the first ones."""
    roles = [role.value for role in roles_holding(Permission.VIEW_PARTY_WORK)]
    found = Post.objects.visible_to(scope).in_force(on).filter(role__in=roles, user__is_active=True)
    if text := q.strip():
        found = found.filter(Q(user__name__icontains=text) | Q(user__login__icontains=text))
    shown = found.order_by("organization__path", "pk").values_list("pk", flat=True)[:OFFERED]
    return (
        Post.objects.filter(pk__in=list(shown))
        .select_related("user", "organization")
        .order_by("organization__path", "pk")
    )
