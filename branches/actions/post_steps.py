"""Posts that end or follow when organisations or members change; single steps of compositions in ``desk.actions``."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from branches.actions.posts import end_post, open_post
from branches.enums import Role
from branches.models import Organization, OrganizationUserPermission, Post, User
from branches.models.post import PostQuerySet
from branches.permissions import Actor

ROLES_OF_MEMBERS = (Role.MEMBER, Role.SECRETARY)


def open_posts(organization: Organization, on: date) -> PostQuerySet:
    """The posts at an organisation that would still hold on the day or later."""
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), organization=organization)


@transaction.atomic
def end_posts_of_organization(
    *, by: Actor, organization: Organization, on: date, successor: Organization | None = None
) -> int:
    """End every post at an organisation that is no more from the day on; plain members keep theirs at the successor."""
    posts = list(open_posts(organization, on).select_related("user").order_by("pk"))
    _end(by, posts, on)
    for post in posts:
        if successor is not None and post.role == Role.MEMBER and post.user.is_active:
            _open_as_member(by, post.user, successor, on)
    return len(posts)


@transaction.atomic
def move_posts_of_member(*, by: Actor, user: User, left: Organization, to: Organization | None, on: date) -> int:
    """End the posts that somebody holds as a member of an organisation that he leaves on the day; how many.

    The post of a plain member is opened at the new place, except by oneself: nobody grants himself a post.
    """
    here = Post.objects.filter(user=user, role__in=ROLES_OF_MEMBERS, organization__path__startswith=left.path)
    posts = list(here.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).order_by("pk"))
    _end(by, posts, on)
    if to is not None and any(post.role == Role.MEMBER for post in posts):
        _open_as_member(by, user, to, on)
    return len(posts)


def _end(by: Actor, posts: Iterable[Post], on: date) -> None:
    """The last day of a post belongs to it, so it ends the day before; one that was to begin later gives nothing."""
    for post in posts:
        # The end of another post may have ended this one, which was held for its holder.
        post.refresh_from_db(fields=["ends_on"])
        last_day = max(post.starts_on, on - timedelta(days=1))
        if post.ends_on is None or post.ends_on > last_day:
            end_post(by=by, post=post, ends_on=last_day)
        OrganizationUserPermission.objects.filter(post=post).delete()


def _open_as_member(by: Actor, user: User, organization: Organization, on: date) -> None:
    if by.user_id != user.pk and not open_posts(organization, on).filter(user=user, role=Role.MEMBER).exists():
        open_post(by=by, user=user, organization=organization, role=Role.MEMBER, starts_on=on)
