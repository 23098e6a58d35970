"""Naming the posts that see restricted records. It is the 安全管理员's to do, and always leaves a trace."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from branches.actions import audit
from branches.models import Post
from branches.permissions import RIGHTS, Actor, Permission
from members.enums import RestrictedKind
from members.models import Custodian
from partybuild.lib import clock


@transaction.atomic
def name_custodian(
    *, by: Actor, post: Post, kinds: Iterable[str], starts_on: date, ends_on: date | None = None
) -> list[Custodian]:
    """Let the holder of a post see these kinds of restricted records at its organisation and below. Source: O10.

    Only a post that works with the registers of party work, and never one's own; a kind once at a time.
    """
    post = Post.objects.select_for_update(no_key=True, of=["self"]).select_related("organization").get(pk=post.pk)
    if by.user_id is not None and by.user_id == post.user_id:
        raise ValidationError({"post": "不能为本人的岗位授权。"})
    _refuse_unfit(post, starts_on, ends_on)
    named = []
    for kind in sorted(set(kinds), key=RestrictedKind.values.index):
        _refuse_overlap(post, kind, starts_on, ends_on)
        custodian = Custodian(
            post=post, kind=kind, starts_on=starts_on, ends_on=ends_on, named_by_id=by.user_id, named_at=clock.now()
        )
        custodian.full_clean(exclude=["named_by"])
        custodian.save()
        named.append(custodian)
        audit.record(
            by=by, verb="授权查阅限定记录", obj=custodian, organization=post.organization, detail=_detail(custodian)
        )
    return named


@transaction.atomic
def end_custodian(*, by: Actor, custodian: Custodian, ends_on: date) -> Custodian:
    """The post sees the records until the day and no longer; a day that is past ends it at once."""
    custodian = (
        Custodian.objects.select_for_update(of=["self"]).select_related("post__organization").get(pk=custodian.pk)
    )
    if custodian.ends_on is not None and custodian.ends_on <= ends_on:
        raise ValidationError({"ends_on": "该授权已在此前结束。"})
    if ends_on < custodian.starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
    custodian.ends_on = ends_on
    custodian.save(update_fields=["ends_on"])
    audit.record(
        by=by, verb="结束限定记录授权", obj=custodian, organization=custodian.post.organization,
        detail=_detail(custodian),
    )  # fmt: skip
    return custodian


def _refuse_unfit(post: Post, starts_on: date, ends_on: date | None) -> None:
    if Permission.VIEW_PARTY_WORK not in RIGHTS[post.role]:  # type: ignore[index]
        raise ValidationError({"post": f"{post.get_role_display()}岗位不能查阅限定记录。"})
    if post.ends_on is not None and post.ends_on < starts_on:
        raise ValidationError({"post": "该岗位在授权开始前已结束。"})
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})


def _refuse_overlap(post: Post, kind: str, starts_on: date, ends_on: date | None) -> None:
    others = Custodian.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), post=post, kind=kind)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise ValidationError({"kinds": f"该岗位在这一期间已获授权：{RestrictedKind(kind).label}。"})


def _detail(custodian: Custodian) -> dict[str, str | int]:
    return {
        "post": custodian.post_id,
        "kind": custodian.kind,
        "from": custodian.starts_on.isoformat(),
        "to": custodian.ends_on.isoformat() if custodian.ends_on else "",
        "note": f"{custodian.post.user.name}：{custodian.get_kind_display()}",
    }
