"""A member asks for his own data to be put right; those who keep the roster answer."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.permissions import Actor
from members.actions.members import edit_member
from members.enums import CorrectionState
from members.models import Correction, Member, Membership
from members.rules.corrections import CORRECTABLE, DAYS
from office.actions.notices import tell
from office.queries.notices import people_at
from partybuild.lib import clock
from partybuild.lib.dates import DateError, parse_date


@transaction.atomic
def ask_correction(*, by: Actor, member: Member, field: str, wanted: str, reason: str = "") -> Correction:
    """One open request for each field; only the member himself asks."""
    if by.member_id != member.pk:
        raise ValidationError("只能更正本人的信息。")
    if field not in CORRECTABLE:
        raise ValidationError({"field": "请选择要更正的事项。"})
    Member.objects.select_for_update().get(pk=member.pk)
    place = Membership.objects.filter(member=member, ends_on=None).select_related("organization").first()
    if place is None:
        raise ValidationError("您不在任何党支部的名册中，请联系党组织。")
    if Correction.objects.pending().filter(member=member, field=field).exists():
        raise ValidationError({"field": f"{CORRECTABLE[field]}的更正申请正在处理，请等待答复。"})
    _value(field, wanted)
    correction = Correction.objects.create(
        member=member, organization=place.organization, field=field, wanted=wanted.strip(), reason=reason.strip(),
        asked_at=clock.now(),
    )  # fmt: skip
    audit.record(by=by, verb="申请更正信息", obj=member, organization=place.organization, detail={"field": field})
    people = people_at([place.organization_id], [Role.SECRETARY]).get(place.organization_id, [])
    text = f"{member}申请更正{CORRECTABLE[field]}，请核对后答复。"
    tell(people=people, key=f"correction:{correction.pk}", text=text, url=reverse("members:correction_list"))
    return correction


@transaction.atomic
def adopt_correction(*, by: Actor, correction: Correction, answer: str = "") -> Correction:
    """The roster says what the member asked for; the values are checked as in any edit."""
    correction = _open(by, correction)
    value = _value(correction.field, correction.wanted)
    edit_member(
        by=by, member=correction.member, organization=correction.organization, changes={correction.field: value}
    )
    return _answer(by, correction, CorrectionState.ADOPTED, answer)


@transaction.atomic
def return_correction(*, by: Actor, correction: Correction, answer: str) -> Correction:
    """The roster stays; the answer says why."""
    correction = _open(by, correction)
    if not answer.strip():
        raise ValidationError({"answer": "请写明退回的原因。"})
    return _answer(by, correction, CorrectionState.RETURNED, answer)


def _open(by: Actor, correction: Correction) -> Correction:
    correction = (
        Correction.objects.select_for_update(of=["self"]).select_related("member", "organization").get(pk=correction.pk)
    )
    if correction.state != CorrectionState.PENDING:
        raise ValidationError("该申请已经答复。")
    if by.member_id == correction.member_id:
        raise ValidationError("本人的更正申请须由其他人处理。")
    return correction


def _answer(by: Actor, correction: Correction, state: CorrectionState, answer: str) -> Correction:
    correction.state, correction.answer = state, answer.strip()
    correction.answered_at, correction.answered_by_id = clock.now(), by.user_id
    correction.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    verb = "采纳更正申请" if state == CorrectionState.ADOPTED else "退回更正申请"
    audit.record(
        by=by, verb=verb, obj=correction.member, organization=correction.organization,
        detail={"field": correction.field},
    )  # fmt: skip
    if correction.member.user_id:
        done = "已采纳" if state == CorrectionState.ADOPTED else "已退回"
        text = f"您更正{CORRECTABLE[correction.field]}的申请{done}。{correction.answer}"
        tell(
            people=[correction.member.user_id], key=f"correction:{correction.pk}:answered", text=text,
            url=reverse("members:own_page"),
        )  # fmt: skip
    return correction


def _value(field: str, wanted: str) -> Any:
    """The value that the field takes; a day is read as people write it."""
    text = wanted.strip()
    if not text:
        raise ValidationError({"wanted": "请填写正确的内容。"})
    if field not in DAYS:
        return text
    try:
        read = parse_date(text)
    except DateError as error:
        raise ValidationError({"wanted": f"{error}。"}) from error
    return date(read.value.year, read.value.month, read.value.day)
