"""A branch is asked about one of its members before he is promoted or honoured (O15)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.models import Organization
from branches.permissions import Actor
from members.enums import OpinionAnswer
from members.models import Member, Membership, OpinionRequest
from office.actions.notices import tell
from office.models import Notice
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def ask_opinion(
    *, by: Actor, asker: Organization, member: Member, purpose: str, subject: str, asked_on: date | None = None
) -> OpinionRequest:
    """Ask the branch on whose roster the member stands; one open request for each member and subject."""
    asked_on, subject = asked_on or clock.today(), subject.strip()
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    place = Membership.objects.filter(member=member).on(asked_on).select_related("organization").first()
    if place is None:
        raise ValidationError({"member": "该党员不在任何党支部的名册中。"})
    branch = place.organization
    if asker.pk == branch.pk:
        raise ValidationError({"member": "意见由上级党组织征求，不能征求本支部的意见。"})
    if OpinionRequest.objects.filter(member=member, subject=subject, closed_on=None).exists():
        raise ValidationError({"subject": "该党员的这一事项正在听取意见，请先办结。"})
    due_on = asked_on + timedelta(days=rule_table(asked_on).int("opinion.answer_days"))
    request = OpinionRequest(
        member=member, asker=asker, organization=branch, purpose=purpose, subject=subject, asked_on=asked_on,
        due_on=due_on,
    )  # fmt: skip
    request.full_clean()
    request.save()
    audit.record(by=by, verb="听取党支部意见", obj=request, organization=branch)
    text = f"{asker}就{member}{request.get_purpose_display()}（{subject}）听取支部意见，请集体研究后回复。"
    people = people_at([branch.pk], [Role.SECRETARY]).get(branch.pk, [])
    tell(people=people, key=f"opinion:{request.pk}:asked", text=text, url=page_of(request), due_on=due_on)
    return request


@transaction.atomic
def answer_opinion(*, by: Actor, request: OpinionRequest, answer: str, met_on: date, text: str = "") -> OpinionRequest:
    """The branch says what its meeting found; only the branch itself, once, and never the member himself."""
    request, text = _held(request), text.strip()
    if by.organization_id != request.organization_id:
        raise ValidationError("意见由党员所在党支部回复。")
    if by.member_id == request.member_id:
        raise ValidationError("涉及本人的意见须由支部其他负责人回复。")
    if request.answered_on is not None:
        raise ValidationError("党支部已经回复，不能再修改。")
    if met_on > clock.today():
        raise ValidationError({"met_on": "支部研究日期不能晚于今天。"})
    if met_on < request.asked_on:
        raise ValidationError({"met_on": f"支部研究日期不能早于征求意见的{day_text(request.asked_on)}。"})
    if answer != OpinionAnswer.AGREED and not text:
        raise ValidationError({"text": "不同意或者有保留的，请写明理由。"})
    request.answer, request.text, request.met_on = answer, text, met_on
    request.answered_on, request.answered_by_id = clock.today(), by.user_id
    request.full_clean()
    request.save()
    audit.record(by=by, verb="回复党支部意见", obj=request, organization=request.organization)
    note = f"{request.organization}已回复对{request}的意见：{request.get_answer_display()}，请查看后办结。"
    people = people_at([request.asker_id], [Role.STAFF, Role.SECRETARY]).get(request.asker_id, [])
    tell(people=people, key=f"opinion:{request.pk}:answered", text=note, url=page_of(request))
    return request


@transaction.atomic
def close_opinion(*, by: Actor, request: OpinionRequest) -> OpinionRequest:
    """Who asked has taken note; the branch is told. A second time changes nothing."""
    request = _held(request)
    if by.organization_id != request.asker_id:
        raise ValidationError("由征求意见的党组织办结。")
    if request.answered_on is None:
        raise ValidationError("党支部尚未回复，不能办结。")
    if request.closed_on is not None:
        return request
    request.closed_on = clock.today()
    request.save(update_fields=["closed_on"])
    audit.record(by=by, verb="办结听取意见", obj=request, organization=request.organization)
    people = people_at([request.organization_id], [Role.SECRETARY]).get(request.organization_id, [])
    text = f"{request.asker}已收到支部对{request}的意见，该事项已办结。"
    tell(people=people, key=f"opinion:{request.pk}:closed", text=text, url=page_of(request))
    return request


def remind_opinions(*, by: Actor, on: date) -> int:
    """Tell the branch and who asked, once, that the answer is overdue."""
    late = list(OpinionRequest.objects.unanswered().filter(due_on__lt=on).select_related("member", "organization"))
    told = set(Notice.objects.filter(key__in=[_late_key(request) for request in late]).values_list("key", flat=True))
    fresh = [request for request in late if _late_key(request) not in told]
    places = {place for request in fresh for place in (request.organization_id, request.asker_id)}
    people = people_at(places, [Role.STAFF, Role.SECRETARY], on) if places else {}
    return sum(
        tell(
            people=[*people.get(request.organization_id, ()), *people.get(request.asker_id, ())],
            key=_late_key(request),
            text=f"{request.organization}对{request}的意见应于{day_text(request.due_on)}前回复，已经逾期。",
            url=page_of(request),
            due_on=request.due_on,
        )
        for request in fresh
    )


def page_of(request: OpinionRequest) -> str:
    """Where the request is shown."""
    return reverse("members:opinion_detail", args=[request.pk])


def _late_key(request: OpinionRequest) -> str:
    return f"opinion:{request.pk}:late"


def _held(request: OpinionRequest) -> OpinionRequest:
    rows = OpinionRequest.objects.select_for_update(of=("self",))
    return rows.select_related("member", "organization", "asker").get(pk=request.pk)
