"""Opening and ending posts, and with them the rights that they give."""

from datetime import date

from django.contrib.auth.models import Permission as AuthPermission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization, OrganizationUserPermission, Post, User
from branches.permissions import OFFICERS, Actor
from partybuild.lib import clock


@transaction.atomic
def open_post(
    *,
    by: Actor,
    user: User,
    organization: Organization,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    title: str = "",
    acting_for: Post | None = None,
    reason: str = "",
) -> Post:
    """Let a person act for an organisation in a role, and write the one guardian row that gives its rights there.

    系统管理员, 安全管理员 and 审计管理员 exclude one another on any day. A post that is over already gives nothing.
    ``acting_for`` is for ``actions.acting`` alone: the post which this one stands on.
    """
    # One person's posts are opened one after the other, or two officers could slip in side by side.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if by.user_id == user.pk:
        raise ValidationError({"user": "不能为本人授予岗位。"})
    if Organization.objects.filter(pk=organization.pk, dissolved_on__isnull=False).exists():
        raise ValidationError({"organization": f"{organization}已撤销，不能再授予岗位。"})
    _refuse_overlap(user, organization, role, starts_on, ends_on)
    post = Post(
        user=user, organization=organization, role=role, title=title, starts_on=starts_on, ends_on=ends_on,
        acting_for=acting_for, reason=reason,
    )  # fmt: skip
    post.full_clean()
    post.save()
    # A deputy's last day belongs to him, also when it is today.
    if acting_for is not None or not is_over(post, clock.today()):
        _grant(post)
    if user.organization_id is None:
        user.organization = organization
        user.save(update_fields=["organization"])
    verb = "委托代理" if acting_for else "授予岗位"
    audit.record(by=by, verb=verb, obj=post, organization=organization, detail=_detail(post))
    return post


@transaction.atomic
def end_post(*, by: Actor, post: Post, ends_on: date) -> Post:
    """End a post on a day. When the day has come its rights go at once, with the next request.

    Whoever holds it for its holder does so no longer.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.ends_on is not None and post.ends_on <= ends_on:
        if post.acting_for_id is not None:
            return post
        raise ValidationError({"ends_on": "该岗位已在此前结束。"})
    if ends_on < post.starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    if is_over(post, clock.today()):
        OrganizationUserPermission.objects.filter(post=post).delete()
    verb = "结束代理" if post.acting_for_id else "结束岗位"
    audit.record(by=by, verb=verb, obj=post, organization=post.organization, detail=_detail(post))
    for held in post.deputies.filter(ends_on__gt=ends_on).order_by("pk"):
        end_post(by=by, post=held, ends_on=max(ends_on, held.starts_on))
        if held.starts_on > ends_on:
            OrganizationUserPermission.objects.filter(post=held).delete()
    return post


@transaction.atomic
def remove_ended_grants(*, by: Actor) -> int:
    """Take away the guardian rows of posts whose last day is past; the number of them. Safe to repeat."""
    ended = OrganizationUserPermission.objects.filter(post__ends_on__lt=clock.today())
    count, _ = ended.delete()
    if count:
        audit.record(by=by, verb="清理到期岗位授权", detail={"count": count})
    return count


def is_over(post: Post, on: date) -> bool:
    """Whether the last day has come: from then on the post is not granted any more."""
    return post.ends_on is not None and post.ends_on <= on


def _grant(post: Post) -> None:
    permission = AuthPermission.objects.get(
        content_type=ContentType.objects.get_for_model(Organization), codename=f"act_as_{post.role}"
    )
    OrganizationUserPermission.objects.create(
        user=post.user, permission=permission, content_object=post.organization, post=post
    )


def _refuse_overlap(user: User, organization: Organization, role: str, starts_on: date, ends_on: date | None) -> None:
    overlapping = Post.objects.filter(user=user).exclude(ends_on__lt=starts_on)
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.filter(Q(organization=organization, role=role)).exists():
        raise ValidationError({"role": f"该账号在这一期间已有该党组织的{Role(role).label}岗位。"})
    if role in OFFICERS and overlapping.filter(role__in=OFFICERS - {Role(role)}).exists():
        raise ValidationError({"role": "系统管理员、安全管理员、审计管理员不能由同一人兼任。"})


def _detail(post: Post) -> dict[str, str | int]:
    """The post's name tells where and as what; the note tells who holds it, and why he does so for another."""
    acting: dict[str, str | int] = {"acting_for": post.acting_for.user_id} if post.acting_for else {}
    holder = f"{post.user.name}（{post.user.login}）"
    return {
        **acting,
        "user": post.user_id,
        "role": post.role,
        "from": post.starts_on.isoformat(),
        "to": post.ends_on.isoformat() if post.ends_on else "",
        "note": f"{holder}：{post.reason}" if post.reason else holder,
    }
