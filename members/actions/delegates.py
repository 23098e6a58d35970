"""The roll of delegates to party congresses (O17)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from members.models import Delegate, Member


@transaction.atomic
def enter_delegate(*, by: Actor, member: Member, organization: Organization, **values: Any) -> Delegate:
    """A member was elected delegate: ``congress``, ``unit``, ``elected_on``, ``starts_on``, ``term_ends_on``."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    delegate = Delegate(member=member, organization=organization, **values)
    if delegate.starts_on < delegate.elected_on:
        raise ValidationError({"starts_on": "任期开始不能早于当选日期。"})
    if delegate.term_ends_on <= delegate.starts_on:
        raise ValidationError({"term_ends_on": "届满日期应晚于任期开始。"})
    if Delegate.objects.filter(member=member, congress=delegate.congress, ends_on=None).exists():
        raise ValidationError({"congress": "该党员已登记为这次大会的代表。"})
    delegate.full_clean()
    delegate.save()
    audit.record(by=by, verb="登记党代表", obj=delegate, organization=organization)
    return delegate


@transaction.atomic
def end_delegate(*, by: Actor, delegate: Delegate, ends_on: date, reason: str) -> Delegate:
    """From this day on he is no delegate any more."""
    rows = Delegate.objects.select_for_update(of=("self",)).select_related("member", "organization")
    delegate, reason = rows.get(pk=delegate.pk), reason.strip()
    if delegate.ends_on is not None:
        raise ValidationError("代表资格已经终止。")
    if ends_on < delegate.starts_on:
        raise ValidationError({"ends_on": "终止日期不能早于任期开始。"})
    if not reason:
        raise ValidationError({"reason": "请填写终止原因。"})
    delegate.ends_on, delegate.reason = ends_on, reason
    delegate.save(update_fields=["ends_on", "reason"])
    audit.record(by=by, verb="终止党代表资格", obj=delegate, organization=delegate.organization)
    return delegate
