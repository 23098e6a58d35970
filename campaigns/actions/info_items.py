"""Information and good practice: written, sent, taken up or not, published to all below. C10; TJ 二（四）二要."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.fact_credits import refresh
from campaigns.actions.works import attach, held, lock_organization, move, refuse_own, short, tell_place
from campaigns.models import InfoItem
from campaigns.rules.info_items import INFO_STATES, InfoLevel, InfoState
from partybuild.lib import clock

METRIC = "info.items"


@transaction.atomic
def write_item(
    *, by: Actor, organization: Organization, kind: str, title: str, text: str, uploads: Iterable[Any] = ()
) -> InfoItem:
    """Begin an item that goes to the organisation's superior; at the top of a tree it stays there."""
    organization = lock_organization(organization)
    title = title.strip()
    draft = InfoItem.objects.filter(organization=organization, title=title, state=InfoState.DRAFT).first()
    if draft:
        return change_item(by=by, item=draft, kind=kind, title=title, text=text, uploads=uploads)
    item = InfoItem(
        organization=organization, receiver_id=organization.parent_id or organization.pk, kind=kind, title=title,
        text=text.strip(), created_at=clock.now(), created_by_id=by.user_id,
    )  # fmt: skip
    item.full_clean()
    item.save()
    audit.record(by=by, verb="撰写信息", obj=item, organization=organization)
    _attach_all(by, item, uploads)
    return item


@transaction.atomic
def change_item(
    *, by: Actor, item: InfoItem, kind: str, title: str, text: str, uploads: Iterable[Any] = ()
) -> InfoItem:
    """Change a draft."""
    item = held(item, "organization")
    if not item.is_open:
        raise ValidationError("该信息已经报送，不能修改。需要修改的，请先撤回。")
    values = {"kind": kind, "title": title.strip(), "text": text.strip()}
    if any(getattr(item, field) != value for field, value in values.items()):
        for field, value in values.items():
            setattr(item, field, value)
        item.full_clean(exclude=["organization", "receiver", "created_by"])
        item.save(update_fields=list(values))
        audit.record(by=by, verb="修改信息", obj=item, organization=item.organization)
    _attach_all(by, item, uploads)
    return item


@transaction.atomic
def submit_item(*, by: Actor, item: InfoItem) -> InfoItem:
    """Send it to the superior; it counts for the month of this day."""
    item = held(item, "organization")
    move(item, INFO_STATES, "submit", "报送")
    item.submitted_at, item.submitted_on = clock.now(), clock.today()
    item.receiver_id = item.organization.parent_id or item.organization_id
    item.save(update_fields=["state", "submitted_at", "submitted_on", "receiver"])
    audit.record(by=by, verb="报送信息", obj=item, organization=item.organization)
    text = f"{item.organization}报送了{item.get_kind_display()}“{short(item.title)}”，请处理。"
    tell_place(
        [item.receiver_id], f"info:{item.pk}:sent:{item.submitted_at:%Y%m%d%H%M%S}", text, url=page_of(item),
        roles=[Role.STAFF],
    )  # fmt: skip
    _count(item)
    return item


@transaction.atomic
def withdraw_item(*, by: Actor, item: InfoItem) -> InfoItem:
    """Take back what the superior has not dealt with; it no longer counts."""
    item = held(item, "organization")
    move(item, INFO_STATES, "withdraw", "撤回")
    item.save(update_fields=["state"])
    audit.record(by=by, verb="撤回信息", obj=item, organization=item.organization)
    _count(item)
    return item


@transaction.atomic
def adopt_item(*, by: Actor, item: InfoItem, level: str, remark: str = "") -> InfoItem:
    """The superior takes it up, at a level."""
    if level not in InfoLevel.values:
        raise ValidationError({"level": "请选择采用级别。"})
    return _decide(by, item, "adopt", "采用", remark, level)


@transaction.atomic
def decline_item(*, by: Actor, item: InfoItem, remark: str) -> InfoItem:
    """The superior does not take it up, and says why."""
    if not remark.strip():
        raise ValidationError({"remark": "请填写不采用的原因。"})
    return _decide(by, item, "decline", "不采用", remark, "")


@transaction.atomic
def publish_item(*, by: Actor, item: InfoItem) -> InfoItem:
    """Show it to everybody below the superior."""
    item = _led(by, item)
    move(item, INFO_STATES, "publish", "发布")
    item.published_on = clock.today()
    item.save(update_fields=["state", "published_on"])
    audit.record(by=by, verb="发布信息", obj=item, organization=item.organization)
    text = f"“{short(item.title)}”已在经验交流中发布。"
    tell_place([item.organization_id], f"info:{item.pk}:published", text, url=page_of(item))
    return item


@transaction.atomic
def take_back_item(*, by: Actor, item: InfoItem) -> InfoItem:
    """No longer show it."""
    item = _led(by, item)
    move(item, INFO_STATES, "take_back", "撤下")
    item.published_on = None
    item.save(update_fields=["state", "published_on"])
    audit.record(by=by, verb="撤下信息", obj=item, organization=item.organization)
    return item


def page_of(item: InfoItem) -> str:
    """Where the item is shown."""
    return reverse("campaigns:info_detail", args=[item.pk])


def _decide(by: Actor, item: InfoItem, verb: str, words: str, remark: str, level: str) -> InfoItem:
    item = _led(by, item)
    move(item, INFO_STATES, verb, words)
    item.level, item.remark, item.decided_at, item.decided_by_id = level, remark.strip(), clock.now(), by.user_id
    item.full_clean(exclude=["organization", "receiver", "created_by", "decided_by"])
    item.save(update_fields=["state", "level", "remark", "decided_at", "decided_by"])
    detail = {"note": item.get_level_display() or item.remark}
    audit.record(by=by, verb=f"{words}信息", obj=item, organization=item.organization, detail=detail)
    note = f"（{item.get_level_display()}）" if level else f"：{item.remark}"
    text = f"报送的{item.get_kind_display()}“{short(item.title)}”{item.get_state_display()}{note}。"
    tell_place([item.organization_id], f"info:{item.pk}:{item.state}", text, url=page_of(item))
    return item


def _led(by: Actor, item: InfoItem) -> InfoItem:
    item = held(item, "organization")
    refuse_own(by, item.organization, item.created_by_id)
    return item


def _attach_all(by: Actor, item: InfoItem, uploads: Iterable[Any]) -> None:
    for upload in uploads:
        attach(by=by, owner=item, upload=upload)


def _count(item: InfoItem) -> None:
    assert item.submitted_on is not None
    refresh([METRIC], [item.organization_id], on=item.submitted_on)
