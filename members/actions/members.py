"""Writes on the facts about a member."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from branches.actions import audit
from branches.models import Organization
from branches.permissions import Actor
from branches.rules.names import initials
from members.actions.changes import note_changes
from members.enums import UNDER_DEVELOPMENT
from members.models import Member
from members.rules.members import date_problems
from partybuild.lib import clock
from partybuild.lib.crypto import keyed_hash
from partybuild.lib.identity import IdentityError, check_agreement, read_id_number, read_mobile

EDITABLE = (
    "name", "sex", "ethnicity", "native_place", "born_on", "id_number", "phone", "landline", "address", "education",
    "degree", "work_started_on", "job", "joined_on", "converted_on", "kind", "remark",
)  # fmt: skip


@transaction.atomic
def register_member(*, by: Actor, organization: Organization, **fields: Any) -> Member:
    """A new member, on no roster until the composition that calls this puts him on one. ``fields`` are of ``EDITABLE``;
    name and sex at least.

    The identity number is checked against sex and birth date, which is taken from it when not given.
    """
    member = Member(**_known(fields))
    _complete(member)
    member.save()
    audit.record(by=by, verb="新增党员", obj=member, organization=organization)
    return member


@transaction.atomic
def create_person(*, by: Actor, organization: Organization, kind: str, **fields: Any) -> Member:
    """Somebody under development (申请人 …): known to the branch, on no roster until it takes him in."""
    member = Member(**_known(fields), kind=kind)
    _complete(member)
    member.save()
    audit.record(by=by, verb="登记培养对象", obj=member, organization=organization)
    return member


@transaction.atomic
def edit_member(
    *,
    by: Actor,
    member: Member,
    organization: Organization | None,
    changes: Mapping[str, Any],
    effective_on: date | None = None,
) -> Member:
    """Change fields of ``EDITABLE`` from a day on (today); each change is kept with its date.

    The trail names the fields, not the values; no change leaves no trace.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.anonymised_on is not None:
        raise ValidationError("该党员的个人信息已隐去，不能修改。")
    if effective_on is not None and effective_on > clock.today():
        raise ValidationError({"effective_on": "生效日期晚于今天。"})
    before = {field: getattr(member, field) for field in EDITABLE}
    if all(before[field] == value for field, value in _known(changes).items()):
        return member
    for field, value in changes.items():
        setattr(member, field, value)
    _refuse_development(member, before["kind"])
    _complete(member)
    member.save()
    changed = [field for field in EDITABLE if getattr(member, field) != before[field]]
    note_changes(
        by=by, changes=[(member, field, before[field], getattr(member, field)) for field in changed],
        effective_on=effective_on,
    )  # fmt: skip
    audit.record(by=by, verb="修改党员信息", obj=member, organization=organization, detail={"fields": changed})
    return member


@transaction.atomic
def view_personal_data(*, by: Actor, member: Member, organization: Organization | None, reason: str) -> Member:
    """Note that somebody looked at the full numbers, and why."""
    if not reason.strip():
        raise ValidationError({"reason": "请填写查看原因。"})
    audit.record(
        by=by, verb="查看完整个人信息", obj=member, organization=organization, detail={"reason": reason.strip()}
    )
    return member


@transaction.atomic
def note_number_search(*, by: Actor, member: Member) -> None:
    """Somebody was found by a number; the number itself is in no trail."""
    audit.record(by=by, verb="按号码查找党员", obj=member)


@transaction.atomic
def note_extract(*, by: Actor, member: Member, organization: Organization | None, reason: str) -> None:
    """All that is held about a member was handed out, and why."""
    audit.record(
        by=by, verb="导出个人全部数据", obj=member, organization=organization, detail={"reason": reason.strip()}
    )


def _refuse_development(member: Member, before: str) -> None:
    """A member of a roster does not become a person under development by an edit."""
    if member.kind != before and not {member.kind, before}.isdisjoint(UNDER_DEVELOPMENT):
        raise ValidationError({"kind": "发展对象等身份的变更请在发展党员中办理。"})


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    return dict(fields)


def _complete(member: Member) -> None:
    """Check the facts against one another, and fill in what follows from them."""
    today = clock.today()
    _read_numbers(member, today)
    member.initials = initials(member.name, 32)
    days = {field: getattr(member, field) for field in ("born_on", "work_started_on", "joined_on", "converted_on")}
    if problems := dict(date_problems(days, member.kind, today)):
        raise ValidationError({field: f"{reason}。" for field, reason in problems.items()})
    member.full_clean(exclude=["user"])


def _read_numbers(member: Member, today: date) -> None:
    field = "id_number"
    try:
        if member.id_number:
            read = read_id_number(member.id_number, today=today)
            check_agreement(read, sex=member.sex, born_on=member.born_on)
            member.id_number, member.born_on = read.number, read.born_on
        member.id_number_hash = keyed_hash(member.id_number) if member.id_number else None
        field = "phone"
        if member.phone:
            member.phone = read_mobile(member.phone)
        member.phone_hash = keyed_hash(member.phone) if member.phone else None
    except IdentityError as error:
        raise ValidationError({field: f"{error}。"}) from error
    if _is_taken(member):
        raise ValidationError({"id_number": "该身份证号已在党员名册中。"})


def _is_taken(member: Member) -> bool:
    if member.id_number_hash is None:
        return False
    return Member.objects.filter(id_number_hash=member.id_number_hash).exclude(pk=member.pk).exists()
