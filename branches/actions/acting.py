"""Holding a post for another (代理): with from and to, by the principal's own wish or by whoever grants posts."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.actions.posts import end_post, open_post
from branches.enums import Role
from branches.models import OrganizationUserPermission, Post, User
from branches.permissions import OFFICERS, Actor
from branches.rules import acting as rules
from partybuild.lib import clock


@transaction.atomic
def open_acting(*, by: Actor, post: Post, deputy: User, starts_on: date, ends_on: date, reason: str) -> Post:
    """Let a colleague hold this post beside its holder; the post that he gets, which stands on this one.

    Not for the three officers, not handed on, not longer than the post itself nor than the settings allow,
    and one deputy at a time.
    """
    post = Post.objects.select_for_update().select_related("organization").get(pk=post.pk)
    if by.acting_for_id is not None:
        raise ValidationError("请先结束代理，再委托他人。")
    wish = rules.Wish(
        role=Role(post.role), principal_id=post.user_id, deputy_id=deputy.pk, is_deputy_active=deputy.is_active,
        is_deputy_officer=Post.objects.in_force(clock.today()).filter(user=deputy, role__in=OFFICERS).exists(),
        is_acting_itself=post.acting_for_id is not None, post_starts_on=post.starts_on, post_ends_on=post.ends_on,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    field, sentence = rules.refusal(wish, today=clock.today(), longest=settings.ACTING_LONGEST_DAYS)
    if sentence:
        raise ValidationError({field: sentence} if field else sentence)
    taken = post.deputies.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).select_related("user")
    if other := taken.exclude(ends_on__lte=clock.today()).first():
        raise ValidationError({"starts_on": f"这一期间已委托{other.user.name}代理。"})
    try:
        return open_post(
            by=by, user=deputy, organization=post.organization, role=post.role, title=post.title, starts_on=starts_on,
            ends_on=ends_on, acting_for=post, reason=reason,
        )  # fmt: skip
    except ValidationError as error:
        raise ValidationError({"deputy": error.messages}) from error


@transaction.atomic
def end_acting(*, by: Actor, post: Post) -> Post:
    """The deputy holds the post no more, from now on."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    grant = OrganizationUserPermission.objects.filter(post=post)
    if post.acting_for_id is None or not grant.exists():
        raise ValidationError("该代理已经结束。")
    last_day = max(post.starts_on, clock.today())
    if post.ends_on is not None and post.ends_on > last_day:
        post = end_post(by=by, post=post, ends_on=last_day)
    else:
        audit.record(by=by, verb="结束代理", obj=post, organization=post.organization)
    # On the last day, and before the first one, the rights would still be there.
    grant.delete()
    return post


@transaction.atomic
def end_acting_of(*, by: Actor, principal: User) -> int:
    """All that others hold for this person ends now; how many posts."""
    posts = Post.objects.filter(acting_for__user=principal, grant__isnull=False).order_by("pk")
    return len([end_acting(by=by, post=post) for post in posts])


@transaction.atomic
def record_leaving(*, by: Actor) -> None:
    """A deputy goes back to his own post."""
    audit.record(by=by, verb="退出代理")
