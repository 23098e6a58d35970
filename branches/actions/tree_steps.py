"""The tree's own part of a change of organisations. Taken alone these steps leave rosters, tasks and scores behind:
only compositions (``desk.actions``) may import them."""

from datetime import date, timedelta

from django.db import transaction

from branches.actions.posts import end_post, open_post
from branches.enums import Role
from branches.models import Organization, Post, User
from branches.permissions import Actor

ROLES_OF_MEMBERS = (Role.MEMBER, Role.SECRETARY)


@transaction.atomic
def move_posts_of_member(*, by: Actor, user: User, left: Organization, to: Organization | None, on: date) -> int:
    """End the posts that somebody holds as a member of an organisation that he leaves on the day; how many.

    The post of a plain member is opened at the new place, except by oneself: nobody grants himself a post.
    """
    posts = Post.objects.filter(user=user, role__in=ROLES_OF_MEMBERS, organization__path__startswith=left.path)
    ended = list(posts.in_force(on).order_by("pk"))
    end_posts(by=by, posts=ended, on=on)
    was_member = any(post.role == Role.MEMBER for post in ended)
    if to is not None and was_member and by.user_id != user.pk:
        open_post(by=by, user=user, organization=to, role=Role.MEMBER, starts_on=on)
    return len(ended)


def end_posts(*, by: Actor, posts: list[Post], on: date) -> int:
    """End these posts so that they are over on the day; a post's last day belongs to it."""
    for post in posts:
        end_post(by=by, post=post, ends_on=max(post.starts_on, on - timedelta(days=1)))
    return len(posts)
