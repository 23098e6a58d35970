"""Posts held for another: whom one may ask, and what one has given and taken over."""

from datetime import date

from django.db.models import Prefetch, Q

from branches.enums import Role
from branches.models import Post, User
from branches.models.post import PostQuerySet
from branches.models.user import UserQuerySet
from branches.permissions import OFFICERS, Permission, Scope
from branches.rules.acting import ROLES
from partybuild.lib import clock


def colleagues_of(post: Post) -> UserQuerySet:
    """Those who are kept, or hold a post of their own, at the post's organisation or at the one right above it.

    The three officers stand apart from the work that they watch.
    """
    near = [pk for pk in (post.organization_id, post.organization.parent_id) if pk is not None]
    held = Post.objects.in_force(clock.today()).filter(organization__in=near, acting_for=None).values("user")
    found: UserQuerySet = User.objects.filter(Q(organization__in=near) | Q(pk__in=held), is_active=True)
    officers = Post.objects.in_force(clock.today()).filter(role__in=OFFICERS).values("user")
    return found.exclude(pk=post.user_id).exclude(pk__in=officers).order_by("name", "login")


def own_posts(user: User, on: date) -> list[Post]:
    """A person's own posts that are not over, each with its ``given``: who holds it for him, now or later."""
    given = Post.objects.filter(ends_on__gte=on, grant__isnull=False).select_related("user").order_by("starts_on")
    posts = Post.objects.filter(user=user, acting_for=None).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    found = posts.select_related("organization").prefetch_related(Prefetch("deputies", given, to_attr="given"))
    return list(found.order_by("starts_on", "pk"))


def taken_posts(user: User, on: date) -> PostQuerySet:
    """What a person holds for others, now or from a later day."""
    found = Post.objects.filter(user=user, acting_for__isnull=False, ends_on__gte=on, grant__isnull=False)
    return found.select_related("organization", "acting_for__user").order_by("starts_on", "pk")


def delegable(user: User, scope: Scope) -> PostQuerySet:
    """The posts for which this person may name a deputy: his own, and those that he may grant."""
    within = Post.objects.visible_to(scope, Permission.GRANT_POST).values("pk")
    found: PostQuerySet = Post.objects.filter(Q(user=user, acting_for=None) | Q(pk__in=within))
    return found.select_related("user", "organization")


def endable(user: User, scope: Scope) -> PostQuerySet:
    """The posts held for another that this person may end: given by him, held by him, or such as he may grant."""
    within = Post.objects.visible_to(scope, Permission.GRANT_POST).values("pk")
    mine = Q(acting_for__user=user) | Q(user=user) | Q(pk__in=within)
    return Post.objects.filter(mine, acting_for__isnull=False).select_related(
        "user", "organization", "acting_for__user"
    )


def may_be_held(post: Post) -> bool:
    """Whether a post is of a kind that others may hold."""
    return Role(post.role) in ROLES
