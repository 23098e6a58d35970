"""The scope of a request: which posts a person holds today, and the one that he acts in."""

from datetime import date

from django.db.models import F

from branches.enums import Role
from branches.models import OrganizationUserPermission
from branches.permissions import Grant, Scope


def grants_of(user_id: int, on: date) -> tuple[Grant, ...]:
    """The posts in force of a person, read from their guardian rows, his own before those of others; one query.

    A post held for another gives nothing once that one's is over or his account disabled.
    """
    rows = (
        OrganizationUserPermission.objects.filter(user_id=user_id, post__starts_on__lte=on)
        .exclude(post__ends_on__lt=on)
        .exclude(post__acting_for__ends_on__lt=on)
        .exclude(post__acting_for__user__is_active=False)
        .order_by(F("post__acting_for").asc(nulls_first=True), "post_id")
        .values_list(
            "post_id", "content_object_id", "content_object__path", "post__role", "post__title", "content_object__name",
            "content_object__short_name", "post__acting_for__user_id", "post__acting_for__user__name",
        )
    )  # fmt: skip
    return tuple(
        Grant(
            post_id, organization_id, path, Role(role), f"{short or name} · {title or Role(role).label}",
            acting_for_id, acting_for_name or "",
        )
        for post_id, organization_id, path, role, title, name, short, acting_for_id, acting_for_name in rows
    )  # fmt: skip


def scope_of(user_id: int, on: date, post_id: int | None = None, member_id: int | None = None) -> Scope:
    """The scope of a signed-in person; ``post_id`` chooses among his posts, else the first one is used."""
    grants = grants_of(user_id, on)
    chosen = next((grant for grant in grants if grant.post_id == post_id), grants[0] if grants else None)
    return Scope(
        user_id=user_id,
        grant=chosen,
        grants=grants,
        member_id=member_id,
        acting_for_id=chosen.acting_for_id if chosen else None,
    )
