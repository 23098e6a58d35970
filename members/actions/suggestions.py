"""Opinions and suggestions of members: raised, passed up once, answered, reminded of (O17)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from branches.actions import audit
from branches.enums import Role
from branches.permissions import Actor
from members.enums import SuggestionState
from members.models import Member, Membership, Suggestion
from office.actions.notices import tell
from office.models import Notice
from office.queries.notices import people_at
from office.queries.rules import rule_table
from partybuild.lib import clock
from partybuild.lib.dates import day_text


@transaction.atomic
def raise_suggestion(*, by: Actor, member: Member, text: str, is_nameless: bool = False) -> Suggestion:
    """A member tells his branch; the same text on the same day is one suggestion."""
    if by.member_id != member.pk:
        raise ValidationError("只能提出本人的意见建议。")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    today, text = clock.today(), text.strip()
    if not text:
        raise ValidationError({"text": "请填写意见建议。"})
    place = Membership.objects.filter(member=member).on(today).select_related("organization").first()
    if place is None:
        raise ValidationError("您不在任何党支部的名册中，请联系党组织。")
    if found := Suggestion.objects.filter(member=member, raised_on=today, text=text).first():
        return found
    suggestion = Suggestion(
        member=member, organization=place.organization, handler=place.organization, is_nameless=is_nameless,
        text=text, raised_on=today, due_on=_due_day(today),
    )  # fmt: skip
    suggestion.full_clean()
    suggestion.save()
    audit.record(by=by, verb="提出意见建议", obj=suggestion, organization=place.organization)
    who = "有党员" if is_nameless else f"党员{member}"
    _tell_handler(suggestion, "raised", f"{who}提出意见建议，请按期答复。", [Role.SECRETARY])
    return suggestion


@transaction.atomic
def pass_up(*, by: Actor, suggestion: Suggestion) -> Suggestion:
    """The branch cannot answer: its superior does, counted anew from today. Once only."""
    suggestion = _open(by, suggestion)
    superior = suggestion.organization.parent
    if suggestion.passed_on is not None:
        raise ValidationError("已经转上级，不能再转。")
    if superior is None:
        raise ValidationError("没有上级党组织，请直接答复。")
    today = clock.today()
    suggestion.handler, suggestion.state = superior, SuggestionState.PASSED
    suggestion.passed_on, suggestion.due_on = today, _due_day(today)
    suggestion.save(update_fields=["handler", "state", "passed_on", "due_on"])
    audit.record(by=by, verb="意见建议转上级", obj=suggestion, organization=suggestion.organization)
    text = f"{suggestion.organization}转来党员的意见建议，请按期答复。"
    _tell_handler(suggestion, "passed", text, [Role.STAFF, Role.SECRETARY])
    return suggestion


@transaction.atomic
def answer_suggestion(*, by: Actor, suggestion: Suggestion, answer: str) -> Suggestion:
    """Who is to answer does so, and the member is told."""
    suggestion, answer = _open(by, suggestion), answer.strip()
    if by.member_id == suggestion.member_id:
        raise ValidationError("本人提出的意见建议须由其他人答复，或者转上级。")
    if not answer:
        raise ValidationError({"answer": "请填写答复。"})
    suggestion.state, suggestion.answer = SuggestionState.ANSWERED, answer
    suggestion.answered_on, suggestion.answered_by_id = clock.today(), by.user_id
    suggestion.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    audit.record(by=by, verb="答复意见建议", obj=suggestion, organization=suggestion.organization)
    if suggestion.member.user_id:
        tell(
            people=[suggestion.member.user_id], key=f"suggestion:{suggestion.pk}:answered",
            text=f"您{day_text(suggestion.raised_on)}提出的意见建议已有答复，请查看。",
            url=reverse("members:suggestion_own"),
        )  # fmt: skip
    return suggestion


def remind_suggestions(*, by: Actor, on: date) -> int:
    """Tell who is to answer, once when it is due soon and once when it is overdue."""
    near = on + timedelta(days=rule_table(on).int("suggestion.remind_days"))
    waiting = Suggestion.objects.unanswered().filter(due_on__lte=near).order_by("pk")
    found = {_reminder_key(suggestion, on): suggestion for suggestion in waiting}
    told = set(Notice.objects.filter(key__in=found).values_list("key", flat=True))
    fresh = {key: suggestion for key, suggestion in found.items() if key not in told}
    places = {suggestion.handler_id for suggestion in fresh.values()}
    people = people_at(places, [Role.STAFF, Role.SECRETARY], on) if places else {}
    return sum(
        tell(
            people=people.get(suggestion.handler_id, ()), key=key, text=_reminder_text(suggestion, on),
            url=page_of(suggestion), due_on=suggestion.due_on,
        )
        for key, suggestion in fresh.items()
    )  # fmt: skip


def page_of(suggestion: Suggestion) -> str:
    """Where the suggestion is shown to those who answer."""
    return reverse("members:suggestion_detail", args=[suggestion.pk])


def _reminder_key(suggestion: Suggestion, on: date) -> str:
    occasion = "late" if suggestion.due_on < on else "near"
    return f"suggestion:{suggestion.pk}:{suggestion.due_on:%Y%m%d}:{occasion}"


def _reminder_text(suggestion: Suggestion, on: date) -> str:
    day = day_text(suggestion.due_on)
    if suggestion.due_on < on:
        return f"党员的意见建议应于{day}前答复，已经逾期，请尽快答复。"
    return f"党员的意见建议应于{day}前答复，请按期答复。"


def _due_day(today: date) -> date:
    return today + timedelta(days=rule_table(today).int("suggestion.answer_days"))


def _tell_handler(suggestion: Suggestion, occasion: str, text: str, roles: list[Role]) -> None:
    people = people_at([suggestion.handler_id], roles).get(suggestion.handler_id, [])
    key = f"suggestion:{suggestion.pk}:{occasion}"
    tell(people=people, key=key, text=text, url=page_of(suggestion), due_on=suggestion.due_on)


def _open(by: Actor, suggestion: Suggestion) -> Suggestion:
    """The suggestion under a lock; only where it lies is it answered or passed on."""
    rows = Suggestion.objects.select_for_update(of=("self",))
    suggestion = rows.select_related("member", "organization__parent", "handler").get(pk=suggestion.pk)
    if suggestion.state == SuggestionState.ANSWERED:
        raise ValidationError("该意见建议已经答复。")
    if by.organization_id != suggestion.handler_id:
        raise ValidationError(f"该意见建议由{suggestion.handler}答复。")
    return suggestion
